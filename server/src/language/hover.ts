import type { Definition, Located } from '../core/facts.ts';
import { isInside, relativeTo } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import { factAt, keysOf } from './fact-at.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** What the thing under the cursor is, where it comes from and who uses it; undefined where nothing is known. */
export function hover(platform: Platform, path: string, offset: number): Hover | undefined {
  const fact = factAt(platform.facts, path, offset);
  const definitions = fact
    ? keysOf(fact, platform.facts).flatMap((key) => platform.facts.definitions(key))
    : [];
  const [definition] = definitions;
  if (fact && definition) return { span: fact.span, markdown: describe(platform, definition) };
  const file = platform.parsed(path);
  return file && platform.systemOf(path)?.hover?.(file, offset, platform.facts);
}

function describe(platform: Platform, definition: Located<Definition>): string {
  const uses = platform.facts.uses(definition);
  const users = new Set(uses.map((use) => use.path));
  users.delete(definition.path);
  const lines = [`**${escape(definition.name)}** — ${definition.what}`];
  lines.push(...[definition.about, ...uses.map((use) => use.about)].filter((about) => about !== undefined));
  lines.push(
    `${escape(shortPath(platform, definition.path))} · ${users.size === 0 ? 'used by no other file' : `used by ${users.size} ${users.size === 1 ? 'file' : 'files'}`}`,
  );
  return lines.join('\n\n');
}

function shortPath(platform: Platform, path: string): string {
  const folder = platform.folders.find((each) => isInside(path, each));
  return folder === undefined ? path : relativeTo(folder, path);
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|]/g, '\\$&');
}
