import type { Definition, Located } from '../core/facts.ts';
import { isInside, relativeTo } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import { usesNamedAfter } from './define.ts';
import { placesOf } from './fact-at.ts';
import { Lineage } from './lineage.ts';

/** Limit: a hover is read at a glance. */
const mostParts = 20;
const mostUsers = 4;

/** What a name stands for, as Markdown: what it is, what is said of it, its parts, where it lies and who uses it. */
export function describeName(platform: Platform, definition: Located<Definition>): string {
  const uses = platform.facts.uses(definition);
  const parameters = definition.data?.['parameters'];
  const call = parameters === undefined ? '' : escape(`(${parameters})`);
  const said = new Set([definition.about, ...uses.map((use) => use.about)]);
  return [
    `**${escape(definition.name)}**${call} — ${definition.what}`,
    ...[...said].filter((about) => about !== undefined),
    ...parts(platform, definition, new Set([definition.path, ...uses.map((use) => use.path)])),
    `${place(platform, definition)} · ${users(platform, definition)}`,
  ].join('\n\n');
}

/** A file as seen from its workspace folder. */
export function shortPath(platform: Platform, path: string): string {
  const folder = platform.folders.find((each) => isInside(path, each));
  return folder === undefined ? path : relativeTo(folder, path);
}

/** Names in two parts whose first one is this name, where files say something of it: columns, tables; a list of each kind. */
function parts(
  platform: Platform,
  { scope, name }: Definition,
  paths: ReadonlySet<string>,
): readonly string[] {
  const kinds = new Map<string, Map<string, string>>();
  for (const path of paths) {
    for (const fact of platform.facts.of(path)) {
      if (fact.fact !== 'definition' || fact.scope !== scope || fact.prefix !== `${name}.`) continue;
      const found = kinds.get(fact.what) ?? new Map<string, string>();
      kinds.set(fact.what, found);
      if (!found.has(fact.name)) found.set(fact.name, found.size < mostParts ? partLine(fact, name) : '');
    }
  }
  return [...kinds].map(([what, found]) => {
    const more = found.size > mostParts ? [`- and ${found.size - mostParts} more`] : [];
    const lines = [...found.values()].slice(0, mostParts);
    return [`${what[0]!.toUpperCase()}${what.slice(1)}s:`, ...lines, ...more].join('\n');
  });
}

function partLine(part: Definition, name: string): string {
  const type = part.data?.['type'];
  const about = part.about?.split('\n', 1)[0]?.trim();
  const line = `- \`${part.name.slice(name.length + 1).replaceAll('`', '')}\`${type ? ` ${escape(type)}` : ''}`;
  return about ? `${line}: ${about}` : line;
}

function place(platform: Platform, { path }: Located<Definition>): string {
  return `[${escape(shortPath(platform, path))}](file://${encodePath(path)})`;
}

/** By name, where what uses it is itself a thing of the platform. */
function users(platform: Platform, definition: Located<Definition>): string {
  const uses = [...placesOf(platform.facts, definition), ...usesNamedAfter(platform, definition)];
  const files = new Set(uses.map((use) => use.path));
  files.delete(definition.path);
  if (files.size === 0) return 'used by no other file';
  const count = `used by ${files.size} ${files.size === 1 ? 'file' : 'files'}`;
  const named = new Lineage(platform)
    .neighbours(definition, 'downstream')
    .map((neighbour) => `\`${neighbour.definition.name.replaceAll('`', '')}\``);
  if (named.length === 0) return count;
  const more = named.length > mostUsers ? ` and ${named.length - mostUsers} more` : '';
  return `${count} · feeds ${named.slice(0, mostUsers).join(', ')}${more}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|]/g, '\\$&');
}
