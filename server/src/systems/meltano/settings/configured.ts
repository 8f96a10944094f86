import type { FactReader } from '../../../core/fact-index.ts';
import type { FactFile } from '../../../core/rule.ts';
import { get, type Node } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';
import { settingsOf, type PluginSettings } from './plugin-settings.ts';

/** One `config` mapping of a plugin, and what is known of the plugin's settings. */
export interface Configured {
  readonly type: string;
  readonly config: Node;
  readonly known: PluginSettings;
}

/** Every configuration of a plugin in a project's file, those of environments too. */
export function configuredIn(file: FactFile, facts: FactReader): readonly Configured[] {
  const model = file.parsed()?.model as MeltanoModel | undefined;
  if (!model || model.kind === 'lock') return [];
  const { scope } = file.project;
  return [...model.plugins, ...model.environments.flatMap(({ plugins }) => plugins)].flatMap(
    ({ type, name, node }) => {
      const config = get(node, 'config');
      if (config?.kind !== 'map' || config.pairs.length === 0) return [];
      return { type: type.key, config, known: settingsOf(facts, { type: type.key, name: name.text, scope }) };
    },
  );
}
