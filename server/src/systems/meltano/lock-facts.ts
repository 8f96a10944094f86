import type { Definition, Fact, Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import type { Fault } from './json-fault.ts';
import type { LockPlace } from './layout.ts';
import { scalarAt, type LockModel, type Plugin } from './model.ts';
import { namespaces, type Role } from './names.ts';
import { pluginType, type PluginType } from './plugin-types.ts';
import { knownSettings, meaningOf } from './settings/known-settings.ts';
import { ownerOf, settingData, settingFacts } from './settings/read-settings.ts';

/** What a lock file says: which plugin a project may inherit from, and its commands. */
export function lockFacts(project: Project, model: LockModel): readonly Fact[] {
  const { place, node, commands, description } = model;
  const type = pluginType(place.type);
  if (!type) return [];
  const { scope } = project;
  const head = { fact: 'definition', scope, exclusive: false } as const;
  const plugin: Definition = {
    ...head,
    namespace: type.locks,
    name: place.name,
    span: { start: 0, end: 0 },
    what: `locked ${type.what}`,
    implicit: true,
    data: { variant: place.variant, ...settingData(node) },
    ...(description ? { about: description } : {}),
  };
  const settings = settingFacts(node, ownerOf(place.type, place.name, place.variant), scope);
  const own = commands.map(({ key }): Definition => ({
    ...head,
    namespace: namespaces.command,
    name: `${place.name}:${key.text}`,
    prefix: `${place.name}:`,
    span: key.span,
    what: 'command',
  }));
  const said = description ? [describes(type, place.name, { scope, description })] : [];
  return [plugin, ...own, ...settings, ...said, knownSettings(meaningOf([plugin, ...settings]), scope)];
}

/** A lock file says what the plugin of its name is for. */
function describes(
  type: PluginType,
  name: string,
  { scope, description }: { readonly scope: string; readonly description: string },
): Use {
  const role: Role = 'unsure';
  const span = { start: 0, end: 0 };
  return { fact: 'use', namespaces: [type.namespace], scope, name, span, role, about: description };
}

/** That the lock file is there, and each thing that Meltano would have against it. */
export function lockFileFacts(
  project: Project,
  { type, name, variant }: LockPlace,
  faults: readonly Fault[],
): readonly Definition[] {
  const head = {
    fact: 'definition',
    namespace: namespaces.lock,
    scope: project.scope,
    name: `${type}/${name}--${variant}`,
    what: 'lock file',
    exclusive: false,
    implicit: true,
  } as const;
  return [
    { ...head, span: { start: 0, end: 0 } },
    ...faults.map(({ span, message }) => ({ ...head, span, data: { fault: message } })),
  ];
}

/** The lock file that Meltano opens for a plugin; none for one that the project defines itself or that inherits from such a one. */
export function lockUse(plugin: Plugin, own: readonly Plugin[], project: Project): Use | undefined {
  const { node, type, name, inheritFrom } = plugin;
  const variant = scalarAt(node, 'variant');
  if (!inheritFrom && scalarAt(node, 'namespace')) return undefined;
  if (inheritFrom && !variant) {
    const isOwn = own.some((other) => other.type === type && other.name.text === inheritFrom.text);
    if (isOwn) return undefined;
  }
  const role: Role = inheritFrom && !variant ? 'unsure' : 'lock';
  return {
    fact: 'use',
    namespaces: [namespaces.lock],
    scope: project.scope,
    name: `${type.key}/${(inheritFrom ?? name).text}--${variant?.text ?? 'default'}`,
    span: (variant ?? inheritFrom ?? name).span,
    role,
  };
}
