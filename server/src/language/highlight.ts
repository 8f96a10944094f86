import { keysOfUse } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import { factAt, isWritten, keysOf } from './fact-at.ts';

/** The places in one file where the name at an offset stands, and whether it is defined there. */
export function highlight(
  platform: Platform,
  path: string,
  offset: number,
): readonly { readonly span: Span; readonly isDefinition: boolean }[] {
  const fact = factAt(platform.facts, path, offset);
  const key = fact && keysOf(fact, platform.facts)[0];
  if (!key) return [];
  const found = new Map<number, { readonly span: Span; readonly isDefinition: boolean }>();
  for (const other of platform.facts.of(path)) {
    if (other.fact === 'hole' || !isWritten(other)) continue;
    const isDefinition = other.fact === 'definition';
    if (isDefinition && other.implicit) continue;
    const keys = isDefinition ? [other] : keysOfUse(other);
    const isSame = keys.some(
      ({ namespace, scope, name }) => name === key.name && namespace === key.namespace && scope === key.scope,
    );
    if (isSame) found.set(other.span.start, { span: other.span, isDefinition });
  }
  return [...found.values()];
}
