import type { Definition, Use } from '../../../core/facts.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import type { FactRule } from '../../../core/rule.ts';
import { pluginTypes } from '../plugin-types.ts';

/**
 * Plugins that inherit from each other in a circle end every command with a `RecursionError`: `tap-a` from `tap-b`,
 * `tap-b` from `tap-a`. A plugin that inherits from itself inherits from nothing.
 * A file that has plugins asks for all settings (`knownSettings`), so it is looked at again when any file's plugins change.
 */
export const inheritCycle: FactRule = {
  id: 'meltano/inherit-cycle',
  severity: 'error',
  kinds: ['project', 'included'],
  check({ facts }, index, report) {
    const own = facts.filter(
      (fact): fact is Definition => fact.fact === 'definition' && types.has(fact.namespace),
    );
    for (const plugin of own) {
      const circle = circleOf(plugin, index);
      if (!circle) continue;
      const use = facts.find(
        (fact): fact is Use =>
          fact.fact === 'use' &&
          fact.role === 'parent' &&
          fact.by?.name === plugin.name &&
          fact.by.namespace === plugin.namespace,
      );
      const chain = [...circle, plugin.name].map((name) => `\`${name}\``).join(' from ');
      report(
        use ?? plugin,
        `${chain}: plugins that inherit in a circle stop every command; let one of them define itself`,
      );
    }
  },
};

const types: ReadonlySet<string> = new Set(pluginTypes.map(({ namespace }) => namespace));

/** The names from a plugin back to itself; undefined where it does not come back. */
function circleOf(plugin: Definition, index: FactReader): readonly string[] | undefined {
  const { namespace, scope } = plugin;
  const names: string[] = [];
  let name = plugin.name;
  for (;;) {
    names.push(name);
    const data = index.definitions({ namespace, scope, name })[0]?.data;
    const parent = data?.['variant'] === undefined ? data?.['inherit_from'] : undefined;
    if (parent === undefined || parent === name) return undefined;
    if (parent === plugin.name) return names;
    if (names.includes(parent)) return undefined;
    name = parent;
  }
}
