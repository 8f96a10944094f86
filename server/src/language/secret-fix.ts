import { scalarAt } from '../core/comment-at.ts';
import type { Finding, Fix, TextEdit } from '../core/finding.ts';
import { folderOf } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { ParsedFile } from '../core/system.ts';
import type { Node, ScalarNode } from '../core/tree.ts';
import { keyBefore } from '../core/tracked-secrets.ts';

/**
 * The fix that moves a secret into the `.env` of its project and refers to it from where it stood. Made when somebody
 * looks, never kept with the finding, since its edits hold the value. Undefined where the tool cannot refer to a variable.
 */
export function secretFix(platform: Platform, finding: Finding, file: ParsedFile): Fix | undefined {
  const { source, project, tree } = file;
  if (finding.onlyTracked !== true || !tree) return undefined;
  const scalar = scalarAt(tree, finding.span.start);
  const value = source.slice(finding.span);
  if (!scalar || scalar.style === 'literal' || scalar.style === 'folded') return undefined;
  const path = `${project.marker === undefined ? folderOf(source.path) : project.root}/.env`;
  const there = platform.source(path)?.text;
  const known = there === undefined ? undefined : nameOf(value, there);
  const name = known ?? freeName(platform, keyBefore(source.text, finding.span.start) ?? 'SECRET', value);
  const reference = platform.systemOf(source.path)?.variableReference?.(name, file, finding.span.start);
  if (reference === undefined) return undefined;
  const line = `${name}=${quoted(value)}\n`;
  const title = known === undefined ? `Move it into .env as \`${name}\`` : `Refer to \`${name}\` of .env`;
  const edit = { path: source.path, span: finding.span, newText: inQuotes(reference, scalar, file, finding) };
  if (known !== undefined) return { title, edits: [edit], certain: false };
  if (there === undefined) return { title, edits: [edit], creates: [{ path, text: line }], certain: false };
  return { title, edits: [edit, added(path, there, line)], certain: false };
}

function added(path: string, text: string, line: string): TextEdit {
  const isClosed = text === '' || text.endsWith('\n');
  return { path, span: { start: text.length, end: text.length }, newText: `${isClosed ? '' : '\n'}${line}` };
}

/** The variable that has the value already. */
function nameOf(value: string, text: string): string | undefined {
  for (const [, name, , set] of text.matchAll(/^(?:export[ \t]+)?([A-Za-z_]\w*)=(["']?)(.*?)\2[ \t]*$/gmu))
    if (set === value) return name;
  return undefined;
}

/** `DB_PASSWORD` of `db-password`, with a number where the name is another value's already. */
function freeName(platform: Platform, key: string, value: string): string {
  const name = key
    .replace(/\W/gu, '_')
    .replace(/^(?=\d)/u, '_')
    .toUpperCase();
  const isTaken = (each: string): boolean =>
    platform.facts.isDefined({ namespace: 'env', scope: '', name: each });
  // Compose sets variables inside of services under their own names, whose values come from the same name outside.
  const isOwn = name === key && value !== '';
  for (let number = 1; ; number++) {
    const each = number === 1 ? name : `${name}_${number}`;
    if (!isTaken(each) || (isOwn && number === 1)) return each;
  }
}

/** YAML takes a brace at a value's start, and any inside of braces, for a mapping's, and a quote inside of quotes for their end. */
function inQuotes(
  reference: string,
  { style, span }: ScalarNode,
  { source, tree }: ParsedFile,
  finding: Finding,
): string {
  if (style === 'single') return reference.replaceAll("'", '"');
  const isStart = style === 'plain' && span.start === finding.span.start;
  const isWhole = isStart && span.end === finding.span.end;
  const isTaken = reference.startsWith('{') || (/[{}]/.test(reference) && isInFlow(source, tree, span.start));
  return isWhole && isTaken ? `"${reference}"` : reference;
}

function isInFlow(source: SourceFile, node: Node | undefined, offset: number): boolean {
  if (!node || node.kind === 'scalar' || offset < node.span.start || offset >= node.span.end) return false;
  if (/[{[]/.test(source.text[node.span.start] ?? '')) return true;
  const inside = node.kind === 'map' ? node.pairs.map(({ value }) => value) : node.items;
  return inside.some((each) => isInFlow(source, each, offset));
}

/** As dotenv files write what holds more than letters and digits. */
function quoted(value: string): string {
  if (/^[\w./:@+=-]+$/u.test(value)) return value;
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}
