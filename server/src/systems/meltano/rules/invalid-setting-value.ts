import type { FactRule, Report } from '../../../core/rule.ts';
import { pairsOf, type Node } from '../../../core/tree.ts';
import { configuredIn } from '../settings/configured.ts';
import { settingNamed, type PluginSettings } from '../settings/plugin-settings.ts';
import { fixOf, valueFault } from '../settings/setting-value.ts';

/**
 * A value of another kind than the setting's. Meltano stops as soon as it reads a number, list, mapping or option that
 * it cannot make of a text (`port: abc`); everything else it passes on to the plugin.
 */
export const invalidSettingValue: FactRule = {
  id: 'meltano/invalid-setting-value',
  severity: 'warning',
  kinds: ['project', 'included'],
  isLocal: true,
  check(file, _facts, report) {
    for (const { config, known } of file.once(configuredIn))
      checkValues(config, '', { known, path: file.path, report });
  },
};

interface Checking {
  readonly known: PluginSettings;
  readonly path: string;
  readonly report: Report;
}

function checkValues(config: Node, above: string, checking: Checking): void {
  const { known, path, report } = checking;
  for (const { key, value } of pairsOf(config)) {
    const name = `${above}${key.text}`;
    const setting = settingNamed(known, name);
    if (!setting) {
      checkValues(value, `${name}.`, checking);
      continue;
    }
    const fault = valueFault(setting, value);
    if (fault) report(value, fault.message, { severity: fault.severity, fixes: fixOf(fault, path, value) });
  }
}
