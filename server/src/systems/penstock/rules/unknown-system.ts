import { closest } from '../../../core/closest.ts';
import type { Fix } from '../../../core/finding.ts';
import type { Rule } from '../../../core/rule.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import { slotOf, type CheckModel } from '../checks-model.ts';
import type { PenstockModel } from '../model.ts';
import { systemIds } from '../system-ids.ts';

/** A check about a system that Penstock does not know is about nothing: `systems: [dbtt]`, `valid: meltno`. */
export const unknownSystem: Rule<PenstockModel> = {
  id: 'penstock/unknown-system',
  severity: 'warning',
  check({ model, source }, report) {
    for (const { node, name } of model.checks.flatMap(namedSystems)) {
      if (name === '' || isKnown(name)) continue;
      const meant = closest(name, systemIds);
      const whole = source.slice(node.span) === node.text;
      const span = whole ? { start: node.span.start, end: node.span.start + name.length } : node.span;
      const advice =
        meant === undefined
          ? `name one of ${systemIds.map((id) => `\`${id}\``).join(', ')}`
          : `did you mean \`${meant}\`?`;
      const fixes: readonly Fix[] =
        meant === undefined
          ? []
          : [
              {
                title: `Change to \`${meant}\``,
                edits: [{ path: source.path, span, newText: meant }],
                certain: false,
              },
            ];
      report({ span }, `there is no system \`${name}\`; ${advice}`, { fixes });
    }
  },
};

function namedSystems({
  systems,
  kinds,
}: CheckModel): readonly { readonly node: ScalarNode; readonly name: string }[] {
  const valid = kinds.flatMap(({ key, value }) => (key.text === 'valid' ? (slotOf(value) ?? []) : []));
  return [
    ...systems.map((node) => ({ node, name: node.value === null ? '' : node.text })),
    // Behind the sign stands the project that is meant.
    ...valid.map((node) => ({ node, name: node.value === null ? '' : node.text.split('@', 1)[0]! })),
  ];
}

function isKnown(name: string): boolean {
  return systemIds.some((id) => id === name);
}
