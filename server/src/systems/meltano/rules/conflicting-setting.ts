import type { FactRule } from '../../../core/rule.ts';
import { toValue } from '../../../core/tree.ts';
import { configuredIn } from '../settings/configured.ts';
import { flatConfig } from '../settings/read-settings.ts';

/** A setting that is given by its name and by an alias with two values; Meltano does not choose and stops. */
export const conflictingSetting: FactRule = {
  id: 'meltano/conflicting-setting',
  severity: 'error',
  kinds: ['project', 'included'],
  isLocal: true,
  check(file, _facts, report) {
    for (const { config, known } of file.once(configuredIn)) {
      const entries = new Map(flatConfig(config).map((entry) => [entry.name, entry]));
      for (const { name, aliases } of known.settings.values()) {
        const [first, ...others] = [name, ...aliases].flatMap((each) => entries.get(each) ?? []);
        if (!first) continue;
        for (const other of others) {
          if (JSON.stringify(toValue(other.value)) === JSON.stringify(toValue(first.value))) continue;
          report(
            other.keys.at(-1)!,
            `\`${other.name}\` is another name of \`${first.name}\`, which has another value here, and Meltano refuses that; remove one of the two`,
            {
              related: [
                { path: file.path, span: first.keys.at(-1)!.span, message: `\`${first.name}\` is set here` },
              ],
            },
          );
        }
      }
    }
  },
};
