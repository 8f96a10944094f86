import type { Definition, Use } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import { baseName } from '../core/path.ts';
import type { Suggestion } from '../core/system.ts';
import { factAt } from './fact-at.ts';

/** What may stand at an offset: the names that facts know, else what the file's system knows of keys and values. */
export function complete(platform: Platform, path: string, offset: number): readonly Suggestion[] {
  const fact = factAt(platform.facts, path, offset);
  if (fact?.fact === 'use') return [...namesFor(platform, fact)];
  const file = platform.parsed(path);
  return (file && platform.systemOf(path)?.complete?.(file, offset, platform.facts)) ?? [];
}

function* namesFor(platform: Platform, use: Use): Iterable<Suggestion> {
  const prefix = use.prefix ?? '';
  const seen = new Set<string>();
  for (const namespace of use.namespaces) {
    for (const definition of platform.facts.all(namespace, use.scope)) {
      const label = definition.name.slice(prefix.length);
      if (!definition.name.startsWith(prefix) || label === '' || seen.has(label)) continue;
      seen.add(label);
      yield suggestionOf(label, definition, use);
    }
  }
}

function suggestionOf(
  label: string,
  definition: Definition & { readonly path: string },
  use: Use,
): Suggestion {
  return {
    label,
    kind: 'name',
    detail: `${definition.what} · ${baseName(definition.path)}`,
    span: use.span,
    ...(definition.about ? { documentation: definition.about } : {}),
  };
}
