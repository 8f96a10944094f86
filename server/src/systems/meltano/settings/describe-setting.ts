import { variablesOf, type PluginSettings, type Setting } from './plugin-settings.ts';
import type { Extra } from './extras.ts';

/** What a person wants to know of a setting, as Markdown. A sensitive one's default is never told. */
export function describeSetting(known: PluginSettings, setting: Setting): string {
  const { about, data = {} } = setting.definition;
  const { kind, label, sensitive, documentation } = data;
  const notes = [kind ?? 'string', sensitive ? 'sensitive' : '', data['hidden'] ? 'hidden' : ''];
  const variables = [...(data['env'] ? [data['env']] : []), ...variablesOf(known, setting.name)];
  const lines = [
    `**${escaped(setting.name)}** — ${notes.filter((note) => note).join(', ')}${label ? ` · ${escaped(label)}` : ''}`,
    about,
    setting.options.length > 0
      ? `One of ${setting.options.map(({ value, label: says }) => (says && says !== value ? `${code(value)} (${escaped(says)})` : code(value))).join(', ')}.`
      : undefined,
    data['default'] === undefined ? undefined : `Default: ${code(data['default'])}.`,
    setting.aliases.length > 0 ? `Also called ${setting.aliases.map(code).join(', ')}.` : undefined,
    `Set from the environment by ${variables.slice(0, 2).map(code).join(' or ')}.`,
    documentation && /^https?:\/\/[^\s<>()]+$/u.test(documentation)
      ? `[Documentation](${documentation})`
      : undefined,
  ];
  return lines.filter((line) => line).join('\n\n');
}

/** The same of what Meltano itself reads of a plugin. */
export function describeExtra(known: PluginSettings, { name, kind, about, fallback }: Extra): string {
  const [variable] = variablesOf(known, `_${name}`);
  const lines = [
    `**_${name}** — ${kind}, read by Meltano itself`,
    about,
    fallback === undefined ? undefined : `Default: ${code(fallback)}.`,
    variable && `Set from the environment by ${code(variable)}.`,
  ];
  return lines.filter((line) => line).join('\n\n');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|]/gu, '\\$&');
}
