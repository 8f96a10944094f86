import { closest } from '../../core/closest.ts';
import type { Span } from '../../core/span.ts';
import type { JinjaFault } from './jinja-fault.ts';
import { expressionFault, statementFault } from './jinja-statement.ts';
import { scanJinja, type JinjaBlock, type JinjaReading, type Token } from './jinja.ts';

/** Blocks that dbt looks at even outside of what it cuts out. */
const seen = new Set(['if', 'for', 'raw']);

/** Limit: faults told of one text; what follows more of them is noise. */
const maxFaults = 20;

/** Statements that open a block, with what may stand between it and its end. */
const openers: ReadonlyMap<string, readonly string[]> = new Map([
  ['if', ['elif', 'else']],
  ['for', ['else']],
  ['macro', []],
  ['call', []],
  ['filter', []],
  ['set', []],
  ['with', []],
  ['block', []],
  ['autoescape', []],
  ['raw', []],
  ['materialization', []],
  ['docs', []],
  ['test', []],
]);

const single = new Set(['do', 'include', 'import', 'from', 'extends', 'print', 'break', 'continue']);

/** What dbt cuts out of files of their own, and dbt v2 knows in any. */
const blocksOfDbt = new Set(['snapshot', 'docs', 'test', 'data_test', 'materialization']);

/** Words that leave something of an expression unread. */
const choices = new Set(['and', 'or', 'if']);

const endMarks = { expression: '}}', statement: '%}', comment: '#}' } as const;

/** What of a file Jinja reads. */
export interface Dialect {
  /** Blocks that dbt cuts out of the file first, so that nothing else is read; undefined where it reads the whole. */
  readonly cut?: readonly string[];
  /** True where dbt does not read the line that opens such a block by Jinja, only what is inside. */
  readonly isInside?: boolean;
  /** True where dbt warns of other blocks beside them. */
  readonly warnsOfStrays?: boolean;
}

/**
 * What Jinja would refuse of a text, each cause once. The blocks are those of a forgiving reading; only where
 * that one finds a fault is the text read as strictly as Jinja does, and the fault kept if both find some.
 */
export function jinjaFaults(
  text: string,
  blocks: readonly JinjaBlock[],
  dialect: Dialect = {},
  reading: JinjaReading = {},
): readonly JinjaFault[] {
  const faults = new SyntaxReader(text, blocks, dialect).read();
  if (faults.length === 0) return faults;
  const strict = scanJinja(text, { ...reading, isStrict: true });
  const isRefused = new SyntaxReader(text, strict, dialect).read().some(({ code }) => code === undefined);
  return isRefused ? faults : faults.filter(({ code }) => code !== undefined);
}

interface Open {
  readonly name: string;
  readonly span: Span;
  /** True where it stands in a block that dbt cuts out, or is one. */
  readonly isCut: boolean;
  hasElse?: boolean;
  /** That it is not closed was told where the next of its kind begins. */
  isTold?: boolean;
}

/** Goes through the blocks of a text once, with those that are not closed yet. */
class SyntaxReader {
  readonly #text: string;
  readonly #blocks: readonly JinjaBlock[];
  readonly #cut: readonly string[] | undefined;
  readonly #isInside: boolean;
  readonly #warnsOfStrays: boolean;
  readonly #open: Open[] = [];
  readonly #faults: JinjaFault[] = [];

  constructor(text: string, blocks: readonly JinjaBlock[], dialect: Dialect) {
    this.#text = text;
    this.#blocks = blocks;
    this.#cut = dialect.cut;
    this.#isInside = dialect.isInside === true;
    this.#warnsOfStrays = dialect.warnsOfStrays === true;
  }

  read(): readonly JinjaFault[] {
    for (const [at, block] of this.#blocks.entries()) {
      if (this.#faults.length >= maxFaults) return this.#faults;
      // What is not read and does not begin as a statement is only text to dbt.
      if (block.isOpen && (this.#isRead() || block.kind !== 'statement' || block.tokens[0]?.kind === 'name'))
        this.#faults.push(this.#openFault(block));
      if (block.kind === 'statement') this.#readStatement(block, at);
      else if (block.kind === 'expression' && !block.isOpen) this.#readExpression(block);
    }
    const last = this.#blocks.at(-1);
    // What is not closed at the end of the text may be the very end that is missing: one cause, one finding.
    const isTyped = last?.isOpen === true && last.span.end >= this.#text.trimEnd().length && this.#isRead();
    for (const { name, span, isTold } of this.#open) {
      if (this.#faults.length >= maxFaults) return this.#faults;
      if (isTold || isTyped) continue;
      // Outside the blocks that it cuts out dbt does not mind.
      if (this.#cut && this.#open[0]!.name === name && !this.#cut.includes(name)) continue;
      this.#faults.push({ span, message: `\`{% ${name} %}\` is never closed; add \`{% end${name} %}\`` });
    }
    return this.#faults;
  }

  #readExpression(block: JinjaBlock): void {
    if (this.#isRead()) {
      this.#add(expressionFault(block));
      return;
    }
    // Even what dbt passes over it reads up to its closing quotes.
    const string = block.tokens.find((token) => token.isOpen);
    if (!string || this.#text.includes(this.#text[string.span.start - 1]!, string.span.start)) return;
    const span = { start: string.span.start - 1, end: string.span.end };
    this.#faults.push({ span, message: 'the string is never closed; add its closing quote' });
  }

  /** True where Jinja looks at what stands here. */
  #isRead(): boolean {
    return this.#cut === undefined || this.#isInCut();
  }

  #isInCut(): boolean {
    return this.#open.at(-1)?.isCut === true;
  }

  #isCut(name: string): boolean {
    return this.#cut?.includes(name) === true;
  }

  #add(fault: JinjaFault | undefined): void {
    if (!fault) return;
    // What Jinja finds only when it compiles the text is not found in macros, nor in branches, before they are called.
    const isLate =
      fault.code === 'dbt/undefined-filter' && (this.#cut || this.#open.some(({ name }) => name === 'if'));
    this.#faults.push(isLate ? { ...fault, severity: 'warning' } : fault);
  }

  #nameOfCut({ tokens }: JinjaBlock): void {
    const [first, name] = tokens;
    if (!this.#isInside || first!.text !== 'snapshot' || name?.kind === 'name') return;
    this.#faults.push({ span: first!.span, message: 'a snapshot needs a name; write `{% snapshot name %}`' });
  }

  #readStatement(block: JinjaBlock, at: number): void {
    const [first] = block.tokens;
    if (first?.kind !== 'name') {
      if (this.#isRead() && !block.isOpen)
        this.#faults.push({
          span: block.span,
          message: 'a statement begins with a word such as `if` or `set`; write it',
        });
      return;
    }
    const name = first.text;
    const isRead = this.#isRead();
    const before = this.#faults.length;
    if (!isRead && this.#open.length === 0) this.#warnOfStray(first);
    const isOpening = this.#isCut(name) || (openers.has(name) && opensBlock(block));
    if (isOpening) {
      this.#nameOfCut(block);
      this.#add(this.#misplaced(first));
      if (isRead || this.#isCut(name) || seen.has(name))
        this.#open.push({
          name,
          span: { start: block.span.start, end: first.span.end },
          isCut: this.#isInCut() || this.#isCut(name),
        });
      if (name === 'raw') this.#closeRaw(at);
    } else if (name === 'else' || name === 'elif') {
      if (isRead) this.#branch(first);
    } else if (name.startsWith('end') && (openers.has(name.slice(3)) || this.#isCut(name.slice(3)))) {
      this.#close(first, at, isRead);
    } else if (
      isRead &&
      !openers.has(name) &&
      !single.has(name) &&
      !(block.isOpen && block.tokens.length === 1)
    ) {
      const isOfDbt = blocksOfDbt.has(name.replace(/^end/, ''));
      const end = isOfDbt ? undefined : this.#misspeltEnd(block, at);
      if (end !== undefined) this.#open.pop();
      this.#faults.push({
        span: first.span,
        message: unknownStatement(block, end),
        ...(isOfDbt ? { isTakenByV2: true } : {}),
      });
    } else if (isRead && (name === 'break' || name === 'continue') && !this.#cut) {
      if (!this.#open.some((each) => each.name === 'for'))
        this.#faults.push({
          span: first.span,
          message: `\`{% ${name} %}\` stands in no loop; move it into a \`{% for %}\``,
        });
    }
    if (this.#faults.length > before) return;
    // The condition itself stands outside of what it decides about.
    const own = isOpening && name === 'if' && this.#isSurelyAsked(block) ? this.#open.pop() : undefined;
    if ((isRead || (this.#isCut(name) && !this.#isInside)) && !block.isOpen) this.#add(statementFault(block));
    if (own) this.#open.push(own);
  }

  /** True for the condition just opened, where nothing decides whether all of it is evaluated. */
  #isSurelyAsked({ tokens }: JinjaBlock): boolean {
    return (
      this.#open.length === 1 &&
      !tokens.some(({ kind, text }, at) => at > 0 && kind === 'name' && choices.has(text))
    );
  }

  /** Outside of what it cuts out dbt only looks for a closing mark, wherever that is. */
  #openFault(block: JinjaBlock): JinjaFault {
    const end = endMarks[block.kind];
    const isMild = !this.#isRead() && this.#text.includes(end, block.span.start + 2);
    return { ...openFault(this.#text, block, end), ...(isMild ? { severity: 'warning' } : {}) };
  }

  /** Statements beside the blocks that dbt cuts out of a file have no effect; it warns of them. */
  #warnOfStray({ text: name, span }: Token): void {
    if (!this.#warnsOfStrays || this.#isCut(name) || name === 'else' || name === 'elif') return;
    const isEnd = name.startsWith('end') && name !== 'endif' && name !== 'endfor';
    if (name.startsWith('end') && !isEnd) return;
    const message = isEnd
      ? `\`{% ${name} %}\` closes nothing; remove it`
      : `dbt does not read \`{% ${name} %}\` here; move it into a ${this.#cut![0]!} or remove it`;
    this.#faults.push({ span, message, severity: 'warning', code: 'dbt/unexpected-block' });
  }

  /** dbt cuts blocks out of the top of a file only. */
  #misplaced({ text: name, span }: Token): JinjaFault | undefined {
    const outer = this.#isCut(name) ? this.#open.at(-1) : undefined;
    if (!outer) return undefined;
    const cut = this.#open.find((each) => this.#isCut(each.name));
    if (cut) cut.isTold = true;
    return {
      span,
      message: cut
        ? `\`{% ${name} %}\` stands inside \`{% ${cut.name} %}\`; close that with \`{% end${cut.name} %}\` before it`
        : `\`{% ${name} %}\` stands inside \`{% ${outer.name} %}\`, where dbt refuses it; move it to the top of the file`,
      ...(cut ? { isTakenByV2: true } : {}),
    };
  }

  /** What stands in a raw block is not read, so its end follows at once. */
  #closeRaw(at: number): void {
    const next = this.#blocks[at + 1];
    if (next?.tokens[0]?.text === 'endraw') return;
    const { span } = this.#open.pop()!;
    this.#faults.push({ span, message: '`{% raw %}` is never closed; add `{% endraw %}`' });
  }

  #branch({ text: name, span }: Token): void {
    const block = this.#open.at(-1);
    if (!block || !openers.get(block.name)?.includes(name)) {
      const message = block
        ? `\`{% ${name} %}\` stands inside \`{% ${block.name} %}\`; close that with \`{% end${block.name} %}\` before it`
        : `\`{% ${name} %}\` belongs to no \`{% if %}\`; remove it or open one before it`;
      this.#faults.push({ span, message });
    } else if (block.hasElse) {
      this.#faults.push({
        span,
        message: `\`{% ${name} %}\` follows \`{% else %}\`; move it before that or remove it`,
      });
    }
    if (block && name === 'else') block.hasElse = true;
  }

  #close({ text, span }: Token, at: number, isRead: boolean): void {
    const name = text.slice(3);
    const last = this.#open.at(-1);
    if (last?.name === name) {
      this.#open.pop();
      return;
    }
    // Of what it does not cut out dbt looks at conditions and loops alone.
    if (!isRead && name !== 'if' && name !== 'for') return;
    if (!last) {
      this.#faults.push({
        span,
        message: `\`{% ${text} %}\` closes nothing; remove it or open \`{% ${name} %}\` before it`,
      });
      return;
    }
    const opened = this.#open.findLastIndex((each) => each.name === name);
    if (opened >= 0) {
      const message = `\`{% ${last.name} %}\` is not closed before \`{% ${text} %}\`; write \`{% end${last.name} %}\` first`;
      this.#faults.push({ span, message });
      this.#open.length = opened;
      return;
    }
    this.#faults.push({
      span,
      message: `\`{% ${last.name} %}\` is closed by \`{% end${last.name} %}\`; write that in place of \`{% ${text} %}\``,
    });
    if (!this.#isClosedLater(last.name, at)) this.#open.pop();
  }

  /** `endfro`, and `end for`, where a loop is to be closed that nothing else closes. */
  #misspeltEnd({ tokens }: JinjaBlock, at: number): string | undefined {
    const last = this.#open.at(-1);
    if (!last || this.#isClosedLater(last.name, at)) return undefined;
    const end = `end${last.name}`;
    const isEnd = tokens.map(({ text }) => text).join('') === end || closest(tokens[0]!.text, [end]) === end;
    return isEnd ? end : undefined;
  }

  #isClosedLater(name: string, at: number): boolean {
    return this.#blocks.slice(at + 1).some(({ tokens }) => tokens[0]?.text === `end${name}`);
  }
}

/** `{% set x = 1 %}` is whole in itself, `{% set x %}` is not. */
export function opensBlock({ tokens }: JinjaBlock): boolean {
  if (tokens[0]?.text !== 'set') return true;
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind !== 'mark') continue;
    if (text === '=' && depth === 0) return false;
    if (text === '(' || text === '[' || text === '{') depth++;
    else if (text === ')' || text === ']' || text === '}') depth--;
  }
  return true;
}

function openFault(text: string, { span, tokens }: JinjaBlock, end: string): JinjaFault {
  const mark = text.slice(span.start, span.start + 2);
  const string = tokens.find((token) => token.isOpen);
  if (string) {
    const place = { start: string.span.start - 1, end: string.span.end };
    return { span: place, message: 'the string is never closed; add its closing quote' };
  }
  return {
    span: { start: span.start, end: span.start + 2 },
    message: `\`${mark}\` is never closed; add \`${end}\``,
  };
}

function unknownStatement({ tokens }: JinjaBlock, end?: string): string {
  const [first, second] = tokens;
  const name = first!.text;
  if (end !== undefined) return `\`${name}\` is no statement of Jinja; write \`{% ${end} %}\``;
  if (name === 'elseif' || name === 'elsif') return `\`${name}\` is no statement of Jinja; write \`elif\``;
  if (second?.kind === 'mark' && (second.text === '(' || second.text === '.'))
    return `\`${name}\` is no statement of Jinja; write \`{{ ${name}… }}\` to print it or \`{% do ${name}… %}\` to call it`;
  return `\`${name}\` is no statement of Jinja; correct or remove it`;
}
