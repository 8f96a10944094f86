import type { Definition, Fact } from '../../core/facts.ts';
import { MadeItems, MadeOfTexts } from '../../core/made-items.ts';
import type { Project } from '../../core/system.ts';
import { get, pairsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { worded } from '../../core/vocabulary.ts';
import { catalogPaths } from './catalog/known-catalog.ts';
import { kindOf } from './database-facts.ts';
import { configOf, writesDuckdb } from './duckdb-files.ts';
import { scalarAt, type Plugin, type ProjectModel } from './model.ts';

/** Settings that say which schema a loader fills, as loaders call them. */
const schemaKeys = ['default_target_schema', 'target_schema', 'schema', 'dataset'] as const;
const pathKeys = ['path', 'filepath'] as const;

/** A name for the schema, and where it is written; the name is '' where it cannot be told. */
interface Schema {
  readonly name: string;
  readonly node: ScalarNode;
}

/** What the loads of extractors have to go by, as it was told of a file's former version. */
export class Catalogs {
  readonly #each = new MadeItems<Plugin, Catalog>();
  readonly #listed = new MadeOfTexts<string>();

  /** Where the catalogs of extractors may lie; undefined where tables have other names than the streams in them. */
  listed(extractors: readonly Plugin[], root: string): string | undefined {
    const catalogs = this.#each.of(extractors, ({ name, node }) => ({
      isRenamed: renames(configOf(node)),
      paths: catalogPaths(root, name.text, node).join('\t'),
    }));
    if (catalogs.some(({ isRenamed }) => isRenamed)) return undefined;
    return this.#listed.of(
      catalogs.map(({ paths }) => paths),
      (paths) => paths.join('\n'),
    );
  }
}

interface Catalog {
  readonly isRenamed: boolean;
  /** Where it may lie. */
  readonly paths: string;
}

/** The schemas that loaders fill, in each of the environments that say otherwise. */
export function loadFacts(model: ProjectModel, project: Project, catalogs: Catalogs): readonly Fact[] {
  const loaders = model.plugins.filter(
    (plugin) => writesDuckdb(plugin, model.plugins) || writesToServer(plugin),
  );
  if (loaders.length === 0) return [];
  const listed = listedIn(model, catalogs, project.root);
  return loaders.flatMap((loader) => loadsOf(loader, model, { root: project.root, listed }));
}

function writesToServer(plugin: Plugin): boolean {
  return plugin.type.key === 'loaders' && kindOf(plugin) !== undefined;
}

function loadsOf(
  loader: Plugin,
  model: ProjectModel,
  around: { readonly root: string; readonly listed: string | undefined },
): readonly Definition[] {
  const chain = chainOf(loader, model.plugins);
  const configs = chain.map(({ node }) => configOf(node));
  // The file is told by the plugin that sets its path.
  const owner = chain.find(({ node }) => pathKeys.some((key) => scalarAt(configOf(node), key)));
  const overrides = model.environments.flatMap(({ name, plugins }) =>
    plugins
      .filter((each) => each.type === loader.type && each.name.text === loader.name.text)
      .map(({ node }) => ({ environment: name?.text ?? '', config: configOf(node) })),
  );
  const listed = chain.some(({ node }) => renames(configOf(node))) ? undefined : around.listed;
  return [{ environment: '', config: undefined }, ...overrides].flatMap(({ environment, config }) =>
    schemasOf([config, ...configs], loader, model).map(({ name, node }) =>
      worded(
        'warehouse.load',
        { name, span: node.span, what: 'schema', about: `filled by the loader \`${loader.name.text}\`` },
        {
          project: around.root,
          system: 'meltano',
          loader: owner?.name.text ?? loader.name.text,
          opener: `the loader \`${loader.name.text.replaceAll('`', '')}\``,
          environment,
          ...(listed === undefined ? {} : { listed }),
        },
      ),
    ),
  );
}

/**
 * The catalogs of all extractors, any of which may be loaded with this loader. Undefined where there may be others,
 * or something gives tables names of its own.
 */
function listedIn(
  { plugins, environments, includes, kind }: ProjectModel,
  catalogs: Catalogs,
  root: string,
): string | undefined {
  const isOther = environments.some((each) => each.plugins.some(({ node }) => renames(configOf(node))));
  const hasMappers = plugins.some(({ type }) => type.key === 'mappers');
  if (kind !== 'project' || includes.length > 0 || isOther || hasMappers) return undefined;
  const extractors = plugins.filter(({ type }) => type.key === 'extractors');
  return extractors.length === 0 ? undefined : catalogs.listed(extractors, root);
}

/** Maps of streams, prefixes of tables and the like. */
function renames(config: Node | undefined): boolean {
  return pairsOf(config).some(({ key }) =>
    /stream|table|prefix|suffix|naming|mapping|alias|_catalog/iu.test(key.text),
  );
}

/** The loader, then those it inherits from. */
function chainOf(loader: Plugin, all: readonly Plugin[]): readonly Plugin[] {
  const chain: Plugin[] = [];
  let at: Plugin | undefined = loader;
  while (at && !chain.includes(at)) {
    chain.push(at);
    const parent: string | undefined = at.inheritFrom?.text;
    at = all.find(({ type, name }) => type === loader.type && name.text === parent);
  }
  return chain;
}

/** The first configuration that says something decides. */
function schemasOf(
  configs: readonly (Node | undefined)[],
  loader: Plugin,
  model: ProjectModel,
): readonly Schema[] {
  const unknown = [{ name: '', node: loader.name }];
  if (configs.some((config) => get(config, 'schema_mapping') !== undefined)) return unknown;
  for (const config of configs) {
    const key = schemaKeys.find((each) => get(config, each) !== undefined);
    if (key === undefined) continue;
    const node = scalarAt(config, key);
    if (!node) return unknown;
    if (/^\$\{?MELTANO_EXTRACT__LOAD_SCHEMA\}?$/u.test(node.text)) return loadSchemas(model, loader);
    return node.text.includes('$') ? unknown : [{ name: node.text.trim(), node }];
  }
  return unknown;
}

/** Each extractor brings its own: its extra `load_schema`, else its namespace. */
function loadSchemas({ plugins, environments }: ProjectModel, loader: Plugin): readonly Schema[] {
  const extractors = plugins.filter(({ type }) => type.key === 'extractors');
  const isOverridden = environments.some((environment) =>
    environment.plugins.some(({ node }) => get(node, 'load_schema') !== undefined),
  );
  if (isOverridden || extractors.length === 0) return [{ name: '', node: loader.name }];
  return extractors.map(({ name, node }) => {
    const written = scalarAt(node, 'load_schema') ?? scalarAt(node, 'namespace');
    const isPlain = written !== undefined && !written.text.includes('$');
    return isPlain ? { name: written.text, node: written } : { name: '', node: name };
  });
}
