import type { Definition, Located } from '../../core/facts.ts';

/** Facts come in no certain order; what is said of several must not hang on it. */
export function byPlace(a: Located<Definition>, b: Located<Definition>): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start;
}
