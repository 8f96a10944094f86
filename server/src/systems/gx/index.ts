import type { Fact } from '../../core/facts.ts';
import { baseName, folderOf, foldersAround, resolvePath } from '../../core/path.ts';
import { isWorthHiding } from '../../core/secret-key.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { defineSystem, type Parsed, type Project } from '../../core/system.ts';
import { get, pairsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { worded } from '../../core/vocabulary.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { checkFacts, gxChecks } from './checks.ts';
import { validationFailures } from './validation-failures.ts';

const address = 'duckdb:///';

/** Great Expectations: the databases that its datasources open. */
export const gx = defineSystem({
  id: 'gx',
  title: 'Great Expectations',
  icon: 'verified',
  markers: [],
  names: [],
  rules: [],
  claim: (path) =>
    baseName(path) === 'great_expectations.yml'
      ? { kind: 'context', format: 'yaml', readsText: true, priority: 10 }
      : undefined,
  parse: (source, _claim, project) => parseContext(source, project),
  checks: gxChecks,
  reports: validationFailures,
  secrets: ({ tree }) => connectionsIn(tree).flatMap(({ text }) => secretsOf(text)),
});

function parseContext(source: SourceFile, project: Project): Parsed {
  const { tree, problems } = parseYaml(source.text, { version: '1.2', duplicateKeys: 'refuse' });
  const files = connectionsIn(tree).flatMap((node) => fileFact(source, node, project) ?? []);
  const facts = [...checkFacts(project), ...files];
  return { ...(tree ? { tree } : {}), model: undefined, problems, facts };
}

/** Those of today's datasources, then those of versions before 1. */
function connectionsIn(tree: Node | undefined): readonly ScalarNode[] {
  const today = pairsOf(get(tree, 'fluent_datasources')).map(({ value }) => value);
  const before = pairsOf(get(tree, 'datasources')).map(({ value }) => get(value, 'execution_engine'));
  return [...today, ...before].flatMap((each) => stringOf(get(each, 'connection_string')) ?? []);
}

/** SQLAlchemy takes a relative path from the folder in which Python is started: the one around `gx/`, or another. */
function fileFact(source: SourceFile, node: ScalarNode, { root }: Project): Fact | undefined {
  if (!node.text.startsWith(address)) return undefined;
  const path = node.text.slice(address.length).split('?', 1)[0]!;
  if (path === '' || path.startsWith(':memory:') || path.startsWith('md:') || path.includes('$'))
    return undefined;
  const at = source.text.indexOf(path, node.span.start);
  if (at < 0 || at > node.span.end) return undefined;
  const own = folderOf(source.path);
  const folder = own === root ? root : folderOf(own);
  return worded(
    'duckdb.file',
    { name: resolvePath(folder, path), span: { start: at, end: at + path.length }, what: 'DuckDB file' },
    {
      project: folder,
      system: 'gx',
      path,
      access: 'read',
      opener: 'Great Expectations',
      base: 'the folder it is started in',
      bases: [own, ...foldersAround(folder, root)].join('\n'),
    },
  );
}

function secretsOf(text: string): readonly string[] {
  const password = /:\/\/[^:/@\s]*:([^@\s]+)@/.exec(text)?.[1];
  return password !== undefined && isWorthHiding(password) ? [password] : [];
}
