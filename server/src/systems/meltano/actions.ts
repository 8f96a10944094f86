import type { Finding, TextEdit } from '../../core/finding.ts';
import type { Action, ActionRequest, ParsedFile } from '../../core/system.ts';
import { findPair, itemsOf, pairsOf, type Node, type Pair, type SeqNode } from '../../core/tree.ts';
import type { MeltanoModel } from './model.ts';
import { removePair } from './pair-edits.ts';

/** What a person would do next about a finding: make the job or environment that is missing, quote what YAML misreads. */
export function meltanoActions(
  file: ParsedFile<MeltanoModel>,
  { findings }: ActionRequest,
): readonly Action[] {
  return findings.flatMap((finding) => [
    ...createNamed(file, finding),
    ...quoteInterval(file, finding),
    ...removeDuplicate(file, finding),
  ]);
}

const lists: Readonly<
  Record<string, { readonly key: string; readonly what: string; readonly rest: string }>
> = {
  'meltano/undefined-job': { key: 'jobs', what: 'job', rest: 'tasks: []' },
  'meltano/undefined-environment': { key: 'environments', what: 'environment', rest: '' },
};

/** At the end of the list in this file, or as a new one at the file's end. */
function createNamed(file: ParsedFile, finding: Finding): readonly Action[] {
  const made = lists[finding.code];
  const name = finding.unresolved?.name;
  if (!made || name === undefined || !/^[\w][\w.-]*$/u.test(name)) return [];
  const edit = appendItem(file, made.key, [`name: ${name}`, ...(made.rest ? [made.rest] : [])]);
  return edit
    ? [{ title: `Create the ${made.what} \`${name}\``, kind: 'quickfix', finding, edits: [edit] }]
    : [];
}

function appendItem(
  { source, tree }: ParsedFile,
  key: string,
  lines: readonly string[],
): TextEdit | undefined {
  const pair = findPair(tree, key);
  const { text, path } = source;
  const list = pair?.value;
  if (list === undefined || (list.kind === 'scalar' && list.value === null)) {
    const item = lines.map((line, at) => `  ${at === 0 ? '- ' : '  '}${line}\n`).join('');
    const at = pair ? lineEnd(text, pair.key.span.end) : text.length;
    const newText = pair
      ? `${at > 0 && text[at - 1] === '\n' ? '' : '\n'}${item}`
      : `${text === '' || text.endsWith('\n') ? '' : '\n'}\n${key}:\n${item}`;
    return { path, span: { start: at, end: at }, newText };
  }
  const indent = list.kind === 'seq' ? dashIndent(list, text) : undefined;
  if (list.kind !== 'seq' || indent === undefined) return undefined;
  const at = lineEnd(text, list.items.at(-1)!.span.end);
  const item = lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}\n`).join('');
  return { path, span: { start: at, end: at }, newText: text[at - 1] === '\n' ? item : `\n${item}` };
}

/** What stands before the dash of a list's items; undefined for a list in brackets. */
function dashIndent(list: SeqNode, text: string): string | undefined {
  const first = list.items[0];
  if (!first) return undefined;
  const line = text.slice(text.lastIndexOf('\n', first.span.start - 1) + 1, first.span.start);
  return /^([ ]*)-[ ]+$/u.exec(line)?.[1];
}

/** Where the next line begins. */
function lineEnd(text: string, from: number): number {
  // A text in several lines ends behind its last line break.
  const at = text[from - 1] === '\n' ? from - 1 : text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

/** `interval: @daily` and `interval: * * * * *` mean something else to YAML. */
function quoteInterval({ source }: ParsedFile, finding: Finding): readonly Action[] {
  if (!finding.code.startsWith('yaml/')) return [];
  const line = source.lineSpan(source.positionAt(finding.span.start).line)!;
  const match = /^[\s-]*interval:[ \t]+([@*][^'"#\n]*?)[ \t]*(?:#.*)?$/u.exec(source.slice(line));
  if (!match) return [];
  const start = line.start + match[0].indexOf(match[1]!, match[0].indexOf(':'));
  const span = { start, end: start + match[1]!.length };
  const edits = [{ path: source.path, span, newText: `'${match[1]!}'` }];
  return [{ title: 'Put the interval in quotes', kind: 'quickfix', finding, edits }];
}

function removeDuplicate(file: ParsedFile, finding: Finding): readonly Action[] {
  if (finding.code !== 'yaml/duplicate-key' || !file.tree) return [];
  const pair = pairAt(file.tree, finding.span.start);
  if (!pair) return [];
  const { title, edits } = removePair(pair, file, `Remove this \`${pair.key.text}\``);
  return [{ title, kind: 'quickfix', finding, edits }];
}

function pairAt(root: Node, offset: number): Pair | undefined {
  const seen = new Set<Node>();
  const find = (node: Node): Pair | undefined => {
    if (seen.has(node)) return undefined;
    seen.add(node);
    const direct = pairsOf(node).find(({ key }) => key.span.start === offset);
    if (direct) return direct;
    for (const child of [...pairsOf(node).map(({ value }) => value), ...itemsOf(node)]) {
      const found = find(child);
      if (found) return found;
    }
    return undefined;
  };
  return find(root);
}
