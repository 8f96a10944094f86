import type { Use } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import type { InlayHint } from '../core/system.ts';
import { shortPath } from './describe-name.ts';
import { isWritten } from './fact-at.ts';

/** The notes of a stretch of a file: those of its system, and where each environment variable comes from. */
export function hintsIn(
  platform: Platform,
  path: string,
  { span, nowMs }: { readonly span: Span; readonly nowMs: number },
): readonly InlayHint[] {
  const file = platform.parsed(path);
  if (!file) return [];
  const own = platform.systemOf(path)?.hints?.(file, { span, nowMs, facts: platform.facts }) ?? [];
  const variables = platform.facts
    .of(path)
    .filter((fact) => fact.fact === 'use')
    .filter((use) => use.namespaces.includes('env') && isWritten(use))
    .flatMap((use) => sourceOf(platform, use, path) ?? []);
  return [...own, ...variables].filter(({ offset }) => span.start <= offset && offset <= span.end);
}

/** The files that set a variable, or the environment; never what it is set to. Undefined where nothing sets it. */
function sourceOf(platform: Platform, use: Use, path: string): InlayHint | undefined {
  const { name, span } = use;
  const files = new Map(
    platform.facts
      .definitions({ namespace: 'env', scope: '', name })
      .filter((definition) => definition.path !== path)
      .map((definition) => [shortPath(platform, definition.path), definition]),
  );
  const offset = behind(platform.source(path)?.text ?? '', span.end);
  const [first, ...others] = files;
  const isSet = platform.isSet(name);
  if (!first) return isSet ? { offset, label: '← environment' } : undefined;
  const label = others.length === 0 ? `← ${first[0]}` : `← ${first[0]} and ${others.length} more`;
  const list = [...files.keys(), ...(isSet ? ['the environment of the editor'] : [])];
  return {
    offset,
    label,
    tooltip: `\`${name}\` is set in ${list.map((each) => `\`${each}\``).join(', ')}`,
    target: { path: first[1].path, span: first[1].span },
  };
}

/** Past the quote or brace that ends what the name stands in. */
function behind(text: string, offset: number): number {
  return /["'}]/.test(text[offset] ?? '') ? offset + 1 : offset;
}
