import type { Definition } from '../../../core/facts.ts';
import { get, itemsOf, pairsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { scalarAt } from '../model.ts';

/** The namespace of settings; their names are the owner's, a dot and the setting's own. */
export const settingNamespace = 'meltano.setting';

/** Whose settings: a plugin of the project, or a lock file. */
export function ownerOf(type: string, plugin: string, variant?: string): string {
  return variant === undefined ? `${type}/${plugin}` : `${type}/${plugin}--${variant}.lock`;
}

/** The definitions of the settings under `settings:` of a plugin or lock file, each where its name is written. */
export function settingFacts(node: Node | undefined, owner: string, scope: string): readonly Definition[] {
  return itemsOf(get(node, 'settings')).flatMap((setting): readonly Definition[] => {
    const name = scalarAt(setting, 'name');
    return name ? [definitionOf(setting, name, { owner, scope })] : [];
  });
}

/** What a plugin or lock file says of its settings as a whole: their names, the groups of which one must be set, a line each. */
export function settingData(node: Node | undefined): Readonly<Record<string, string>> {
  const names = itemsOf(get(node, 'settings')).flatMap((setting) => scalarAt(setting, 'name')?.text ?? []);
  const groups = itemsOf(get(node, 'settings_group_validation')).map((group) => textsOf(group).join(' '));
  const data: Record<string, string> = {};
  if (names.length > 0) data['settings'] = names.join('\n');
  if (groups.some((group) => group !== ''))
    data['groups'] = groups.filter((group) => group !== '').join('\n');
  const capabilities = textsOf(get(node, 'capabilities'));
  if (capabilities.length > 0) data['capabilities'] = capabilities.join('\n');
  const namespace = scalarAt(node, 'namespace')?.text;
  if (namespace !== undefined) data['namespace'] = namespace;
  return data;
}

function definitionOf(
  setting: Node,
  name: ScalarNode,
  { owner, scope }: { readonly owner: string; readonly scope: string },
): Definition {
  const data: Record<string, string> = {};
  for (const key of ['kind', 'label', 'env', 'documentation'] as const) {
    const value = scalarAt(setting, key)?.text;
    if (value !== undefined) data[key] = value;
  }
  const kind = data['kind'] ?? '';
  const isSensitive = isTrue(get(setting, 'sensitive')) || kind === 'password' || kind === 'oauth';
  if (isSensitive) data['sensitive'] = 'true';
  if (isTrue(get(setting, 'hidden')) || kind === 'hidden') data['hidden'] = 'true';
  const aliases = textsOf(get(setting, 'aliases'));
  if (aliases.length > 0) data['aliases'] = aliases.join('\n');
  const options = itemsOf(get(setting, 'options')).flatMap(optionOf);
  if (options.length > 0) data['options'] = options.join('\n');
  const value = get(setting, 'value');
  if (value?.kind === 'scalar' && value.value !== null && !isSensitive) data['default'] = value.text;
  else if (value && !isNull(value)) data['hasDefault'] = 'true';
  const about = scalarAt(setting, 'description')?.text;
  return {
    fact: 'definition',
    namespace: settingNamespace,
    scope,
    name: `${owner}.${name.text}`,
    prefix: `${owner}.`,
    span: name.span,
    what: 'setting',
    exclusive: false,
    implicit: true,
    data,
    ...(about ? { about } : {}),
  };
}

/** Type, value and label of an option; Meltano tells `1` and `'1'` apart. */
function optionOf(option: Node): readonly string[] {
  const value = get(option, 'value');
  if (value?.kind !== 'scalar') return [];
  const label = scalarAt(option, 'label')?.text ?? '';
  return [
    `${typeof value.value}\t${value.text.replaceAll(/[\t\n]/gu, ' ')}\t${label.replaceAll(/[\t\n]/gu, ' ')}`,
  ];
}

function textsOf(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => (item.kind === 'scalar' && item.text !== '' ? [item.text] : []));
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** What a mapping sets, as Meltano flattens it: `a.b` for a `b` below an `a`, and each key with the node that sets it. */
export function flatConfig(node: Node | undefined): readonly FlatEntry[] {
  const found: FlatEntry[] = [];
  const walk = (at: Node | undefined, above: readonly ScalarNode[]): void => {
    for (const { key, value } of pairsOf(at)) {
      const keys = [...above, key];
      if (value.kind === 'map' && value.pairs.length > 0) walk(value, keys);
      else found.push({ keys, name: keys.map(({ text }) => text).join('.'), value });
    }
  };
  walk(node, []);
  return found;
}

export interface FlatEntry {
  readonly name: string;
  /** The keys that lead to it, the outermost first. */
  readonly keys: readonly ScalarNode[];
  readonly value: Node;
}
