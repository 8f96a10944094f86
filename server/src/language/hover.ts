import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import { describePathAt } from './container-paths.ts';
import { describeName } from './describe-name.ts';
import { factAt, keysOf } from './fact-at.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** What the thing under the cursor is, where it comes from and who uses it; undefined where nothing is known. */
export function hover(platform: Platform, path: string, offset: number): Hover | undefined {
  const fact = factAt(platform.facts, path, offset);
  const [definition] = fact
    ? keysOf(fact, platform.facts).flatMap((key) => platform.facts.definitions(key))
    : [];
  if (fact && definition) return { span: fact.span, markdown: describeName(platform, definition) };
  const file = platform.parsed(path);
  const own = file && platform.systemOf(path)?.hover?.(file, offset, platform.facts);
  const place = describePathAt(platform, path, offset);
  if (!place) return own;
  const markdown = [own?.markdown, place.markdown].filter((part) => part !== undefined).join('\n\n');
  return { span: place.span, markdown };
}
