import type { CategoryView } from './protocol.ts';

/** '2 of 3 · 66 %': counts come before percentages, for they can be checked. */
export function provenText({ passed, counting, proven, counts }: CategoryView): string {
  if (proven === undefined) return counts.waived > 0 ? 'all waived' : 'no check';
  return `${passed} of ${counting} · ${proven} %`;
}
