import { closest } from '../core/closest.ts';
import type { Finding, Fix } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Span } from '../core/span.ts';
import { wordsFor, type SuppressedCode, type Suppression } from '../core/suppressions.ts';

/** A file's findings but those that its comments ask to leave out, with what is wrong with these comments. */
export function unsuppressed(platform: Platform, path: string): readonly Finding[] {
  const findings = platform.findings(path);
  const suppressions = platform.suppressions(path);
  const source = platform.source(path);
  if (suppressions.length === 0 || !source) return findings;
  const all = [...findings, ...suppressions.flatMap(withoutReason)];
  const ignored = new Ignored(suppressions, source);
  const kept = all.filter((finding) => !ignored.takes(finding));
  const judging = new Judging(platform, source, new Set(findings.map(({ code }) => code)));
  const wrong = suppressions.flatMap((suppression) => wrongWith(suppression, ignored, judging));
  return [...kept, ...wrong].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Findings of others than the platform, but those that the file's comments ask to leave out. */
export function unignored<T extends Finding>(
  findings: readonly T[],
  platform: Platform,
  path: string,
): readonly T[] {
  const suppressions = findings.length === 0 ? [] : platform.suppressions(path);
  const source = platform.source(path);
  if (suppressions.length === 0 || !source) return findings;
  const ignored = new Ignored(suppressions, source);
  return findings.filter((finding) => !ignored.takes(finding));
}

function withoutReason({ hasReason, span, codes }: Suppression): readonly Finding[] {
  if (hasReason || codes.length === 0 || bareReason(codes)) return [];
  return [
    {
      code: 'penstock/ignore-without-reason',
      severity: 'information',
      span,
      message: 'nobody can tell later why this is ignored; say it behind ` -- `',
    },
  ];
}

/** What the comments of a file leave out. */
class Ignored {
  readonly #source: SourceFile;
  readonly #asked: ReadonlySet<string>;
  readonly #used = new Set<string>();

  constructor(suppressions: readonly Suppression[], source: SourceFile) {
    this.#source = source;
    this.#asked = new Set(
      suppressions.flatMap(({ about, codes }) => codes.map(({ code }) => requestOf(about, code))),
    );
  }

  /** Every comment that asks for it is used, or removing one of two would bring the finding back. */
  takes({ code, span }: Finding): boolean {
    const { line } = this.#source.positionAt(span.start);
    const requests = wordsFor(code).flatMap((word) => [requestOf('file', word), requestOf(line, word)]);
    const asked = requests.filter((request) => this.#asked.has(request));
    for (const request of asked) this.#used.add(request);
    return asked.length > 0;
  }

  isUsed({ code }: SuppressedCode, { about }: Suppression): boolean {
    return this.#used.has(requestOf(about, code));
  }
}

function requestOf(about: Suppression['about'], code: string): string {
  return `${about} ${code}`;
}

function wrongWith(suppression: Suppression, ignored: Ignored, judging: Judging): readonly Finding[] {
  const { codes, span, about } = suppression;
  if (codes.length === 0) {
    return [
      unused(span, 'this names no code, so it ignores nothing; name one, such as `yaml/duplicate-key`'),
    ];
  }
  const unknown = new Set(codes.filter(({ code }) => !isCode(code, judging.platform)));
  const bare = bareReason(codes);
  const found = [...unknown].flatMap((code) =>
    bare && code.span.start >= bare.start ? [] : notACode(code, judging),
  );
  if (bare) found.push(unmarkedReason(bare, judging));
  if (about === 'nowhere') {
    const message = '`ignore-file` counts only at the top of a file; move it before everything else';
    return [...found, unused(span, message)];
  }
  const idle = codes.filter(
    (code) =>
      !unknown.has(code) && !ignored.isUsed(code, suppression) && !judging.isUncertain(code, suppression),
  );
  if (idle.length === codes.length) return [...found, wholeIsIdle(suppression, judging)];
  return [...found, ...idle.map((code) => idleCode(code, suppression, judging))];
}

/** Tells of a file's comments what else may be meant, and whether they may be needed all the same. */
class Judging {
  readonly platform: Platform;
  readonly source: SourceFile;
  readonly #codes: ReadonlySet<string>;
  #isBroken: boolean | undefined;
  #environmentLines: ReadonlySet<number> | undefined;

  /** `codes` are those of all that was found in the file. */
  constructor(platform: Platform, source: SourceFile, codes: ReadonlySet<string>) {
    this.platform = platform;
    this.source = source;
    this.#codes = codes;
  }

  meantBy({ code }: SuppressedCode): string | undefined {
    return closest(code, this.#codes);
  }

  /**
   * True where the finding may only be silent for now: the file cannot be read whole, packages are not installed,
   * or it hangs on the environment of whoever looks, or on what checks show.
   */
  isUncertain({ code }: SuppressedCode, { about }: Suppression): boolean {
    const { path } = this.source;
    const family = code.slice(0, code.indexOf('/'));
    if (family === evidenceFamily) return true;
    this.#isBroken ??= this.platform
      .parsed(path)
      ?.problems.some(({ severity = 'error' }) => severity === 'error');
    if (this.#isBroken) return true;
    const scope = this.platform.projectOf(path)?.scope ?? '';
    const names = this.platform.system(family)?.names ?? [];
    if (names.some(({ namespace }) => this.platform.facts.holes(namespace, scope).length > 0)) return true;
    this.#environmentLines ??= this.#findEnvironmentLines();
    return about === 'file' ? this.#environmentLines.size > 0 : this.#environmentLines.has(about as number);
  }

  #findEnvironmentLines(): ReadonlySet<number> {
    const lines = this.platform.facts.of(this.source.path).flatMap((fact) => {
      const isOfEnvironment = fact.fact === 'use' && fact.namespaces.includes('env');
      return isOfEnvironment ? this.source.positionAt(fact.span.start).line : [];
    });
    return new Set(lines);
  }
}

function unused(span: Span, message: string, fixes: readonly Fix[] = []): Finding {
  return { code: 'penstock/unused-ignore', severity: 'warning', span, message, tag: 'unnecessary', fixes };
}

function wholeIsIdle(suppression: Suppression, judging: Judging): Finding {
  const { codes, span, whole } = suppression;
  const [only] = codes;
  if (codes.length === 1 && judging.meantBy(only!)) return idleCode(only!, suppression, judging);
  const where = suppression.about === 'file' ? 'in this file' : 'here';
  const names = codes.map(({ code }) => `\`${code}\``).join(', ');
  return unused(span, `nothing ${where} is found as ${names}; remove this ignore`, [
    removal(judging.source, whole),
  ]);
}

function idleCode(code: SuppressedCode, suppression: Suppression, judging: Judging): Finding {
  const meant = judging.meantBy(code);
  const where = suppression.about === 'file' ? 'in this file' : 'here';
  const what = `nothing ${where} is found as \`${code.code}\``;
  if (meant !== undefined) {
    return unused(code.span, `${what}; did you mean \`${meant}\`?`, [
      change(judging.source, code.span, meant),
    ]);
  }
  return unused(code.span, `${what}; remove it from this ignore`, [
    removal(judging.source, withComma(code, suppression)),
  ]);
}

/** Words behind the last code that look like none: a reason without its mark. One alone may be half a code. */
function bareReason(codes: readonly SuppressedCode[]): Span | undefined {
  const at = codes.findLastIndex(({ code }) => code.includes('/')) + 1;
  const [first, last] = [codes[at], codes.at(-1)];
  return at > 0 && first && last && first !== last
    ? { start: first.span.start, end: last.span.end }
    : undefined;
}

function unmarkedReason(span: Span, { source }: Judging): Finding {
  const edit = { path: source.path, span: { start: span.start, end: span.start }, newText: '-- ' };
  return {
    code: 'penstock/unknown-code',
    severity: 'warning',
    span,
    message: 'these words are taken for codes; write ` -- ` before a reason',
    fixes: [{ title: 'Write `--` before the reason', edits: [edit], certain: true }],
  };
}

function notACode(code: SuppressedCode, judging: Judging): Finding {
  const meant = judging.meantBy(code);
  const advice =
    meant === undefined
      ? 'a code is written `system/problem`, a reason behind ` -- `'
      : `did you mean \`${meant}\`?`;
  return {
    code: 'penstock/unknown-code',
    severity: 'warning',
    span: code.span,
    message: `no finding has the code \`${code.code}\`; ${advice}`,
    ...(meant === undefined ? {} : { fixes: [change(judging.source, code.span, meant)] }),
  };
}

function isCode(written: string, platform: Platform): boolean {
  const [, family] = /^([a-z]+)\/(?:\*|[a-z][a-z0-9-]*)$/.exec(written) ?? [];
  return family !== undefined && (isFamilyOfCore(family) || platform.system(family) !== undefined);
}

function isFamilyOfCore(family: string): boolean {
  return family === 'yaml' || family === 'file' || family === 'penstock' || family === evidenceFamily;
}

/** What checks show, which hangs on the world and on who looked when. */
const evidenceFamily = 'readiness';

function removal({ path }: SourceFile, span: Span): Fix {
  return { title: 'Remove the ignore', edits: [{ path, span, newText: '' }], certain: true };
}

function change({ path }: SourceFile, span: Span, meant: string): Fix {
  return { title: `Change to \`${meant}\``, edits: [{ path, span, newText: meant }], certain: false };
}

/** The code with what parts it from its neighbour. */
function withComma({ span }: SuppressedCode, { codes }: Suppression): Span {
  const at = codes.findIndex((each) => each.span === span);
  const next = codes[at + 1];
  const before = codes[at - 1];
  if (next) return { start: span.start, end: next.span.start };
  return { start: before?.span.end ?? span.start, end: span.end };
}
