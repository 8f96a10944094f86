import type { Definition, Fact, NameKey, Use } from '../../core/facts.ts';
import { baseName, isInside, resolvePath } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import { findPair, get, itemsOf, stringOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';
import { installed } from './installed.ts';
import { layoutOf } from './layout.ts';
import { packagesHash } from './packages-hash.ts';
import { configUses, isTemplate } from './project-jinja.ts';
import type { YamlModel } from './properties.ts';
import { readDbtYaml } from './yaml.ts';

/** What files of a project or package may define, so what nobody can call undefined while they are not seen. */
export const definedByFiles = [
  'dbt.node',
  'dbt.node-version',
  'dbt.source',
  'dbt.source-table',
  'dbt.macro',
  'dbt.doc',
  'dbt.group',
  'dbt.tag',
  'dbt.function',
  'dbt.exposure',
  'dbt.metric',
  'dbt.semantic-model',
] as const;
const namespaces = ['dbt.package', ...definedByFiles];

/** That a file has the key `packages`: only one may. */
export const packagesKey = { namespace: 'dbt.packages-key', name: 'packages' } as const;
/** The lock file, with the hash of what it was made from. */
export const lock = { namespace: 'dbt.lock', name: 'package-lock.yml' } as const;
/** Told of whenever it becomes known that other projects' packages are had here, too. */
export const anyPackage = { namespace: 'dbt.package', name: '' } as const;
/** What the lock holds, by the text that names it in packages.yml. */
export const locked = 'dbt.locked';
/** dbt projects by their folders, for packages that are taken from one. */
export const projectRoot = 'dbt.project-root';

/** Projects of dependencies.yml, whose models dbt's platform or a plugin brings. */
export const upstream = 'dbt.upstream';

/** The keys that tell where a package comes from. */
const packageKinds = ['package', 'git', 'local', 'tarball', 'private'] as const;

/** Reads packages.yml or dependencies.yml: which packages the project wants, and whether they can be seen. */
export function parsePackages(source: SourceFile, claim: Claim, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project);
  const model: YamlModel = { kind: 'yaml' };
  if (!tree || project.vendored) return { model, problems, facts: [], ...(tree ? { tree } : {}) };
  const pair = findPair(tree, 'packages');
  const facts = pair ? packageFacts(pair, project) : [];
  // Of dependencies.yml dbt renders nothing.
  const rendered =
    claim.kind === 'packages'
      ? configUses(pair?.value, { text: source.text, project }, { isSecret: true })
      : [];
  const projects = claim.kind === 'dependencies' ? upstreamProjects(tree, project) : [];
  return { tree, model, problems, facts: [...facts, ...rendered, ...projects] };
}

function upstreamProjects(tree: Node, { scope }: Project): readonly Definition[] {
  return itemsOf(get(tree, 'projects')).flatMap((each): readonly Definition[] => {
    const name = stringOf(get(each, 'name'));
    if (!name || isTemplate(name)) return [];
    const place = { namespace: upstream, scope, name: name.text, span: name.span };
    return [{ fact: 'definition', ...place, what: 'project of another repository', exclusive: false }];
  });
}

function packageFacts({ key, value }: Pair, project: Project): readonly Fact[] {
  const { scope } = project;
  const { span } = key;
  const own = {
    fact: 'definition',
    ...packagesKey,
    scope,
    span,
    what: 'list of packages',
    exclusive: false,
    // A template may become anything.
    ...(value.kind === 'seq' || (value.kind === 'scalar' && value.value === null)
      ? { data: { wanted: String(itemsOf(value).length) } }
      : {}),
  } as const;
  const ask = (namespace: string, name: string, data?: Use['data']): Use => ({
    fact: 'use',
    namespaces: [namespace],
    scope,
    name,
    span,
    role: 'deferred',
    ...(data ? { data } : {}),
  });
  const hash = packagesHash(value);
  return [
    own,
    ask(packagesKey.namespace, packagesKey.name),
    ask(lock.namespace, lock.name, hash === undefined ? {} : { hash }),
    ask(installed.namespace, installed.name),
    ask(anyPackage.namespace, anyPackage.name),
    ...itemsOf(value).flatMap((entry) => entryUse(entry, project)),
    ...packageHoles(value, project),
  ];
}

/** Names of packages that nobody can see: of all while none is there, of single ones until they are. */
function packageHoles(packages: Node, project: Project): readonly Fact[] {
  const { scope } = project;
  const isWanted = itemsOf(packages).length > 0 || (packages.kind === 'scalar' && packages.value !== null);
  const reason = isWanted ? whyUnseen(project) : undefined;
  const holes = (why: string, until?: NameKey): readonly Fact[] =>
    namespaces.map((namespace) => ({
      fact: 'hole',
      namespace,
      scope,
      reason: why,
      ...(until ? { until } : {}),
    }));
  if (reason !== undefined) return holes(reason);
  return itemsOf(packages).flatMap((entry) => {
    // The hub calls a package as the package calls itself.
    const name = stringOf(get(entry, 'package'))?.text;
    if (name === undefined || name.includes('{{')) return [];
    const own = name.slice(name.lastIndexOf('/') + 1);
    const why = `the package ${own} is not installed: names that it may define are not checked; run \`dbt deps\` to have them checked`;
    return holes(why, { namespace: 'dbt.package', scope, name: own });
  });
}

/** What the rules over facts must know of an entry: what it is, where, and which versions it wants. */
function entryUse(entry: Node, project: Project): readonly Fact[] {
  const kind = packageKinds.find((each) => get(entry, each));
  const name = kind === undefined ? undefined : stringOf(get(entry, kind));
  if (kind === undefined || !name || isTemplate(name)) return [];
  const { span, text } = name;
  const use: Use = {
    fact: 'use',
    namespaces: [locked],
    scope: project.scope,
    name: text,
    span,
    role: 'deferred',
    data: { kind, versions: versionTexts(get(entry, 'version')).join(',') },
  };
  return kind === 'local' ? [use, ...localUse(name, project)] : [use];
}

/** Only what must lie inside the project is sure to be seen. */
function localUse({ text, span }: ScalarNode, project: Project): readonly Fact[] {
  if (text.startsWith('~')) return [];
  const path = resolvePath(project.root, text.replaceAll('\\', '/'));
  const isOwn = path !== project.root && isInside(path, project.root);
  const role = isOwn ? 'local' : 'deferred';
  const use: Use = { fact: 'use', namespaces: [projectRoot], scope: '', name: path, span, role };
  return isOwn ? [use, ...hadFrom(path, project)] : [use];
}

/** A package that lies in the project is run with it alone, so it may name what the project and its packages define. */
function hadFrom(path: string, { root, scope }: Project): readonly Fact[] {
  return [...namespaces, 'dbt.var'].map((namespace) => ({
    fact: 'hole',
    namespace,
    scope: path,
    reason: `the project is a package of ${baseName(root)}`,
    beyond: scope,
  }));
}

/** The versions as dbt reads them: each a string by itself. */
export function versionTexts(node: Node | undefined): readonly string[] {
  if (node?.kind === 'seq') return node.items.flatMap(versionTexts);
  return node?.kind === 'scalar' && node.value !== null ? [node.text] : [];
}

function whyUnseen(project: Project): string | undefined {
  const { installPath } = layoutOf(project);
  if (installPath !== 'dbt_packages' && installPath !== 'dbt_modules') {
    return `packages are installed in ${installPath}, which is not read, so names that are not in this project are not checked`;
  }
  if (project.files.has(installPath)) return undefined;
  return '`dbt deps` has not been run: names that a package may define are not checked; run it to have them checked';
}

/** Reads package-lock.yml: what `dbt deps` last decided on. */
export function parseLock(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project);
  const model: YamlModel = { kind: 'yaml' };
  if (!tree || project.vendored) return { model, problems, facts: [], ...(tree ? { tree } : {}) };
  const common = { fact: 'definition', scope: project.scope, exclusive: false, implicit: true } as const;
  const hash = stringOf(get(tree, 'sha1_hash'));
  const own: Definition = {
    ...common,
    ...lock,
    span: hash?.span ?? { start: 0, end: 0 },
    what: 'lock',
    data: {
      count: String(itemsOf(get(tree, 'packages')).length),
      ...(hash ? { hash: hash.text } : {}),
    },
  };
  const entries = itemsOf(get(tree, 'packages')).flatMap((entry): readonly Definition[] => {
    const kind = packageKinds.find((each) => get(entry, each));
    const id = kind === undefined ? undefined : stringOf(get(entry, kind));
    if (!id) return [];
    const name = stringOf(get(entry, 'name'))?.text;
    const [version] = versionTexts(get(entry, 'version') ?? get(entry, 'revision'));
    const data = { ...(name === undefined ? {} : { name }), ...(version === undefined ? {} : { version }) };
    return [{ ...common, namespace: locked, name: id.text, span: id.span, what: 'locked package', data }];
  });
  return { tree, model, problems, facts: [own, ...entries] };
}
