import type { FactReader } from '../../../core/fact-index.ts';
import { keyAt } from '../../../core/schema/schema-assist.ts';
import type { Span } from '../../../core/span.ts';
import type { Definitions, ParsedFile } from '../../../core/system.ts';
import { touches } from '../../../core/span.ts';
import type { MeltanoModel, Plugin } from '../model.ts';
import { scalarAt } from '../model.ts';
import { configPlace } from './config-place.ts';
import { describeExtra, describeSetting } from './describe-setting.ts';
import { extrasOf } from './extras.ts';
import { settingNamed, settingsOf, type PluginSettings, type Setting } from './plugin-settings.ts';

interface Found {
  readonly span: Span;
  readonly known: PluginSettings;
  readonly type: string;
  /** As it is written below `config`. */
  readonly name: string;
  readonly setting: Setting | undefined;
}

/** What the setting under the cursor is, or the one whose value is under it. */
export function hoverSetting(
  file: ParsedFile<MeltanoModel>,
  offset: number,
  facts: FactReader,
): { readonly span: Span; readonly markdown: string } | undefined {
  const found = settingAt(file, offset, facts);
  if (!found) return undefined;
  const { span, known, setting } = found;
  if (setting) return { span, markdown: describeSetting(known, setting) };
  const extra = extrasOf(found.type).find((each) => `_${each.name}` === found.name);
  return extra && { span, markdown: describeExtra(known, extra) };
}

/** A setting's definition for its key; for a plugin's name or variant what the plugin rests on. */
export function defineSetting(
  file: ParsedFile<MeltanoModel>,
  offset: number,
  facts: FactReader,
): Definitions | undefined {
  const { model, project } = file;
  if (model.kind === 'lock') return undefined;
  const found = settingAt(file, offset, facts);
  if (found?.setting && touches(found.span, offset)) {
    const { path, span } = found.setting.definition;
    return { origin: found.span, targets: [{ path, span }] };
  }
  for (const plugin of model.plugins) {
    const origin = [plugin.name, scalarAt(plugin.node, 'variant')].find(
      (each) => each && touches(each.span, offset),
    );
    if (!origin) continue;
    const lock = lockOf(plugin, facts, project.scope);
    return lock && { origin: origin.span, targets: [lock] };
  }
  return undefined;
}

/** The lock file that describes a plugin, where there is one. */
export function lockOf(
  { type, name }: Plugin,
  facts: FactReader,
  scope: string,
): { readonly path: string; readonly span: Span } | undefined {
  const { lock } = settingsOf(facts, { type: type.key, name: name.text, scope });
  return lock && { path: lock.path, span: lock.span };
}

function settingAt(
  { tree, model, project }: ParsedFile<MeltanoModel>,
  offset: number,
  facts: FactReader,
): Found | undefined {
  if (model.kind === 'lock' || !tree) return undefined;
  const key = keyAt(tree, offset);
  const place = key && configPlace(tree, key.pointer);
  if (!key || !place || place.path.length === 0) return undefined;
  const known = settingsOf(facts, { type: place.type, name: place.plugin, scope: project.scope });
  const name = place.path.join('.');
  return { span: key.key.span, known, type: place.type, name, setting: settingNamed(known, name) };
}
