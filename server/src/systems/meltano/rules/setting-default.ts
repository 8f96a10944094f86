import type { Report, Rule } from '../../../core/rule.ts';
import { closest } from '../../../core/closest.ts';
import { get, itemsOf, type Node } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';

/** A default that Meltano cannot make the setting's kind of ends every run of the plugin: `kind: integer`, `value: many`. */
export const settingDefault: Rule<MeltanoModel> = {
  id: 'meltano/invalid-setting-default',
  severity: 'error',
  check({ model }, report) {
    if (model.kind === 'lock') return;
    for (const { node } of model.plugins)
      for (const setting of itemsOf(get(node, 'settings'))) check(setting, report);
  },
};

const numbers: Readonly<Record<string, { readonly title: string; readonly pattern: RegExp }>> = {
  integer: { title: 'a whole number', pattern: /^\s*[-+]?\d+(?:_\d+)*\s*$/ },
  decimal: {
    title: 'a number',
    pattern:
      /^\s*[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?\s*$|^\s*[-+]?(?:inf(?:inity)?|s?nan\d*)\s*$/i,
  },
};

function check(setting: Node, report: Report): void {
  const [kind, value] = [get(setting, 'kind'), get(setting, 'value')];
  if (kind?.kind !== 'scalar' || value?.kind !== 'scalar' || value.value === null) return;
  if (value.text.includes('$')) return;
  const number = numbers[kind.text];
  if (number && typeof value.value === 'string' && !number.pattern.test(value.text))
    report(value, `the default must be ${number.title}, as the setting's kind says, not \`${value.text}\``);
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
