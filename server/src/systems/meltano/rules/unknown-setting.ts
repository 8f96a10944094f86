import { closest } from '../../../core/closest.ts';
import type { FactRule, Report } from '../../../core/rule.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import { configuredIn, type Configured } from '../settings/configured.ts';
import { extrasOf } from '../settings/extras.ts';
import { flatConfig, type FlatEntry } from '../settings/read-settings.ts';

/**
 * A key of `config` that the plugin has no setting for. Meltano hands it to the plugin all the same, which usually
 * passes over it: `api_ulr: …` sets nothing and nobody says so.
 */
export const unknownSetting: FactRule = {
  id: 'meltano/unknown-setting',
  severity: 'information',
  kinds: ['project', 'included'],
  isLocal: true,
  check(file, _facts, report) {
    for (const configured of file.once(configuredIn)) checkKeys(configured, file.path, report);
  },
};

/** What the Singer SDK gives to every plugin that is built with it; lock files often leave it out. */
const sdk: readonly string[] = [
  'stream_maps',
  'stream_map_config',
  'faker_config',
  'flattening_enabled',
  'flattening_max_depth',
  'flattening_separator',
  'batch_config',
  'batch_size_rows',
  'batch_wait_limit_seconds',
  'add_record_metadata',
  'load_method',
  'validate_records',
  'process_activate_version_messages',
  'hard_delete',
  'default_target_schema',
];

function checkKeys({ type, config, known }: Configured, path: string, report: Report): void {
  const entries = flatConfig(config).filter(({ name }) => !known.settings.has(name));
  if (entries.length === 0) return;
  const names = [...known.settings.values()].flatMap(({ name, aliases }) => [name, ...aliases]);
  const extras = extrasOf(type).map(({ name }) => `_${name}`);
  const isBuiltOnSdk = ['about', 'stream-maps', 'batch'].some((each) => known.capabilities.includes(each));
  // Of settings that nobody tells, or not all of, nothing can be said; which extras there are Meltano alone decides.
  const isKnown = known.isWhole && names.length > 0;
  const all = isKnown ? [...names, ...extras, ...(isBuiltOnSdk ? sdk : [])] : extras;
  const told = new Set<ScalarNode>();
  for (const entry of entries) {
    const isExtra = entry.name.startsWith('_');
    if (!isExtra && !isKnown) continue;
    const at = firstUnknown(entry, all);
    if (at === undefined) continue;
    const key = entry.keys[at]!;
    if (told.has(key)) continue;
    told.add(key);
    const above =
      at === 0
        ? ''
        : `${entry.keys
            .slice(0, at)
            .map(({ text }) => text)
            .join('.')}.`;
    const beside = all.filter((name) => name.startsWith(above)).map((name) => name.slice(above.length));
    const meant = closest(key.text, beside);
    // Somebody who writes an extra of their own knows what they do.
    if (meant === undefined && isExtra) continue;
    report(
      key,
      `the plugin has no setting \`${above}${key.text}\`; ${meant === undefined ? 'correct the name, or add it to the settings of the plugin' : `did you mean \`${above}${meant}\`?`}`,
      {
        ...(meant === undefined ? {} : { severity: 'warning' as const }),
        ...(meant === undefined
          ? {}
          : {
              fixes: [
                {
                  title: `Change to \`${meant}\``,
                  edits: [{ path, span: key.span, newText: meant }],
                  certain: false,
                },
              ],
            }),
      },
    );
  }
}

/** Which of an entry's keys, from the outside, leads away from all settings; undefined where the whole is one or is inside of one. */
function firstUnknown({ keys }: FlatEntry, names: readonly string[]): number | undefined {
  let name = '';
  for (const [at, key] of keys.entries()) {
    name += at === 0 ? key.text : `.${key.text}`;
    if (names.includes(name)) return undefined;
    if (!names.some((each) => each.startsWith(`${name}.`))) return at;
  }
  return undefined;
}
