import type { Place } from '../kind.ts';

/** The files of a project that dbt names in its words, with the line where there is one file and one line. */
export function placesIn(says: string, files: readonly string[]): readonly Place[] {
  const named = files.filter((file) => new RegExp(`(^|[^\\w/.-])/?${escape(file)}(?![\\w/-])`).test(says));
  const line = /\bline (\d+)/.exec(says)?.[1];
  if (named.length === 1 && line !== undefined) return [{ file: named[0]!, line: Number(line) }];
  return named.map((file) => ({ file }));
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
