import type { Definition, Use } from '../../core/facts.ts';
import { environmentNamespace, usesOfVariable, type VariableRole } from '../../core/environment.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Node, ScalarNode } from '../../core/tree.ts';
import { get, itemsOf, pairsOf } from '../../core/tree.ts';
import type { Plugin, ProjectModel } from './model.ts';

/**
 * Environment variables that the project sets, and those that Meltano puts into values: `$NAME` in capitals,
 * `${name}` in any, neither behind a backslash. What nothing sets becomes an empty text without a word; arguments of
 * commands must be set, and in the strict mode everything.
 */
export function variableFacts(
  source: SourceFile,
  model: ProjectModel,
  { isStrict, prefixes }: { readonly isStrict: boolean; readonly prefixes: ReadonlySet<string> },
): readonly (Definition | Use)[] {
  const envs = [
    get(model.tree, 'env'),
    ...model.environments.flatMap(({ node, plugins }) => [
      get(node, 'env'),
      ...plugins.map((plugin) => get(plugin.node, 'env')),
    ]),
    ...model.plugins.map(({ node }) => get(node, 'env')),
    ...model.schedules.map(({ node }) => get(node, 'env')),
  ];
  const seen = new Set<Node>();
  const setByMeltano = (name: string): boolean => beginsWithOne(name, prefixes);
  const reading = (role: VariableRole, isSet = setByMeltano): Reading => ({ role, seen, isSet });
  const ofValues: VariableRole = isStrict ? 'must-be-set' : 'unset-is-empty';
  const uses = [
    ...argumentsIn(model).flatMap((node) => usesIn(source, node, reading('must-be-set'))),
    ...configsIn(model).flatMap(({ plugin, nodes }) => {
      const isSet = givenTo(plugin, prefixes);
      return nodes.flatMap((node) => usesIn(source, node, reading(ofValues, isSet)));
    }),
    ...valuesIn(model).flatMap((node) => usesIn(source, node, reading(ofValues))),
    ...placesIn(model).flatMap((node) => usesIn(source, node, reading('unset-is-empty'))),
  ];
  return [...envs.flatMap(definitionsIn), ...uses];
}

/** What the variables begin with that Meltano sets for the settings of plugins. */
export function variablePrefixes({ plugins }: Pick<ProjectModel, 'plugins'>): ReadonlySet<string> {
  return new Set(plugins.flatMap(prefixesOf));
}

function prefixesOf({ node, name }: Configured): readonly string[] {
  return [get(node, 'namespace'), name].flatMap((each) => (each ? prefixOf(each) : []));
}

/**
 * The variables that Meltano has set where it makes the values of a plugin: not yet those of the plugin's own settings,
 * and for an extractor, which comes first, those of no plugin.
 */
function givenTo(plugin: Configured, prefixes: ReadonlySet<string>): (name: string) => boolean {
  if (plugin.type.key === 'extractors') return () => false;
  const own = new Set(prefixesOf(plugin));
  return (name) => beginsWithOne(name, prefixes) && !beginsWithOne(name, own);
}

function beginsWithOne(name: string, prefixes: ReadonlySet<string>): boolean {
  // Every prefix ends with a `_`, and a large project has as many of them as it has plugins.
  for (let at = name.indexOf('_'); at >= 0; at = name.indexOf('_', at + 1))
    if (prefixes.has(name.slice(0, at + 1))) return true;
  return false;
}

function prefixOf(node: Node): string {
  const text = node.kind === 'scalar' ? node.text : '';
  return `${text.replace(/[^\w]/gu, '_').toUpperCase()}_`;
}

function definitionsIn(env: Node | undefined): readonly Definition[] {
  return pairsOf(env).map(({ key }) => ({
    fact: 'definition',
    namespace: environmentNamespace,
    scope: '',
    name: key.text,
    span: key.span,
    what: 'environment variable',
    exclusive: false,
  }));
}

/** Arguments of commands. */
function argumentsIn(model: ProjectModel): readonly Node[] {
  return model.plugins.flatMap(({ commands }) =>
    commands.flatMap(({ value }) => (value.kind === 'map' ? (get(value, 'args') ?? []) : value)),
  );
}

type Configured = Pick<Plugin, 'node' | 'name' | 'type'>;

/** What settings are told, by plugin: the strict mode refuses what cannot be made. */
function configsIn({ plugins, environments }: ProjectModel): readonly Configuration[] {
  const all = [...plugins, ...environments.flatMap((each) => each.plugins)];
  return all.map((plugin) => {
    const { node } = plugin;
    const values = itemsOf(get(node, 'settings')).map((setting) => get(setting, 'value'));
    const nodes = [get(node, 'config'), ...values].filter((each) => each !== undefined);
    return { plugin, nodes };
  });
}

interface Configuration {
  readonly plugin: Configured;
  readonly nodes: readonly Node[];
}

/** Other values that it refuses. */
function valuesIn(model: ProjectModel): readonly Node[] {
  const own = ['env', 'database_uri', 'state_backend', 'python'];
  const found = own.map((key) => get(model.tree, key));
  for (const { node } of model.plugins) {
    for (const key of ['env', 'pip_url', 'python']) found.push(get(node, key));
    for (const mapping of itemsOf(get(node, 'mappings'))) found.push(get(mapping, 'config'));
  }
  for (const { node, plugins } of model.environments) {
    found.push(get(node, 'env'), ...plugins.map((plugin) => get(plugin.node, 'env')));
  }
  return found.filter((node) => node !== undefined);
}

/** What Meltano expands in no mode with a word. */
function placesIn(model: ProjectModel): readonly Node[] {
  const found = [
    get(model.tree, 'default_environment'),
    ...model.plugins.flatMap(({ node }) => [get(node, 'executable'), get(node, 'commands')]),
  ];
  return found.filter((node) => node !== undefined);
}

interface Reading {
  readonly role: VariableRole;
  /** What was read: an alias brings a node to several places. */
  readonly seen: Set<Node>;
  /** Whether Meltano sets a variable there, for the setting of a plugin. */
  readonly isSet: (name: string) => boolean;
}

function usesIn(source: SourceFile, root: Node, reading: Reading): readonly Use[] {
  const uses: Use[] = [];
  const walk = (node: Node): void => {
    if (reading.seen.has(node)) return;
    reading.seen.add(node);
    if (node.kind === 'map') for (const { value } of node.pairs) walk(value);
    else if (node.kind === 'seq') for (const item of node.items) walk(item);
    else uses.push(...usesInText(source, node, reading));
  };
  walk(root);
  return uses;
}

function usesInText(
  source: SourceFile,
  { span, value }: ScalarNode,
  { role, isSet }: Reading,
): readonly Use[] {
  if (typeof value !== 'string' || !value.includes('$')) return [];
  const uses: Use[] = [];
  for (const match of source.slice(span).matchAll(/(\\)?\$(?:\{(\w+)\}|([A-Z][A-Z0-9_]*))/gu)) {
    const [whole, escape, curly, plain] = match;
    const name = curly ?? plain;
    // Those that begin so Meltano sets itself, everywhere.
    if (escape !== undefined || name === undefined || name.startsWith('MELTANO_')) continue;
    const start = span.start + match.index + whole.indexOf(name);
    const place = { start, end: start + name.length };
    uses.push(...usesOfVariable(name, place, isSet(name) ? 'handed-on' : role));
  }
  return uses;
}
