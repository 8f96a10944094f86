import type { FactReader } from '../../../core/fact-index.ts';
import type { FactFile, FactRule } from '../../../core/rule.ts';
import { get, pairsOf, type Node } from '../../../core/tree.ts';
import type { MeltanoModel, Plugin, ProjectModel } from '../model.ts';
import { pluginTypes } from '../plugin-types.ts';
import { settingNamed, settingsOf, variablesOf, type PluginSettings } from '../settings/plugin-settings.ts';
import { flatConfig } from '../settings/read-settings.ts';

/**
 * A plugin says which groups of settings it can work with (`settings_group_validation`), and none is set whole.
 * Meltano starts the plugin all the same. What the shell or the system database sets cannot be seen here.
 */
export const missingSetting: FactRule = {
  id: 'meltano/missing-setting',
  severity: 'information',
  kinds: ['project', 'included'],
  check(file, facts, report) {
    // Nearly no project has a plugin with groups, and to look up what each one can be set to takes long.
    if (!hasGroups(facts, file.project.scope)) return;
    const parsed = file.parsed();
    const model = parsed?.model as MeltanoModel | undefined;
    if (!model || model.kind === 'lock') return;
    for (const plugin of model.plugins) {
      const known = settingsOf(facts, {
        type: plugin.type.key,
        name: plugin.name.text,
        scope: file.project.scope,
      });
      if (!known.isWhole || known.groups.length === 0) continue;
      const configs = configsOf(plugin, { model, file, facts });
      if (!configs) continue;
      const variables = new Set([...facts.all('env')].map(({ name }) => name));
      for (const name of environmentIn(model, parsed?.tree)) variables.add(name);
      const set = new Set(configs.flatMap((config) => flatConfig(config).map(({ name }) => name)));
      if (known.groups.some((group) => group.every((name) => isSet(known, name, { set, variables }))))
        continue;
      const groups = known.groups.map((group) => group.map((name) => `\`${name}\``).join(' and '));
      report(
        plugin.name,
        `nothing here sets what \`${plugin.name.text}\` needs; set ${groups.slice(0, 4).join(', or ')}, here or in the environment`,
      );
    }
  },
};

function hasGroups(facts: FactReader, scope: string): boolean {
  for (const { namespace, locks } of pluginTypes)
    for (const each of [namespace, locks])
      for (const { data } of facts.all(each, scope)) if (data?.['groups'] !== undefined) return true;
  return false;
}

interface Place {
  readonly model: ProjectModel;
  readonly file: FactFile;
  readonly facts: FactReader;
}

/** All configurations that a plugin reads; undefined where another file may hold one. */
function configsOf(plugin: Plugin, { model, file, facts }: Place): readonly (Node | undefined)[] | undefined {
  const { scope } = file.project;
  const found: (Node | undefined)[] = [];
  const seen = new Set<Plugin>();
  for (let at: Plugin | undefined = plugin; at && !seen.has(at);) {
    seen.add(at);
    const { type, name, inheritFrom, node }: Plugin = at;
    const key = { namespace: type.namespace, scope, name: name.text };
    if (facts.uses(key).some(({ role, path }) => role === 'environment-plugin' && path !== file.path))
      return undefined;
    found.push(get(node, 'config'));
    for (const { plugins } of model.environments)
      for (const each of plugins)
        if (each.type === type && each.name.text === name.text) found.push(get(each.node, 'config'));
    if (!inheritFrom) return found;
    const parent: Plugin | undefined = model.plugins.find(
      (each) => each.type === type && each.name.text === inheritFrom.text,
    );
    if (!parent && facts.isDefined({ ...key, name: inheritFrom.text })) return undefined;
    at = parent;
  }
  return found;
}

function isSet(
  known: PluginSettings,
  name: string,
  { set, variables }: { readonly set: ReadonlySet<string>; readonly variables: ReadonlySet<string> },
): boolean {
  const setting = settingNamed(known, name);
  const names = [name, ...(setting ? [setting.name, ...setting.aliases] : [])];
  const data = setting?.definition.data;
  return (
    data?.['default'] !== undefined ||
    data?.['hasDefault'] !== undefined ||
    names.some((each) => set.has(each) || [...set].some((given) => given.startsWith(`${each}.`))) ||
    names.some((each) => variablesOf(known, each).some((variable) => variables.has(variable)))
  );
}

/** The variables that the file itself sets. */
function environmentIn(model: ProjectModel, tree: Node | undefined): readonly string[] {
  const nodes = [
    tree,
    ...model.plugins.map(({ node }) => node),
    ...model.environments.map(({ node }) => node),
  ];
  return nodes.flatMap((node) => pairsOf(get(node, 'env')).map(({ key }) => key.text));
}
