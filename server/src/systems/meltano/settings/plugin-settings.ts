import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located } from '../../../core/facts.ts';
import { pluginType } from '../plugin-types.ts';
import { ownerOf, settingNamespace } from './read-settings.ts';

export interface SettingOption {
  readonly value: string;
  readonly type: string;
  readonly label: string;
}

/** One setting of a plugin, and where it is defined. */
export interface Setting {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly options: readonly SettingOption[];
  readonly definition: Located<Definition>;
}

/** What is known of a plugin's settings. */
export interface PluginSettings {
  readonly settings: ReadonlyMap<string, Setting>;
  /** Groups of settings of which one must be set whole. */
  readonly groups: readonly (readonly string[])[];
  /** False where some may come from a place that is not here: a plugin whose lock file is missing. */
  readonly isWhole: boolean;
  /** Words that Meltano puts before a setting's name for its environment variable. */
  readonly prefixes: readonly string[];
  /** Where the plugin's own definition begins: the lock file it rests on. */
  readonly lock: Located<Definition> | undefined;
  readonly capabilities: readonly string[];
}

export interface PluginPlace {
  /** `extractors` */
  readonly type: string;
  readonly name: string;
  readonly scope: string;
}

/** The settings of a plugin of the project: its own, those of the plugins it inherits from, and those of the lock file. */
export function settingsOf(facts: FactReader, place: PluginPlace): PluginSettings {
  const chain = chainOf(facts, place);
  const settings = new Map<string, Setting>();
  // The nearest definition of a name counts.
  for (const { owner, definition } of chain.links) {
    for (const name of linesOf(definition.data?.['settings'])) {
      if (settings.has(name)) continue;
      const [found] = facts.definitions({
        namespace: settingNamespace,
        scope: place.scope,
        name: `${owner}.${name}`,
      });
      if (found) settings.set(name, settingOf(name, found));
    }
  }
  const groups = chain.links
    .map(({ definition }) => linesOf(definition.data?.['groups']))
    .find((each) => each.length > 0);
  return {
    settings,
    groups: (groups ?? []).map((group) => group.split(' ')),
    isWhole: chain.isWhole,
    prefixes: prefixesOf(
      place.name,
      chain.links.map(({ definition }) => definition),
    ),
    lock: chain.lock,
    capabilities: chain.links.flatMap(({ definition }) => linesOf(definition.data?.['capabilities'])),
  };
}

/** The setting that a key of `config` means, by name or alias. */
export function settingNamed({ settings }: PluginSettings, key: string): Setting | undefined {
  const named = settings.get(key);
  if (named) return named;
  for (const setting of settings.values()) if (setting.aliases.includes(key)) return setting;
  return undefined;
}

/** The environment variables that Meltano reads a setting from, the first one that counts first. */
export function variablesOf({ prefixes }: PluginSettings, name: string): readonly string[] {
  return [...new Set(prefixes.map((prefix) => variable(`${prefix}_${name}`)))];
}

interface Link {
  readonly owner: string;
  readonly definition: Located<Definition>;
}

interface Chain {
  readonly links: readonly Link[];
  readonly isWhole: boolean;
  readonly lock: Located<Definition> | undefined;
}

/** The plugin, those it inherits from, and the lock file at the end; none where a name stands twice or in a circle. */
function chainOf(facts: FactReader, { type, name, scope }: PluginPlace): Chain {
  const kind = pluginType(type);
  const links: Link[] = [];
  if (!kind) return { links, isWhole: false, lock: undefined };
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined;) {
    const [definition, ...more] = facts.definitions({ namespace: kind.namespace, scope, name: at });
    if (!definition || more.length > 0 || seen.has(at)) return { links, isWhole: false, lock: undefined };
    seen.add(at);
    links.push({ owner: ownerOf(type, at), definition });
    const { inherit_from: parent, variant, namespace } = definition.data ?? {};
    const inherits = parent !== undefined && parent !== at;
    if (!inherits && namespace !== undefined) return { links, isWhole: true, lock: undefined };
    const isProjects =
      inherits &&
      variant === undefined &&
      facts.isDefined({ namespace: kind.namespace, scope, name: parent });
    if (isProjects) {
      at = parent;
      continue;
    }
    const lock = lockNamed(facts, { namespace: kind.locks, scope, name: inherits ? parent : at }, variant);
    if (!lock) return { links, isWhole: false, lock: undefined };
    links.push({ owner: ownerOf(type, lock.name, lock.data?.['variant']), definition: lock });
    return { links, isWhole: true, lock };
  }
  return { links, isWhole: false, lock: undefined };
}

/** The lock file of a variant; of no variant the one there is. */
function lockNamed(
  facts: FactReader,
  key: { readonly namespace: string; readonly scope: string; readonly name: string },
  variant: string | undefined,
): Located<Definition> | undefined {
  const all = facts.definitions(key);
  const exact = all.find(({ data }) => data?.['variant'] === (variant ?? 'default'));
  return exact ?? (variant === undefined && all.length === 1 ? all[0] : undefined);
}

function prefixesOf(name: string, chain: readonly Located<Definition>[]): readonly string[] {
  const inherits = chain[0]?.data?.['inherit_from'];
  const own = chain[0]?.data?.['namespace'];
  const namespace =
    own ??
    (inherits !== undefined && inherits !== name
      ? name.replaceAll('-', '_')
      : chain.find(({ data }) => data?.['namespace'] !== undefined)?.data?.['namespace']);
  return namespace === undefined ? [name] : [name, namespace];
}

function settingOf(name: string, definition: Located<Definition>): Setting {
  const { data } = definition;
  return {
    name,
    definition,
    aliases: linesOf(data?.['aliases']),
    options: linesOf(data?.['options']).map((line) => {
      const [type = '', value = '', label = ''] = line.split('\t');
      return { type, value, label };
    }),
  };
}

function linesOf(text: string | undefined): readonly string[] {
  return text ? text.split('\n') : [];
}

/** As Meltano spells it: capitals, and `_` for whatever else a shell would not take. */
function variable(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/gu, '_').toUpperCase();
}
