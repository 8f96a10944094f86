import type { Span } from '../span.ts';
import type { Enclosure, Layout } from './layout.ts';
import { refusedTabs, tabMessage } from './refused-tabs.ts';
import {
  blanked,
  isAtEnd,
  isFirstInLine,
  isMarkEnd,
  keyAt,
  lineAbove,
  trimmedLineEnd,
  within,
  wordAt,
  wordOf,
} from './syntax-places.ts';
import { isBlank, lineEnd, lineStart } from './text-scan.ts';
import type { YamlVersion } from './yaml-options.ts';

/** Where the parser gave up, and why in its own words. */
export interface SyntaxFault {
  readonly reason: string;
  readonly position: number;
}

export interface SyntaxExplanation {
  readonly span: Span;
  readonly message: string;
  /** The text with the one character changed that lets more of it be read, at unchanged offsets. */
  readonly repaired?: string;
}

type Explain = (
  text: string,
  fault: SyntaxFault,
  layout: Layout,
  version: YamlVersion,
) => SyntaxExplanation | undefined;

/** Puts a syntax fault into one sentence, at the place that has to be changed. */
export function explainSyntax(
  text: string,
  fault: SyntaxFault,
  layout: Layout,
  version: YamlVersion,
): SyntaxExplanation {
  for (const explain of explanations) {
    const found = explain(text, fault, layout, version);
    if (found !== undefined) return { ...found, span: within(text, found.span) };
  }
  const message = 'this cannot be read as YAML; check the indentation and the quotes here';
  return { span: wordAt(text, fault.position), message };
}

/** The first that knows the fault explains it: causes far away come before the place where the parser noticed. */
const explanations: readonly Explain[] = [
  control,
  mergeConflict,
  tab,
  unclosed,
  escape,
  keyOfLines,
  textBehind,
  template,
  emptyName,
  badStart,
  header,
  directive,
  listOnKeyLine,
  secondColon,
  missingSpace,
  missingColon,
  mixed,
  indentation,
  missingComma,
];

function control(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (reason.startsWith('null byte')) {
    return {
      span: wordOf(position, 1),
      message: 'a NUL character stands here, which no YAML file may hold; is this a binary file?',
    };
  }
  if (!reason.includes('non-printable') && !reason.includes('valid JSON character')) return undefined;
  const code = text.charCodeAt(position).toString(16).toUpperCase().padStart(4, '0');
  return {
    span: wordOf(position, 1),
    message: `the invisible character U+${code} is not allowed in YAML; remove it`,
  };
}

function mergeConflict(text: string): SyntaxExplanation | undefined {
  const mark = /^(?:<{7}|>{7})(?=\s|$)/m.exec(text);
  if (mark === null) return undefined;
  return {
    span: wordOf(mark.index, 7),
    message: 'a merge conflict is left in the file; resolve it and remove its marks',
  };
}

function tab(
  text: string,
  { reason, position }: SyntaxFault,
  layout: Layout,
  version: YamlVersion,
): SyntaxExplanation | undefined {
  const first = refusedTabs(layout, version);
  if (first !== undefined && first.span.start <= position) return first;
  if (!reason.startsWith('tab characters')) return undefined;
  return {
    span: text.charCodeAt(position) === 9 ? wordOf(position, 1) : wordAt(text, position),
    message: tabMessage,
  };
}

/** A quote or bracket that is never closed is shown where it opened, not where the text ended. */
function unclosed(
  text: string,
  { position, reason }: SyntaxFault,
  { enclosures }: Layout,
): SyntaxExplanation | undefined {
  const open = enclosures.find((each) => each.start <= position && isLeftOpen(text, each, position, reason));
  if (open === undefined) return undefined;
  const mark = text[open.start]!;
  const message =
    open.kind === 'quote'
      ? `this quote is not closed; add \`${mark}\` at the end of the text`
      : `this \`${mark}\` is not closed; add \`${mark === '[' ? ']' : '}'}\``;
  const span = wordOf(open.start, 1);
  if (open.kind === 'flow') return { span, message };
  // Without its quote the text ends with its line, and what follows is read as what it is.
  return { span, message, repaired: blanked(text, open.start) };
}

function isLeftOpen(
  text: string,
  { kind, start, end, shallowLines }: Enclosure,
  position: number,
  reason: string,
): boolean {
  if (end < 0) return true;
  if (kind === 'flow') {
    const shallow = shallowLines.find((line) => !/^[ \t]*[\]}]/.test(text.slice(line, lineEnd(text, line))));
    return (
      shallow !== undefined && position >= shallow && position <= end && !reason.startsWith('unknown escape')
    );
  }
  if (!/[\n\r]/.test(text.slice(start, end))) return false;
  if (position > start && position < end && /^(?:---|\.\.\.)/.test(text.slice(position, position + 3)))
    return true;
  // It closed at a quote that was to open the next text.
  return (
    position >= end - 1 &&
    position <= lineEnd(text, end) &&
    /^[ \t]*[^\s,\]}:#]/.test(text.slice(end, lineEnd(text, end)))
  );
}

function escape(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (!reason.startsWith('unknown escape') && !reason.startsWith('expected hexadecimal')) return undefined;
  const start = text.lastIndexOf('\\', position);
  if (start < 0) return undefined;
  const written = text.slice(start, start + 2);
  return {
    span: wordOf(start, 2),
    message: `\`${written}\` is no escape that YAML can read; double the backslash, or use single quotes`,
  };
}

/** A quoted key that goes on over a line's end. */
function keyOfLines(
  text: string,
  { position }: SyntaxFault,
  { enclosures }: Layout,
): SyntaxExplanation | undefined {
  const key = enclosures.find(({ kind, end }) => kind === 'quote' && end === position);
  if (key === undefined || text[position] !== ':' || !/[\n\r]/.test(text.slice(key.start, key.end)))
    return undefined;
  return {
    span: { start: key.start, end: lineEnd(text, key.start) },
    message: 'a key must stand on one line; join its lines',
  };
}

/** `"a" b` */
function textBehind(
  text: string,
  { position }: SyntaxFault,
  { enclosures }: Layout,
): SyntaxExplanation | undefined {
  const before = enclosures.find(
    ({ end }) => end > 0 && end <= position && /^[ \t]*$/.test(text.slice(end, position)),
  );
  if (before === undefined || isAtEnd(text, position)) return undefined;
  const code = text.charCodeAt(position);
  if (code === 93 || code === 125) return stray(text, position);
  if (code === 58 && !isBlank(text.charCodeAt(position + 1))) return undefined;
  if (code === 58) return undefined;
  const span = { start: position, end: trimmedLineEnd(text, position) };
  if (text.startsWith('{{', before.start))
    return { span: { start: before.start, end: span.end }, message: templateMessage };
  if (before.kind === 'flow')
    return {
      span,
      message: 'text stands behind the closing bracket; remove it, or put the whole value in quotes',
    };
  const quote = text[before.start]!;
  const other = quote === '"' ? 'single quotes' : 'double quotes';
  return {
    span,
    message: `text stands behind the closing quote; if the quotes belong to the text, put the whole value in ${other}`,
  };
}

const templateMessage = 'YAML takes `{` for the start of a mapping; put the whole value in quotes';

function template(text: string, { position }: SyntaxFault): SyntaxExplanation | undefined {
  const start = lineStart(text, position);
  const end = lineEnd(text, position);
  const value = /(?:^|[:\-,[]\s+|^\s+)(\{[{%#].*)$/.exec(text.slice(start, end));
  if (value === null) return undefined;
  const from = start + value.index + value[0].length - value[1]!.length;
  return from <= position
    ? { span: { start: from, end: trimmedLineEnd(text, from) }, message: templateMessage }
    : undefined;
}

/** Characters that YAML keeps for itself. */
function badStart(text: string, { position, reason }: SyntaxFault): SyntaxExplanation | undefined {
  const mark = text[position];
  if (mark === '@' || mark === '`' || (mark === '%' && !reason.startsWith('directive'))) {
    return {
      span: wordAt(text, position),
      message: `a value cannot begin with \`${mark}\`; put it in quotes`,
    };
  }
  if (mark === ']' || mark === '}') return stray(text, position);
  if (mark !== ',') return undefined;
  return {
    span: wordOf(position, 1),
    message: 'a comma stands where a value should; remove it, or write the value before it',
  };
}

function stray(text: string, position: number): SyntaxExplanation {
  return {
    span: wordOf(position, 1),
    message: `this \`${text[position]}\` closes nothing; remove it, or put the text in quotes`,
  };
}

function emptyName(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  const kind = /name of an? (anchor|alias) node must/.exec(reason)?.[1];
  if (kind === undefined) {
    if (!/tag|anchor property|alias node should/.test(reason)) return undefined;
    return {
      span: wordAt(text, position),
      message: 'a tag, an anchor or an alias is written wrongly here; correct it, or put the text in quotes',
    };
  }
  const mark = kind === 'alias' ? '*' : '&';
  return {
    span: wordOf(Math.max(0, position - 1), 1),
    message: `\`${mark}\` begins the name of an ${kind} but none follows; put the text in quotes if none is meant`,
  };
}

function header(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  const isHeader =
    reason.startsWith('a line break is expected') || /repeat of|bad explicit indentation/.test(reason);
  if (!isHeader) return undefined;
  return {
    span: { start: position, end: Math.max(position + 1, trimmedLineEnd(text, position)) },
    message: 'nothing may follow `|` or `>` on its line; begin the text on the next line, indented',
  };
}

function directive(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (!/directive|%YAML|YAML version|TAG/.test(reason)) return undefined;
  const start = lineStart(text, position);
  return {
    span: { start, end: Math.max(start + 1, lineEnd(text, start)) },
    message: 'a line that begins with `%` is a directive to YAML; put the text in quotes, or remove the line',
  };
}

function listOnKeyLine(text: string, { position }: SyntaxFault): SyntaxExplanation | undefined {
  const mark = text[position];
  if ((mark !== '-' && mark !== '?') || !isMarkEnd(text, position + 1)) return undefined;
  if (!/:[ \t]+$/.test(text.slice(lineStart(text, position), position))) return undefined;
  const message =
    mark === '-'
      ? 'a list cannot begin on the line of its key; begin it on the next line'
      : '`?` cannot stand here; put the text in quotes';
  return { span: wordOf(position, 1), message };
}

/** `a: b: c`, or a line that is deeper than the value above it. */
function secondColon(text: string, { position }: SyntaxFault): SyntaxExplanation | undefined {
  if (text[position] !== ':' || !isMarkEnd(text, position + 1)) return undefined;
  const start = lineStart(text, position);
  const before = text.slice(start, position);
  const first = /^(?:[\s-]*)(?:[^\s'"#][^#]*?|'[^']*'|"[^"]*")\s*:\s+/.exec(before);
  if (first !== null) {
    return {
      span: wordOf(position, 1),
      message:
        'a second colon stands in this line; put the value in quotes, or begin the inner mapping on the next line',
      repaired: blanked(text, position),
    };
  }
  const key = before.trim();
  const from = start + before.indexOf(key);
  const above = lineAbove(text, start);
  const missing = above === undefined ? undefined : keyWithoutColon(text, above, before);
  if (missing !== undefined) return missing;
  return {
    span: { start: from, end: Math.max(from + 1, from + key.length) },
    message: `\`${key}\` is indented deeper than the value above it; align it with the keys it belongs to`,
  };
}

function keyWithoutColon(text: string, above: Span, before: string): SyntaxExplanation | undefined {
  const line = text.slice(above.start, above.end);
  const word = line.replace(/^[\s-]+/, '').trimEnd();
  const indent = line.length - line.replace(/^[\s-]+/, '').length;
  if (word === '' || /:(?:\s|$)/.test(line) || indent !== before.length - before.trimStart().length)
    return undefined;
  const start = above.start + indent;
  return noColon(start, word);
}

function noColon(start: number, word: string): SyntaxExplanation {
  const span = { start, end: start + word.length };
  const joined = /^([^\s:]+):(\S.*)$/.exec(word);
  if (joined !== null)
    return { span, message: `a space is missing behind the colon; write \`${joined[1]}: ${joined[2]}\`` };
  return { span, message: `no colon follows \`${word}\`; write \`${word}:\` if it is a key` };
}

function missingSpace(_text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (!reason.startsWith('a whitespace character is expected')) return undefined;
  return { span: wordOf(Math.max(0, position - 1), 1), message: 'a space is missing behind the colon' };
}

function missingColon(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (!/expected ':' after|multiline key/.test(reason)) return undefined;
  let at = lineStart(text, position);
  if (reason.includes('multiline')) {
    const above = lineAbove(text, at);
    if (above !== undefined) at = above.start;
  }
  const line = text.slice(at, lineEnd(text, at));
  const word = line
    .replace(/^[\s-]+/, '')
    .replace(/\s+#.*$/, '')
    .trimEnd();
  return word === '' ? undefined : noColon(at + line.indexOf(word), word);
}

/** A list goes on as a mapping, or the other way round. */
function mixed(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (!reason.startsWith('end of the stream') || !isFirstInLine(text, position) || isAtEnd(text, position))
    return undefined;
  const isDash = text[position] === '-' && isMarkEnd(text, position + 1);
  const message = isDash
    ? 'a list item stands beside keys; indent it below the key it belongs to'
    : 'this line belongs to nothing above it; indent it, or begin it with `- ` if it is a list item';
  return { span: isDash ? wordOf(position, 1) : keyAt(text, position), message };
}

function indentation(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (!/bad indentation|deficient indentation|end of the stream or/.test(reason)) return undefined;
  if (!isFirstInLine(text, position) || isAtEnd(text, position)) return undefined;
  return {
    span: keyAt(text, position),
    message: 'the indentation of this line fits no line above it; align it with the lines it belongs to',
  };
}

function missingComma(text: string, { reason, position }: SyntaxFault): SyntaxExplanation | undefined {
  if (!reason.startsWith('missed comma')) return undefined;
  if (text[position] === ':')
    return {
      span: wordOf(position, 1),
      message: 'a second colon stands in this item; put the value in quotes',
    };
  return { span: wordAt(text, position), message: 'a comma is missing before this; add it' };
}
