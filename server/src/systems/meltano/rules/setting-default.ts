import type { Report, Rule } from '../../../core/rule.ts';
import { closest } from '../../../core/closest.ts';
import { get, itemsOf, type Node } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';
import { refusedBy } from '../settings/setting-value.ts';

/** A default that Meltano cannot make the setting's kind of ends every run of the plugin: `kind: integer`, `value: many`. */
export const settingDefault: Rule<MeltanoModel> = {
  id: 'meltano/invalid-setting-default',
  severity: 'error',
  isLocal: true,
  check({ model }, report) {
    if (model.kind === 'lock') return;
    for (const { node } of model.plugins)
      for (const setting of itemsOf(get(node, 'settings'))) check(setting, report);
  },
};

function check(setting: Node, report: Report): void {
  const [kind, value] = [get(setting, 'kind'), get(setting, 'value')];
  if (kind?.kind !== 'scalar' || value?.kind !== 'scalar' || value.value === null) return;
  if (value.text.includes('$')) return;
  const wanted = typeof value.value === 'string' ? refusedBy(kind.text, value.text) : undefined;
  if (wanted !== undefined)
    report(value, `the default must be ${wanted}, as the setting's kind says, not \`${value.text}\``);
  if (kind.text !== 'options') return;
  const options = itemsOf(get(setting, 'options')).flatMap((option) => get(option, 'value') ?? []);
  if (options.some((option) => option.kind !== 'scalar' || option.value === value.value)) return;
  const near = closest(
    value.text,
    options.map((option) => (option.kind === 'scalar' ? option.text : '')),
  );
  report(
    value,
    `\`${value.text}\` is none of the setting's options; ${near ? `did you mean \`${near}\`?` : 'list it there, or choose another default'}`,
  );
}
