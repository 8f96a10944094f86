import type { Span } from './span.ts';

/** A text that a TOML file sets, with the names of the tables it lies in. */
export interface TomlText {
  readonly keys: readonly string[];
  readonly text: string;
  /** Between the quotes. */
  readonly span: Span;
}

/**
 * The texts on lines of their own in a TOML file: `key = "text"` below `[table.headers]`. What else TOML can say
 * (dates, arrays, inline tables, texts over several lines) is passed over. Linear, never throws.
 */
export function readTomlTexts(text: string): readonly TomlText[] {
  const found: TomlText[] = [];
  let table: readonly string[] = [];
  let until = '';
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    if (until !== '') {
      if (line.includes(until)) until = '';
      continue;
    }
    const header = /^\s*\[{1,2}([^[\]]*)\]{1,2}\s*(?:#.*)?\r?$/.exec(line);
    if (header) {
      table = namesIn(header[1]!);
      continue;
    }
    const open = /=\s*("""|''')/.exec(line);
    if (open && !line.slice(open.index + open[0].length).includes(open[1]!)) until = open[1]!;
    if (open) continue;
    const pair = /^(\s*([\w."'-]+)\s*=\s*)(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(?:#.*)?\r?$/.exec(line);
    if (!pair) continue;
    const written = pair[3] ?? pair[4] ?? '';
    const start = index + pair[1]!.length + 1;
    const plain = pair[3] === undefined ? written : unescape(written);
    found.push({
      keys: [...table, ...namesIn(pair[2]!)],
      text: plain,
      span: { start, end: start + written.length },
    });
  }
  return found;
}

/** `connections."my db"` in its parts. */
function namesIn(written: string): readonly string[] {
  return [...written.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

function unescape(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}
