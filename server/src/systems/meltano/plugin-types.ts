/** One of Meltano's kinds of plugin. */
export interface PluginType {
  /** The key under `plugins:`, which is also the folder of its lock files. */
  readonly key: string;
  /** What Meltano calls one of them. */
  readonly what: string;
  /** The namespace of the names that the project gives to such plugins. */
  readonly namespace: string;
  /** The namespace of the plugins of this kind that a lock file describes. */
  readonly locks: string;
}

/** In the order in which Meltano looks a name up. */
export const pluginTypes: readonly PluginType[] = [
  type('extractors', 'extractor'),
  type('loaders', 'loader'),
  type('transforms', 'transform'),
  type('orchestrators', 'orchestrator'),
  type('transformers', 'transformer'),
  type('files', 'file bundle'),
  type('utilities', 'utility'),
  type('mappers', 'mapper'),
];

const byKey = new Map(pluginTypes.map((each) => [each.key, each]));

export function pluginType(key: string): PluginType | undefined {
  return byKey.get(key);
}

function type(key: string, what: string): PluginType {
  const word = what.replace(' ', '-');
  return { key, what, namespace: `meltano.${word}`, locks: `meltano.locked-${word}` };
}
