import type { Span } from '../../core/span.ts';

/** A file that Python code opens by a name written in the code. */
export interface ConnectCall {
  readonly path: string;
  readonly span: Span;
  readonly isReadOnly: boolean;
}

/** The calls `duckdb.connect('file')` outside of comments and longer texts. Names that code makes are passed over. */
export function connectCalls(text: string): readonly ConnectCall[] {
  const code = withoutProse(text);
  const found: ConnectCall[] = [];
  const call = /\bduckdb\.connect\(\s*(?:database\s*=\s*)?(["'])([^"'\\\n]+)\1\s*([,)])/g;
  for (const match of code.matchAll(call)) {
    const path = match[2]!;
    if (path === ':memory:' || /^(?:md|motherduck|[a-z][a-z0-9+]+:\/):?/i.test(path)) continue;
    const start = match.index + match[0].indexOf(match[1]!) + 1;
    const rest = match[3] === ',' ? code.slice(match.index + match[0].length).split(')', 1)[0]! : '';
    found.push({
      path,
      span: { start, end: start + path.length },
      isReadOnly: /\bread_only\s*=\s*True\b/.test(rest),
    });
  }
  return found;
}

/** The code with comments and texts in three quotes blanked, each character in its place. */
function withoutProse(text: string): string {
  const pieces = /("""|''')[\s\S]*?(?:\1|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g;
  return text.replace(pieces, (piece) =>
    piece.startsWith('#') || piece.startsWith('"""') || piece.startsWith("'''")
      ? ' '.repeat(piece.length)
      : piece,
  );
}
