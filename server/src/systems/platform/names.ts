import type { NameKind } from '../../core/facts.ts';

/** What people write about a platform, where they write it as the platform does. */
export const nameKinds: readonly NameKind[] = [
  {
    namespace: 'mention',
    title: 'step',
    undefined: ({ name, role }) =>
      role === 'done'
        ? {
            code: 'platform/undefined-mention',
            severity: 'warning',
            message: `this is marked as done, and there is no step \`${name}\`; correct the name, or the status`,
          }
        : undefined,
  },
];
