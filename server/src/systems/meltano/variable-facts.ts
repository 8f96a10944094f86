import type { Definition, Use } from '../../core/facts.ts';
import { environmentNamespace, usesOfVariable, type VariableRole } from '../../core/environment.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Node, ScalarNode } from '../../core/tree.ts';
import { get, itemsOf, pairsOf } from '../../core/tree.ts';
import type { ProjectModel } from './model.ts';

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
  const uses = [
    ...argumentsIn(model).flatMap((node) => usesIn(source, node, { role: 'must-be-set', seen })),
    ...valuesIn(model).flatMap((node) =>
      usesIn(source, node, { role: isStrict ? 'must-be-set' : 'unset-is-empty', seen }),
    ),
    ...placesIn(model).flatMap((node) => usesIn(source, node, { role: 'unset-is-empty', seen })),
  ];
  return [...envs.flatMap(definitionsIn), ...uses.filter(({ name }) => !isGiven(name, prefixes))];
}

/** What the variables begin with that Meltano sets for the settings of plugins. */
export function variablePrefixes({ plugins }: ProjectModel): ReadonlySet<string> {
  return new Set(
    plugins.flatMap(({ node, name }) =>
      [get(node, 'namespace'), name].flatMap((each) => (each ? prefixOf(each) : [])),
    ),
  );
}

/** Meltano sets these itself: its own, and one for each setting of a plugin. */
function isGiven(name: string, prefixes: ReadonlySet<string>): boolean {
  if (name.startsWith('MELTANO_')) return true;
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

/** Values that the strict mode refuses where they cannot be made. */
function valuesIn(model: ProjectModel): readonly Node[] {
  const own = ['env', 'database_uri', 'state_backend', 'python'];
  const found = own.map((key) => get(model.tree, key));
  for (const { node } of model.plugins) {
    for (const key of ['config', 'env', 'pip_url', 'python']) found.push(get(node, key));
    for (const setting of itemsOf(get(node, 'settings'))) found.push(get(setting, 'value'));
    for (const mapping of itemsOf(get(node, 'mappings'))) found.push(get(mapping, 'config'));
  }
  for (const { node, plugins } of model.environments) {
    found.push(get(node, 'env'));
    for (const plugin of plugins) found.push(get(plugin.node, 'config'), get(plugin.node, 'env'));
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
}

function usesIn(source: SourceFile, root: Node, { role, seen }: Reading): readonly Use[] {
  const uses: Use[] = [];
  const walk = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'map') for (const { value } of node.pairs) walk(value);
    else if (node.kind === 'seq') for (const item of node.items) walk(item);
    else uses.push(...usesInText(source, node, role));
  };
  walk(root);
  return uses;
}

function usesInText(source: SourceFile, { span, value }: ScalarNode, role: VariableRole): readonly Use[] {
  if (typeof value !== 'string' || !value.includes('$')) return [];
  const uses: Use[] = [];
  for (const match of source.slice(span).matchAll(/(\\)?\$(?:\{(\w+)\}|([A-Z][A-Z0-9_]*))/gu)) {
    const [whole, escape, curly, plain] = match;
    const name = curly ?? plain;
    if (escape !== undefined || name === undefined) continue;
    const start = span.start + match.index + whole.indexOf(name);
    uses.push(...usesOfVariable(name, { start, end: start + name.length }, role));
  }
  return uses;
}
