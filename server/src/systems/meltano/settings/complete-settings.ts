import type { FactReader } from '../../../core/fact-index.ts';
import type { YamlPlace } from '../../../core/schema/yaml-place.ts';
import { touches } from '../../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../../core/system.ts';
import { nodeAt, pairsOf } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';
import { configPlace, type ConfigPlace } from './config-place.ts';
import { describeExtra, describeSetting } from './describe-setting.ts';
import { extrasOf } from './extras.ts';
import {
  settingNamed,
  settingsOf,
  variablesOf,
  type PluginSettings,
  type Setting,
} from './plugin-settings.ts';
import { flatConfig } from './read-settings.ts';

/** The settings and their values that may stand below a plugin's `config`; undefined for any other place. */
export function completeSettings(
  file: ParsedFile<MeltanoModel>,
  place: YamlPlace,
  { facts, offset }: { readonly facts: FactReader; readonly offset: number },
): readonly Suggestion[] | undefined {
  const at = configPlace(file.tree, place.pointer);
  if (!at) return undefined;
  const known = settingsOf(facts, { type: at.type, name: at.plugin, scope: file.project.scope });
  if (place.kind === 'value') return valuesOf(known, at, place);
  if (place.kind === 'item') return [];
  const isKeyWritten = /^\s*:/u.test(file.source.text.slice(place.span.end, place.span.end + 20));
  const there = new Set(
    pairsOf(file.tree && nodeAt(file.tree, place.pointer))
      .filter(({ key }) => !touches(key.span, offset))
      .map(({ key }) => key.text),
  );
  return keysFor(known, at, { ...place, isKeyWritten, there });
}

interface KeyPlace extends YamlPlace {
  readonly isKeyWritten: boolean;
  /** The keys that stand beside this one. */
  readonly there: ReadonlySet<string>;
}

function keysFor(known: PluginSettings, at: ConfigPlace, place: KeyPlace): readonly Suggestion[] {
  const { span, isKeyWritten, there } = place;
  const above = at.path.length === 0 ? '' : `${at.path.join('.')}.`;
  const set = new Set(flatConfig(at.config).map(({ name }) => name));
  const suggestions: Suggestion[] = [];
  for (const setting of known.settings.values()) {
    if (!setting.name.startsWith(above) || setting.definition.data?.['hidden']) continue;
    const label = setting.name.slice(above.length);
    const isSet =
      setting.aliases.some((alias) => set.has(alias)) || (set.has(setting.name) && label.includes('.'));
    if (there.has(label) || isSet) continue;
    const { kind = 'string', sensitive } = setting.definition.data ?? {};
    suggestions.push({
      label,
      kind: 'key',
      span,
      insertText: isKeyWritten ? label : kind === 'array' || kind === 'object' ? `${label}:` : `${label}: `,
      detail: sensitive ? `${kind}, sensitive` : kind,
      documentation: describeSetting(known, setting),
    });
  }
  if (above !== '') return suggestions;
  for (const extra of extrasOf(at.type)) {
    const label = `_${extra.name}`;
    if (there.has(label)) continue;
    const isNested = extra.kind === 'array' || extra.kind === 'object';
    suggestions.push({
      label,
      kind: 'key',
      span,
      insertText: isKeyWritten ? label : isNested ? `${label}:` : `${label}: `,
      detail: `${extra.kind}, read by Meltano`,
      documentation: describeExtra(known, extra),
    });
  }
  return suggestions;
}

function valuesOf(known: PluginSettings, at: ConfigPlace, { span }: YamlPlace): readonly Suggestion[] {
  const name = at.path.join('.');
  const extra = extrasOf(at.type).find((each) => `_${each.name}` === name);
  if (extra) return extra.kind === 'boolean' ? truths(span) : [];
  const setting = settingNamed(known, name);
  if (!setting) return [];
  const { kind, sensitive } = setting.definition.data ?? {};
  if (setting.options.length > 0) {
    return setting.options.map(({ value, type, label }) => ({
      label: value,
      kind: 'value',
      span,
      insertText: type === 'string' ? written(value) : value,
      ...(label && label !== value ? { detail: label } : {}),
    }));
  }
  if (kind === 'boolean') return truths(span, setting);
  const suggestions: Suggestion[] = [];
  const [variable] = variablesOf(known, setting.name);
  // What must not stand in the file is better read from the environment.
  if (sensitive && variable)
    suggestions.push({ label: `$${variable}`, kind: 'value', span, detail: 'from the environment' });
  const fallback = setting.definition.data?.['default'];
  if (fallback !== undefined && fallback !== '')
    suggestions.push({
      label: fallback,
      kind: 'value',
      span,
      insertText: plainOr(kind, fallback),
      detail: 'default',
    });
  return suggestions;
}

function truths(span: Suggestion['span'], setting?: Setting): readonly Suggestion[] {
  const fallback = setting?.definition.data?.['default'];
  return ['true', 'false'].map((label) => ({
    label,
    kind: 'value',
    span,
    ...(fallback === label ? { detail: 'default' } : {}),
  }));
}

function plainOr(kind: string | undefined, value: string): string {
  return kind === 'integer' || kind === 'decimal' || kind === 'boolean' ? value : written(value);
}

/** A text as YAML writes it: in quotes where it would be read as something else. */
function written(text: string): string {
  const isPlain =
    /^[A-Za-z_./$](?:[\w./@$-]|:(?=\S)| (?=\w))*$/u.test(text) && !/^(?:true|false|null)$/iu.test(text);
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}
