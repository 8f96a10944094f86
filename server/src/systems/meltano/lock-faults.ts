import { findPair, get, itemsOf, pairsOf, type Node } from '../../core/tree.ts';
import type { Fault } from './json-fault.ts';
import type { LockPlace } from './layout.ts';
import { pluginTypes } from './plugin-types.ts';
import { settingKinds } from './settings/setting-kinds.ts';

/** What stops Meltano when it makes a plugin of a lock file that is sound JSON. */
export function lockFaults(tree: Node | undefined, place: LockPlace): readonly Fault[] {
  if (!tree) return [];
  if (tree.kind !== 'map')
    return [{ span: tree.span, message: 'a lock file must hold one object; run `meltano lock` again' }];
  const missing = ['plugin_type', 'name', 'namespace'].filter((key) => !findPair(tree, key));
  return [
    ...missing.map((key) => ({
      span: { start: tree.span.start, end: tree.span.start + 1 },
      message: `the lock file has no \`${key}\`; run \`meltano lock --update\` again`,
    })),
    ...typeFaults(tree),
    ...variantFaults(tree, place),
    ...settingFaults(get(tree, 'settings')),
    ...commandFaults(get(tree, 'commands')),
    ...requireFaults(get(tree, 'requires')),
  ];
}

function typeFaults(tree: Node): readonly Fault[] {
  const type = get(tree, 'plugin_type');
  if (type?.kind !== 'scalar' || pluginTypes.some(({ key }) => key === type.text)) return [];
  return [
    {
      span: type.span,
      message: `\`${type.text}\` is no kind of plugin; Meltano writes \`extractors\` and such here`,
    },
  ];
}

/** The file is found by the variant in its name, and then asked for that variant. */
function variantFaults(tree: Node, { variant }: LockPlace): readonly Fault[] {
  const inside = get(tree, 'variant');
  if (inside?.kind !== 'scalar' || inside.text === variant) return [];
  return [
    {
      span: inside.span,
      message: `the file's name says variant \`${variant}\` and its content \`${inside.text}\`, which Meltano refuses; lock the plugin again`,
    },
  ];
}

function settingFaults(settings: Node | undefined): readonly Fault[] {
  if (settings?.kind === 'map' && settings.pairs.length > 0)
    return [{ span: settings.span, message: '`settings` must be a list' }];
  return itemsOf(settings).flatMap((setting): readonly Fault[] => {
    if (setting.kind !== 'map')
      return [{ span: setting.span, message: 'a setting must be an object with a `name`' }];
    const kind = get(setting, 'kind');
    const faults: Fault[] = [];
    if (!findPair(setting, 'name'))
      faults.push({ span: firstKey(setting), message: 'the setting has no `name`' });
    if (
      kind?.kind === 'scalar' &&
      kind.value !== null &&
      kind.text !== '' &&
      !settingKinds.includes(kind.text)
    )
      faults.push({
        span: kind.span,
        message: `\`${kind.text}\` is no kind of setting; use one of ${settingKinds.join(', ')}`,
      });
    return faults;
  });
}

const commandKeys = ['args', 'description', 'executable', 'container_spec', 'annotations'];

function commandFaults(commands: Node | undefined): readonly Fault[] {
  return pairsOf(commands).flatMap(({ key, value }): readonly Fault[] => {
    if (value.kind === 'map') {
      const unknown = value.pairs.filter((pair) => !commandKeys.includes(pair.key.text));
      return unknown.map((pair) => ({
        span: pair.key.span,
        message: `the command \`${key.text}\` has an unknown key \`${pair.key.text}\`, which Meltano refuses`,
      }));
    }
    if (value.kind === 'scalar' && (typeof value.value === 'string' || value.value === null)) return [];
    return [
      { span: value.span, message: `the command \`${key.text}\` must be a text or an object with \`args\`` },
    ];
  });
}

function requireFaults(requires: Node | undefined): readonly Fault[] {
  return requires?.kind === 'seq'
    ? [{ span: requires.span, message: '`requires` must be an object: kinds of plugins, each with a list' }]
    : [];
}

function firstKey(node: Node): Fault['span'] {
  return pairsOf(node)[0]?.key.span ?? node.span;
}
