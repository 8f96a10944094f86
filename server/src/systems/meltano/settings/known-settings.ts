import type { Definition, Fact, Use } from '../../../core/facts.ts';
import { pluginTypes } from '../plugin-types.ts';
import { settingNamespace } from './read-settings.ts';

/**
 * Settings come from chains of files, so that no file can name all those that its own rest on.
 * Each file that says something of settings therefore defines one common name, whose meaning is all that it says;
 * who asks for settings uses that name, and is looked at again when any of them changes.
 */
const known = { namespace: 'meltano.settings', name: 'all' } as const;

/** What a file says of plugins and their settings, as a definition of the common name. */
export function knownSettings(meaning: string, scope: string): Definition {
  return {
    ...known,
    fact: 'definition',
    scope,
    span: { start: 0, end: 0 },
    what: 'settings',
    exclusive: false,
    implicit: true,
    data: { meaning },
  };
}

/** All that facts say of plugins and settings, in a few letters; '' where they say nothing. */
export function meaningOf(said: readonly Fact[]): string {
  const meant = said.flatMap((fact) =>
    fact.fact === 'definition' && telling.has(fact.namespace) ? [[fact.namespace, fact.name, fact.data]] : [],
  );
  return meant.length === 0 ? '' : digest(JSON.stringify(meant));
}

/** The meanings of a file's parts in one. */
export function digestOf(meanings: readonly string[]): string {
  return digest(meanings.join('\n'));
}

/** The common name of all settings, and the one that tells of the variables that files set. */
export function asksForSettings(scope: string): readonly Use[] {
  const head = { fact: 'use', span: { start: 0, end: 0 }, role: 'unsure' } as const;
  return [
    { ...head, namespaces: [known.namespace], scope, name: known.name },
    { ...head, namespaces: ['env.variables'], scope: '', name: 'all' },
  ];
}

const telling: ReadonlySet<string> = new Set([
  settingNamespace,
  ...pluginTypes.flatMap(({ namespace, locks }) => [namespace, locks]),
]);

/** A few letters that differ where the texts do (FNV-1a, from both ends). */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x811c9dc5];
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - at), 0x01000193);
  }
  return `${text.length} ${(a >>> 0).toString(36)} ${(b >>> 0).toString(36)}`;
}
