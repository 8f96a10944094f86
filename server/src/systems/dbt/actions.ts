import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { Finding, TextEdit } from '../../core/finding.ts';
import { baseName, folderOf, isInside } from '../../core/path.ts';
import type { Action, ActionRequest, ParsedFile } from '../../core/system.ts';
import { findPair } from '../../core/tree.ts';
import type { DbtFileKind } from './claim.ts';
import { layoutOf } from './layout.ts';

/** Files that dbt would want next: the model that a `ref` names, the properties entry of a model that has none. */
export function dbtActions(file: ParsedFile, request: ActionRequest): readonly Action[] {
  return [
    ...request.findings.flatMap((finding) => createModel(file, finding, request)),
    ...describeNode(file, request),
  ];
}

function createModel(file: ParsedFile, finding: Finding, { facts }: ActionRequest): readonly Action[] {
  if (finding.code !== 'dbt/undefined-ref' || !finding.unresolved) return [];
  const { name, namespaces } = finding.unresolved;
  if (!namespaces.includes('dbt.node') || !/^\w+$/.test(name)) return [];
  const { path } = file.source;
  const use = facts.of(path).find((fact) => fact.fact === 'use' && fact.span.start === finding.span.start);
  // A model of another package is not made here.
  if (use?.fact === 'use' && use.within?.namespace === 'dbt.package') return [];
  const target = `${modelFolderFor(file)}/${name}.sql`;
  return [
    {
      title: `Create the model \`${name}\``,
      kind: 'quickfix',
      finding,
      edits: [],
      creates: [{ path: target, text: 'select 1 as id\n' }],
    },
  ];
}

/** Beside the file where that is a place for models, else where the project keeps them. */
function modelFolderFor({ source, project }: ParsedFile): string {
  const folders = layoutOf(project).paths.model.map((path) =>
    path ? `${project.root}/${path}` : project.root,
  );
  const folder = folderOf(source.path);
  return folders.some((each) => isInside(folder, each)) ? folder : folders[0]!;
}

const sections: Partial<Record<DbtFileKind, string>> = {
  model: 'models',
  'python-model': 'models',
  seed: 'seeds',
};

/** Offered on the first line alone: it is about the whole file, and nobody wants a lamp on every line. */
function describeNode(file: ParsedFile, request: ActionRequest): readonly Action[] {
  const section = sections[file.claim.kind as DbtFileKind];
  if (!section || file.source.positionAt(request.span.start).line > 0) return [];
  const node = file.facts.find(
    (fact): fact is Definition =>
      fact.fact === 'definition' && fact.namespace === 'dbt.node' && fact.implicit === true,
  );
  if (!node || isDescribed(node, request.facts)) return [];
  const target = propertiesBeside(file.source.path, node, request);
  const change = target
    ? appendTo(target, section, node.name)
    : createBeside(file.source.path, section, node.name);
  if (!change) return [];
  const where = target ? `to ${baseName(target.source.path)}` : `in a new ${newFileName(section)}`;
  return [{ title: `Add a properties entry for \`${node.name}\` ${where}`, kind: 'refactor', ...change }];
}

function isDescribed(node: Definition, facts: FactReader): boolean {
  if (facts.uses(node).some((use) => use.role === 'properties')) return true;
  if (facts.definitions(node).some((each) => !each.implicit)) return true;
  const version = /^(.+)_v([^_]+)$/.exec(node.name);
  if (!version) return false;
  const name = `${version[1]}.v${version[2]}`;
  return facts.definitions({ namespace: 'dbt.node-version', scope: node.scope, name }).length > 0;
}

/** The properties file of the same folder that describes most of the nodes there. */
function propertiesBeside(
  path: string,
  node: Definition,
  { facts, parsed }: ActionRequest,
): ParsedFile | undefined {
  const folder = folderOf(path);
  const counts = new Map<string, number>();
  for (const other of facts.all('dbt.node', node.scope)) {
    if (folderOf(other.path) !== folder || !isImplicit(other)) continue;
    for (const use of facts.uses(other)) {
      if (use.role === 'properties' && folderOf(use.path) === folder)
        counts.set(use.path, (counts.get(use.path) ?? 0) + 1);
    }
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const known = best ? parsed(best[0]) : parsed(`${folder}/${newFileName(sections.model!)}`);
  return known?.tree?.kind === 'map' && known.problems.length === 0 ? known : undefined;
}

function isImplicit(node: Located<Definition>): boolean {
  return node.implicit === true;
}

interface Change {
  readonly edits: readonly TextEdit[];
  readonly creates?: readonly { readonly path: string; readonly text: string }[];
}

/** Behind the section's last entry, as deep as that; a new section where there is none; undefined for a list in brackets. */
function appendTo({ source, tree }: ParsedFile, section: string, name: string): Change | undefined {
  const { path, text } = source;
  const list = findPair(tree, section)?.value;
  if (!list) return insertAt(path, text, text.length, `\n${section}:\n${entry('  ', name)}`);
  const last = list.kind === 'seq' ? list.items.at(-1) : undefined;
  if (!last) return undefined;
  const dash = text.lastIndexOf('-', last.span.start);
  const indent = text.slice(text.lastIndexOf('\n', dash) + 1, dash);
  if (dash < 0 || indent.trim() !== '') return undefined;
  const { end } = last.span;
  // Behind what else stands in the entry's last line: a comment, a closing quote.
  const lineEnd = text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end);
  return insertAt(path, text, lineEnd < 0 ? text.length : lineEnd + 1, entry(indent, name));
}

function insertAt(path: string, text: string, at: number, newText: string): Change {
  const lead = at === 0 || text[at - 1] === '\n' ? '' : '\n';
  return { edits: [{ path, span: { start: at, end: at }, newText: lead + newText }] };
}

function createBeside(path: string, section: string, name: string): Change {
  const text = `version: 2\n\n${section}:\n${entry('  ', name)}`;
  return { edits: [], creates: [{ path: `${folderOf(path)}/${newFileName(section)}`, text }] };
}

function newFileName(section: string): string {
  return `_${section}.yml`;
}

function entry(indent: string, name: string): string {
  const written = /^[A-Za-z]\w*_\w*$/.test(name) ? name : `'${name}'`;
  return `${indent}- name: ${written}\n${indent}  description: ''\n`;
}
