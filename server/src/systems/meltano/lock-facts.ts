import type { Definition, Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import type { Fault } from './json-fault.ts';
import type { LockPlace } from './layout.ts';
import { scalarAt, type Plugin } from './model.ts';
import { namespaces, type Role } from './names.ts';

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
