import type { FactReader } from '../../core/fact-index.ts';
import { isSecretKey, isWorthHiding } from '../../core/secret-key.ts';
import { MadeItems } from '../../core/made-items.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { ParsedFile } from '../../core/system.ts';
import { get, itemsOf, pairsOf, type Node } from '../../core/tree.ts';
import type { MeltanoModel, Plugin, ProjectModel, Schedule } from './model.ts';
import { settingsOf } from './settings/plugin-settings.ts';

/** The values of a project's files that must not be shown: sensitive settings and what is called like a secret. */
export function secretsOf(file: ParsedFile<MeltanoModel>, facts?: FactReader): readonly string[] {
  const { model, tree, project } = file;
  const found = new Set<string>();
  if (model.kind === 'lock') return [];
  const sensitive = new Set(sensitiveIn(file.source, model.plugins));
  if (facts)
    for (const name of sensitiveElsewhere(model, { facts, scope: project.scope })) sensitive.add(name);
  const collect = collector(sensitive, found);
  const kept = keptSecrets(file.source, sensitive);
  const ofPlugins = kept.plugins.of(model.plugins, ({ node }) => secretsOfPlugin(node, sensitive));
  const ofSchedules = kept.schedules.of(model.schedules, ({ node }) => secretsOfEnv(node, sensitive));
  for (const own of [...ofPlugins, ...ofSchedules]) for (const secret of own) found.add(secret);
  for (const environment of model.environments) {
    for (const plugin of environment.plugins) collectConfig(plugin.node, collect);
    collectUnder(environment.node, 'env', collect);
  }
  for (const key of ['env', 'state_backend']) collectUnder(tree, key, collect);
  for (const key of ['hub_url_auth']) {
    const value = get(tree, key);
    if (value) collect(value, true);
  }
  collectAddress(get(tree, 'database_uri'), found);
  return [...found];
}

/** The settings that plugins of a file call sensitive. */
function sensitiveIn(source: SourceFile, plugins: readonly Plugin[]): readonly string[] {
  const known = keptOf(source, sensitiveIn, () => new MadeItems<Plugin, readonly string[]>());
  const found: string[] = [];
  for (const names of known.of(plugins, ({ node }) => sensitiveSettings(node))) found.push(...names);
  return found;
}

/** What is known of secrets from the file's former version: it holds while the same settings are known to be sensitive. */
function keptSecrets(source: SourceFile, sensitive: ReadonlySet<string>): KeptSecrets {
  const names = [...sensitive].join('\n');
  const make = (): KeptSecrets => ({ names, plugins: new MadeItems(), schedules: new MadeItems() });
  const known = keptOf(source, secretsOf, make);
  if (known.names !== names) Object.assign(known, make());
  return known;
}

/** Of the many files that are read once nothing is kept. */
function keptOf<T>(source: SourceFile, key: object, make: () => T): T {
  return source.isEdited ? source.kept(key, make) : make();
}

interface KeptSecrets {
  /** Of the settings that are known to be sensitive. */
  readonly names: string;
  readonly plugins: MadeItems<Plugin, readonly string[]>;
  readonly schedules: MadeItems<Schedule, readonly string[]>;
}

const none: readonly never[] = [];

function secretsOfPlugin(plugin: Node, sensitive: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  collectConfig(plugin, collector(sensitive, found));
  collectAddress(get(plugin, 'pip_url'), found);
  return found.size === 0 ? none : [...found];
}

function secretsOfEnv(item: Node, sensitive: ReadonlySet<string>): readonly string[] {
  const env = get(item, 'env');
  if (!env) return none;
  const found = new Set<string>();
  collector(sensitive, found)(env, false);
  return [...found];
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
  const settings = itemsOf(get(plugin, 'settings'));
  if (settings.length === 0) return none;
  return settings.flatMap((setting) => {
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
