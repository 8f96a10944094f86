import type { NameKind } from '../core/facts.ts';
import type { Span } from '../core/span.ts';

/** Why a name cannot be given, in a sentence; undefined where it can. */
export function whatIsWrong(name: string, kind: NameKind | undefined): string | undefined {
  const title = kind?.title ?? 'name';
  if (name.trim() === '') return `the name of a ${title} cannot be empty`;
  if (name !== name.trim()) return `the name of a ${title} cannot begin or end with a blank`;
  // Wherever a name is written, these would end it or change what is read around it.
  const foreign = /['"`\\\r\n\t{}]/.exec(name)?.[0];
  if (foreign !== undefined) return `\`${visible(foreign)}\` cannot stand in the name of a ${title}`;
  const pattern = kind?.pattern;
  if (!pattern || pattern.test(name)) return undefined;
  const refused = Array.from(name).find((letter) => !pattern.test(`a${letter}a`));
  return refused === undefined
    ? `\`${name}\` cannot be the name of a ${title}; begin it with a letter`
    : `\`${visible(refused)}\` cannot stand in the name of a ${title}`;
}

/** A name as it is written into YAML in place of `span`: quoted where it would be read as something else. */
export function writeName(name: string, text: string, span: Span): string {
  if (isPlain(name) || !isWholeScalar(text, span)) return name;
  return `'${name}'`;
}

/** Words of YAML 1.1 and 1.2 that are no strings. */
const words = /^(true|false|yes|no|on|off|y|n|null|~)$/i;

function isPlain(name: string): boolean {
  return /^[A-Za-z_](?:[\w./+@-]|:(?=[\w/])| (?=[\w/]))*$/.test(name) && !words.test(name);
}

/** True where the span is all of a value or key without quotes, so that it may be given some. */
function isWholeScalar(text: string, { start, end }: Span): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const lineEnd = text.indexOf('\n', end);
  const after = text.slice(end, lineEnd < 0 ? undefined : lineEnd);
  return /(^|[:[{,]|- )\s*$/.test(before) && /^\s*([\]},:#\r]|$)/.test(after);
}

function visible(letter: string): string {
  return letter === '`' ? 'a backtick' : JSON.stringify(letter).slice(1, -1);
}
