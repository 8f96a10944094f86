import { listInBrackets, type ListInBrackets } from './list-in-brackets.ts';

/** A waiver to be written. */
export interface NewWaiver {
  readonly check: string;
  readonly reason: string;
  readonly by: string;
  /** `2026-12-24`. */
  readonly until: string;
}

/** What takes the place of a part of a text; nothing is replaced where `end` is `start`. */
export interface TextPiece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What has to be written so that `penstock.yaml` waives a check: a new entry behind the last one, everything else
 * stays as it is. Undefined where the list is written in a way that nothing can be added to, as an alias.
 */
export function waiverEdit(text: string, waiver: NewWaiver): TextPiece | undefined {
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  const head = waiversHead(text);
  if (!head) {
    const gap = text === '' || /(?:^|\n)\r?\n$/.test(text) ? '' : text.endsWith('\n') ? eol : eol + eol;
    const added = `${gap}waivers:${eol}${entry(waiver, '  ', eol)}`;
    return { start: text.length, end: text.length, text: added };
  }
  const value = head[2]!.replace(/(?:^|\s)#.*$/, '').trim();
  const behind = head.index + head[0].length;
  if (value !== '[]') {
    const list = listInBrackets(text, behind - head[2]!.length);
    if (list) return behindLast(text, list, flowEntry(waiver), eol);
    if (value !== '') return undefined;
  }
  const { end, indent } = lastLine(text, behind);
  if (value === '[]') {
    if (indent !== undefined) return undefined;
    const at = head.index + head[0].indexOf('[]');
    const rest = text.slice(at + 2, lineEnd(text, at));
    return {
      start: at,
      end: at + 2 + rest.length,
      text: `${rest.trimStart()}${eol}${entry(waiver, '  ', eol).trimEnd()}`,
    };
  }
  const isClosed = text.slice(0, end).endsWith('\n');
  return { start: end, end, text: `${isClosed ? '' : eol}${entry(waiver, indent ?? '  ', eol)}` };
}

/** The line with the key of the waivers; what stands behind it is its second group. */
export function waiversHead(text: string): RegExpExecArray | null {
  return /^(['"]?)waivers\1[ \t]*:(.*)$/m.exec(text);
}

/** In the line of the last entry, or below it where the list has lines. */
function behindLast(
  text: string,
  { end, entries, isClosed }: ListInBrackets,
  added: string,
  eol: string,
): TextPiece {
  const lastEntry = entries.at(-1)?.start;
  if (lastEntry === undefined) return { start: end, end, text: added };
  const lineStart = text.lastIndexOf('\n', lastEntry - 1) + 1;
  const indent = text.slice(lineStart, lastEntry);
  const comma = isClosed ? '' : ',';
  if (indent.trim() !== '') return { start: end, end, text: `${comma} ${added}` };
  // A comment behind the last entry stays with it.
  const [comment = ''] = /^[ \t]*#.*?(?=\r?\n|$)/.exec(text.slice(end)) ?? [];
  return { start: end, end: end + comment.length, text: `${comma}${comment}${eol}${indent}${added}` };
}

/** Where the list below a key ends, and how far its entries stand in. */
function lastLine(text: string, from: number): { readonly end: number; readonly indent?: string } {
  let end = nextLine(text, from);
  let indent: string | undefined;
  for (let at = end; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^[ \t]*(?:#.*)?$/.test(line)) continue;
    const [, own = '', dash] = /^([ ]*)(-(?:[ \t]|$))?/.exec(line)!;
    if (own === '' && dash === undefined) break;
    if (dash !== undefined) indent ??= own;
    end = nextLine(text, at);
  }
  return { end, ...(indent === undefined ? {} : { indent }) };
}

export function lineEnd(text: string, from: number): number {
  const found = /\r?\n|$/g;
  found.lastIndex = from;
  return found.exec(text)!.index;
}

export function nextLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at + 1;
}

function entry({ check, reason, by, until }: NewWaiver, indent: string, eol: string): string {
  const lines = [
    `- check: ${scalar(check)}`,
    `  reason: ${scalar(reason)}`,
    `  by: ${scalar(by)}`,
    `  until: ${until}`,
  ];
  return lines.map((line) => `${indent}${line}${eol}`).join('');
}

function flowEntry({ check, reason, by, until }: NewWaiver): string {
  const quoted = (text: string): string => (/[,[\]{}]/.test(text) ? JSON.stringify(text) : scalar(text));
  const parts = [
    `check: ${quoted(check)}`,
    `reason: ${quoted(reason)}`,
    `by: ${quoted(by)}`,
    `until: ${until}`,
  ];
  return `{ ${parts.join(', ')} }`;
}

/** Quoted unless every reader of YAML takes it for a string as it stands. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_./][\w ./:@,()'-]*$/.test(text) && !/: |:$| $| #/.test(text);
  const isWord = /^(?:true|false|yes|no|on|off|null|y|n|[.+-]?[\d.]+(?:e\d+)?|\.(?:inf|nan))$/i.test(text);
  return isPlain && !isWord ? text : JSON.stringify(text);
}
