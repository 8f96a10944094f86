import type { Interpreter, LogLevel, NodeStatus, Reading, Step } from '../../core/step.ts';

/**
 * Reads what Evidence prints: a node for each query of a source, and for each source, query or page that fails.
 * A query that fails ends no process unless Evidence is strict, so that its node alone tells of it.
 */
export function interpretEvidence({ printed = {} }: Step): Interpreter {
  return new EvidenceInterpreter(printed);
}

/** What its spinner says last of a query, by the sign in front of it. */
const statuses: Readonly<Record<string, NodeStatus>> = { '✔': 'succeeded', '✖': 'failed', ℹ: 'skipped' };

interface Thing {
  readonly node: string;
  readonly what: 'query' | 'source' | 'page' | 'package';
  readonly path?: string | undefined;
}

class EvidenceInterpreter implements Interpreter {
  /** Folders of sources by their names. */
  readonly #folders: Readonly<Record<string, string>>;
  /** Failures of pages' queries so far. */
  readonly #told = new Set<string>();
  #source = '';
  /** What a database says of a failure goes over several lines. */
  #failed: { readonly thing: Thing; readonly lines: string[] } | undefined;

  constructor(folders: Readonly<Record<string, string>>) {
    this.#folders = folders;
  }

  line(stream: 'stdout' | 'stderr', printed: string): readonly Reading[] {
    const text = printed.replaceAll(colours, '');
    const opened = this.#opened(text, printed);
    if (opened) return opened;
    const failed = this.#failed;
    if (failed && stream === 'stderr' && !isNext.test(text)) {
      if (failed.lines.length < mostLines) failed.lines.push(text);
      return [{ kind: 'text', text: printed, level: 'error', node: failed.thing.node }];
    }
    // Either stream may be ahead of the other, so that most lines of the other one end nothing.
    const ended = stream === 'stderr' || isLast.test(text) ? this.#end() : [];
    this.#source = /^ {2}\[Processing\] (.+)$/u.exec(text)?.[1] ?? this.#source;
    return [...ended, { kind: 'text', text: printed, level: levelOf(text) }];
  }

  /** A line that tells of something that there was no word of before. */
  #opened(text: string, printed: string): readonly Reading[] | undefined {
    const [, name, sign = '', said = ''] = /^ {2}(\S+) ([✔✖ℹ]) (.*)$/u.exec(text) ?? [];
    const status = statuses[sign];
    if (name !== undefined && status) return this.#query(name, status, said, printed);
    const [, query, wrong = ''] = /^(\S+) \| Error in Query! (.*)$/u.exec(text) ?? [];
    if (query !== undefined) return this.#failOnPage({ node: query, what: 'query' }, wrong, printed);
    const [, told = '', source] = /^\[ ! \] (Error connecting to datasource (.+?): .*)$/u.exec(text) ?? [];
    if (source !== undefined)
      return this.#failAtOnce(
        { node: source, what: 'source', path: this.#pathOf(source, 'connection.yaml') },
        told,
        printed,
      );
    const [, missing = '', wanted] = missingPackage.exec(text) ?? [];
    if (wanted !== undefined) return this.#failAtOnce({ node: wanted, what: 'package' }, missing, printed);
    const [, page, fault = ''] = pageFault.exec(text) ?? [];
    return page === undefined ? undefined : this.#failAtOnce(pageOf(page), fault, printed);
  }

  #query(name: string, status: NodeStatus, said: string, printed: string): readonly Reading[] {
    const node = `${this.#source}.${name}`;
    const thing: Thing = { node, what: 'query', path: this.#pathOf(this.#source, `${name}.sql`) };
    if (status === 'failed') return this.#fail(thing, said.replace(/^Error: /u, ''), printed);
    const rows = /\bwrote (\d+) rows/u.exec(said)?.[1];
    return [
      ...this.#end(),
      started(thing),
      { kind: 'text', text: printed, level: 'info', node },
      ...(rows === undefined ? [] : [{ kind: 'progress', node, records: Number(rows) } as const]),
      { kind: 'node-ended', node, status, ...(status === 'skipped' ? { message: said } : {}) },
    ];
  }

  #fail(thing: Thing, said: string, printed: string): readonly Reading[] {
    const before = this.#end();
    this.#failed = { thing, lines: [said] };
    const { node } = thing;
    return [...before, started(thing), { kind: 'text', text: printed, level: 'error', node }];
  }

  /** A build asks the queries of a page more than once. */
  #failOnPage(thing: Thing, said: string, printed: string): readonly Reading[] {
    const key = `${thing.node} ${said}`;
    if (this.#told.has(key))
      return [...this.#end(), { kind: 'text', text: printed, level: 'error', node: thing.node }];
    this.#told.add(key);
    return this.#fail(thing, said, printed);
  }

  /** Where the process may have no more to say. */
  #failAtOnce(thing: Thing, said: string, printed: string): readonly Reading[] {
    return [...this.#fail(thing, said, printed), ...this.#end()];
  }

  #end(): readonly Reading[] {
    if (!this.#failed) return [];
    const { thing, lines } = this.#failed;
    this.#failed = undefined;
    const message = lines.join('\n').trimEnd();
    const line = thing.path === undefined ? undefined : /^LINE (\d+):/mu.exec(message)?.[1];
    return [
      {
        kind: 'node-ended',
        node: thing.node,
        status: 'failed',
        message,
        ...(thing.path === undefined ? {} : { path: thing.path }),
        ...(line === undefined ? {} : { line: Number(line) }),
      },
    ];
  }

  #pathOf(source: string, file: string): string | undefined {
    const folder = this.#folders[source];
    return folder === undefined ? undefined : `${folder}/${file}`;
  }
}

/** Of what is not at the root nobody knows whether it was `orders.md` or `orders/index.md`; lines are those of a text made of it. */
function pageOf(folder: string): Thing {
  return folder === ''
    ? { node: 'pages/index.md', what: 'page', path: 'pages/index.md' }
    : { node: `pages/${folder.replace(/\/$/u, '')}`, what: 'page' };
}

function started({ node, what, path }: Thing): Reading {
  return { kind: 'node-started', node, title: node, what, ...(path === undefined ? {} : { path }) };
}

function levelOf(text: string): LogLevel {
  if (/^(?:\[ ! \]|\[ERROR\]|error during build:|Build failed|npm error )/u.test(text)) return 'error';
  if (text === '- Processing...') return 'debug';
  return text.startsWith('[!]') ? 'warn' : 'info';
}

// eslint-disable-next-line no-control-regex
const colours = /\u001b\[[\d;]*m/gu;
/** With what it goes on after a failure, on the stream that told of it. */
const isNext = /^(?:- |\[ ! \]|\[ERROR\]| {2}\S+ [✔✖⚠ℹ] |✔ )/u;
const isLast = /^(?:\[INFO\]|Build (?:complete|failed)\b)/u;
/** What Evidence ends well after, too. */
const missingPackage = /^npm error (npx canceled due to missing packages .*\["(.+?)@[^@]*".*)$/u;
const pageFault =
  /^\[vite-plugin-svelte\].* src\/pages\/(.*?)\+page\.md \(\d+:\d+\): .*\+page\.md:\d+:\d+ (.+)$/u;

/** Limit: a stack may follow, which tells nobody anything. */
const mostLines = 12;
