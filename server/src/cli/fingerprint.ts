import { createHash, type Hash } from 'node:crypto';
import type { Finding } from '../core/finding.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Span } from '../core/span.ts';

/** What makes a finding the same one in another version of the files. */
export interface Identity {
  readonly file: string;
  readonly code: string;
  readonly fingerprint: string;
}

/**
 * The fingerprints of one file's findings. One stays when lines move or are indented anew, and when Penstock words its
 * message otherwise: the code, the words marked and the line they stand on. A hash, because a line may hold a secret.
 * A line with many findings is read once, so findings are best asked for in the order of the text.
 */
export function fingerprintsIn(source: SourceFile): (finding: Pick<Finding, 'code' | 'span'>) => string {
  let last: { readonly line: Span; readonly said: string; readonly begun: Map<string, Hash> } | undefined;
  return ({ code, span }) => {
    const line = source.lineSpan(source.positionAt(span.start).line)!;
    const marked = source.slice({ start: span.start, end: Math.min(span.end, line.end) });
    // What is about a whole file stands nowhere, and is not another when the first line is.
    if (span.end === 0) return ended(begin(code, ''), marked);
    if (last?.line.start !== line.start)
      last = { line, said: source.slice(line).trim().replace(/\s+/g, ' '), begun: new Map() };
    let begun = last.begun.get(code);
    if (!begun) last.begun.set(code, (begun = begin(code, last.said)));
    return ended(begun.copy(), marked);
  };
}

function begin(code: string, said: string): Hash {
  return createHash('sha256').update(`${code}\0${said}\0`);
}

function ended(hash: Hash, marked: string): string {
  return hash.update(marked.trim()).digest('hex').slice(0, 16);
}

export interface Comparison<Found> {
  /** Those that were there before. */
  readonly known: ReadonlySet<Found>;
  /** What was there before and is not now. */
  readonly gone: readonly Identity[];
}

/**
 * Which of the findings were there before. Of several alike as many are known as there were.
 * A finding also counts as known in a new file when its old file is gone: the file was renamed.
 */
export function compare<Found extends Identity>(
  found: readonly Found[],
  before: readonly Identity[],
  exists: (file: string) => boolean,
): Comparison<Found> {
  const known = new Set<Found>();
  const stay = new Counted(before, ({ file, code, fingerprint }) => [file, code, fingerprint].join('\0'));
  for (const each of found) if (stay.take(each)) known.add(each);
  const left = stay.left();
  const moved = new Counted(
    left.filter(({ file }) => !exists(file)),
    ({ code, fingerprint }) => [code, fingerprint].join('\0'),
  );
  const files = new Set(before.map(({ file }) => file));
  for (const each of found)
    if (!known.has(each) && !files.has(each.file) && moved.take(each)) known.add(each);
  return { known, gone: [...left.filter(({ file }) => exists(file)), ...moved.left()] };
}

/** Findings by what they have in common; each can be taken once. */
class Counted {
  readonly #keyOf: (identity: Identity) => string;
  readonly #byKey = new Map<string, Identity[]>();

  constructor(identities: readonly Identity[], keyOf: (identity: Identity) => string) {
    this.#keyOf = keyOf;
    for (const each of identities) {
      const key = keyOf(each);
      const same = this.#byKey.get(key);
      if (same) same.push(each);
      else this.#byKey.set(key, [each]);
    }
  }

  take(identity: Identity): boolean {
    return this.#byKey.get(this.#keyOf(identity))?.pop() !== undefined;
  }

  left(): readonly Identity[] {
    return [...this.#byKey.values()].flat();
  }
}
