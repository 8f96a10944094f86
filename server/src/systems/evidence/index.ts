import type { Fact } from '../../core/facts.ts';
import { baseName, folderOf, resolvePath } from '../../core/path.ts';
import { isWorthHiding } from '../../core/secret-key.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { defineSystem, type Claim, type Parsed, type Project } from '../../core/system.ts';
import { get, pairsOf, stringOf, type Node } from '../../core/tree.ts';
import { worded } from '../../core/vocabulary.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { interpretEvidence } from './interpret.ts';
import { evidenceOptions, evidenceSteps, scriptFacts, sourceFact } from './steps.ts';

/** `connection`: what a source is; `options`: what decides before it, each value in Base64; `package`: the scripts. */
type Kind = 'connection' | 'options' | 'package';

/** Evidence: the databases that its sources open. Of pages and queries nothing is known. */
export const evidence = defineSystem({
  id: 'evidence',
  title: 'Evidence',
  icon: 'graph',
  markers: [],
  names: [],
  rules: [],
  claim: claimSource,
  parse: (source, claim) => parseSource(source, claim.kind as Kind),
  steps: evidenceSteps,
  options: evidenceOptions,
  interpret: interpretEvidence,
  secrets: ({ tree, claim }) => (claim.kind === 'options' && tree ? textsIn(tree) : []),
});

function claimSource(path: string, _project: Project, head: () => string): Claim | undefined {
  if (baseName(path) === 'package.json')
    return head().includes('"@evidence-dev/')
      ? { kind: 'package', format: 'json', readsText: true, isAside: true, priority: 10 }
      : undefined;
  const [, kind] = /\/sources\/[^/]+\/connection(\.options)?\.yaml$/.exec(path) ?? [path];
  if (!/\/sources\/[^/]+\/connection(?:\.options)?\.yaml$/.test(path)) return undefined;
  return {
    kind: kind === undefined ? 'connection' : 'options',
    format: 'yaml',
    readsText: true,
    priority: 10,
  };
}

function parseSource(source: SourceFile, kind: Kind): Parsed {
  if (kind === 'package') return { model: undefined, problems: [], facts: scriptFacts(source) };
  const { tree, problems } = parseYaml(source.text, { version: '1.2', duplicateKeys: 'refuse' });
  const facts = kind === 'connection' ? connectionFacts(source, tree) : overrides(source, tree);
  return { ...(tree ? { tree } : {}), model: undefined, problems, facts };
}

function connectionFacts(source: SourceFile, tree: Node | undefined): readonly Fact[] {
  const folder = folderOf(source.path);
  const name = stringOf(get(tree, 'name'))?.text ?? baseName(folder);
  const own = sourceFact(folder, name);
  const node = stringOf(get(get(tree, 'options'), 'filename'));
  if (stringOf(get(tree, 'type'))?.text !== 'duckdb' || !node) return [own];
  if (node.text === ':memory:' || node.text.startsWith('md:')) return [own];
  // Evidence joins the name to the source's folder even where it is an absolute path.
  const path = node.text.replace(/^\/+/, '');
  const file = worded(
    'duckdb.file',
    { name: resolvePath(folder, path), span: node.span, what: 'DuckDB file' },
    {
      project: folder,
      system: 'evidence',
      path,
      access: 'read',
      opener: 'Evidence',
      base: 'the source’s folder',
      variable: `EVIDENCE_SOURCE__${name}__filename`,
    },
  );
  return [own, file];
}

/** The connection beside it may then open any file. */
function overrides(source: SourceFile, tree: Node | undefined): readonly Fact[] {
  if (get(tree, 'filename') === undefined) return [];
  const reason = '`connection.options.yaml` names another file than `connection.yaml`, in Base64';
  return [{ fact: 'hole', namespace: 'duckdb.file', scope: folderOf(source.path), reason }];
}

function textsIn(node: Node): readonly string[] {
  if (node.kind === 'scalar') return isWorthHiding(node.text) ? [node.text] : [];
  return (node.kind === 'seq' ? node.items : pairsOf(node).map(({ value }) => value)).flatMap(textsIn);
}
