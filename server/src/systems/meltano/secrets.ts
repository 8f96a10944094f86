import type { FactReader } from '../../core/fact-index.ts';
import { isSecretKey, isWorthHiding } from '../../core/secret-key.ts';
import type { ParsedFile } from '../../core/system.ts';
import { get, itemsOf, pairsOf, type Node } from '../../core/tree.ts';
import type { MeltanoModel, ProjectModel } from './model.ts';
import { settingsOf } from './settings/plugin-settings.ts';

/** The values of a project's files that must not be shown: sensitive settings and what is called like a secret. */
export function secretsOf(file: ParsedFile<MeltanoModel>, facts?: FactReader): readonly string[] {
  const { model, tree, project } = file;
  const found = new Set<string>();
  if (model.kind === 'lock') return [];
  const sensitive = new Set(model.plugins.flatMap((plugin) => sensitiveSettings(plugin.node)));
  if (facts)
    for (const name of sensitiveElsewhere(model, { facts, scope: project.scope })) sensitive.add(name);
  const collect = collector(sensitive, found);
  const kept = keptSecrets(file, sensitive);
  for (const { node } of model.plugins)
    for (const secret of secretsOfPlugin(node, sensitive, kept)) found.add(secret);
  for (const environment of model.environments) {
    for (const plugin of environment.plugins) collectConfig(plugin.node, collect);
    collectUnder(environment.node, 'env', collect);
  }
  for (const schedule of model.schedules) collectUnder(schedule.node, 'env', collect);
  for (const key of ['env', 'state_backend']) collectUnder(tree, key, collect);
  for (const key of ['hub_url_auth']) {
    const value = get(tree, key);
    if (value) collect(value, true);
  }
  collectAddress(get(tree, 'database_uri'), found);
  return [...found];
}

/** What is known of plugins' secrets from the file's former version: it holds while the same settings are known to be sensitive. */
function keptSecrets({ source }: ParsedFile, sensitive: ReadonlySet<string>): KeptSecrets | undefined {
  if (!source.isEdited) return undefined;
  const names = [...sensitive].join('\n');
  const kept = source.kept(secretsOf, (): KeptSecrets => ({ names, secrets: new WeakMap() }));
  if (kept.names !== names) Object.assign(kept, { names, secrets: new WeakMap() });
  return kept;
}

function secretsOfPlugin(
  plugin: Node,
  sensitive: ReadonlySet<string>,
  kept: KeptSecrets | undefined,
): Iterable<string> {
  const known = kept?.secrets.get(plugin);
  if (known) return known;
  const found = new Set<string>();
  collectConfig(plugin, collector(sensitive, found));
  collectAddress(get(plugin, 'pip_url'), found);
  kept?.secrets.set(plugin, found);
  return found;
}

interface KeptSecrets {
  /** Of the settings that are known to be sensitive. */
  readonly names: string;
  readonly secrets: WeakMap<Node, ReadonlySet<string>>;
}

function collector(sensitive: ReadonlySet<string>, found: Set<string>): Collect {
  const collect: Collect = (node, isSecret) => {
    if (node.kind === 'map') {
      for (const { key, value } of node.pairs)
        collect(value, isSecret || sensitive.has(key.text) || isSecretKey(key.text));
    } else if (node.kind === 'seq') {
      for (const item of node.items) collect(item, isSecret);
    } else if (isSecret && isWorthHiding(node.text)) found.add(node.text);
  };
  return collect;
}

function collectAddress(node: Node | undefined, found: Set<string>): void {
  for (const secret of node?.kind === 'scalar' ? secretsOfAddress(node.text) : [])
    if (isWorthHiding(secret)) found.add(secret);
}

/** The settings that lock files, and plugins of other files, call sensitive: by the last part of their names, which is a key. */
function sensitiveElsewhere(
  { plugins, environments }: ProjectModel,
  { facts, scope }: { readonly facts: FactReader; readonly scope: string },
): readonly string[] {
  return [...plugins, ...environments.flatMap((each) => each.plugins)].flatMap(({ type, name }) =>
    [...settingsOf(facts, { type: type.key, name: name.text, scope }).settings.values()]
      .filter(({ definition }) => definition.data?.['sensitive'] !== undefined)
      .flatMap(({ name: setting, aliases }) => [setting, ...aliases])
      .flatMap((each) => [each, each.slice(each.lastIndexOf('.') + 1)]),
  );
}

/** `://user:password@host`, or a token alone before the `@`. */
function secretsOfAddress(text: string): readonly string[] {
  return [...text.matchAll(/:\/\/(?:[^:/@\s]*:)?([^/@\s]+)@/gu)].map((match) => match[1]!);
}

type Collect = (node: Node, isSecret: boolean) => void;

function collectConfig(plugin: Node, collect: Collect): void {
  collectUnder(plugin, 'config', collect);
  collectUnder(plugin, 'env', collect);
  for (const mapping of itemsOf(get(plugin, 'mappings'))) collectUnder(mapping, 'config', collect);
  for (const setting of itemsOf(get(plugin, 'settings'))) {
    const value = get(setting, 'value');
    const name = get(setting, 'name');
    if (value && name?.kind === 'scalar') collect(value, isSensitive(setting) || isSecretKey(name.text));
  }
}

function collectUnder(node: Node | undefined, key: string, collect: Collect): void {
  const value = get(node, key);
  if (value) collect(value, false);
}

function sensitiveSettings(plugin: Node): readonly string[] {
  return itemsOf(get(plugin, 'settings')).flatMap((setting) => {
    if (!isSensitive(setting)) return [];
    const names = [get(setting, 'name'), ...itemsOf(get(setting, 'aliases'))];
    return names.flatMap((name) => (name?.kind === 'scalar' ? [name.text] : []));
  });
}

function isSensitive(setting: Node): boolean {
  return pairsOf(setting).some(
    ({ key, value }) =>
      value.kind === 'scalar' &&
      ((key.text === 'sensitive' && value.value === true) ||
        (key.text === 'kind' && /^(?:password|oauth)$/u.test(value.text))),
  );
}
