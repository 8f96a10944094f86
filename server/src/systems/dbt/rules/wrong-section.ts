import type { FactRule } from '../../../core/rule.ts';

const sections: Readonly<Record<string, string>> = { model: 'models', seed: 'seeds', snapshot: 'snapshots' };

/** A seed that is described under `models:` stays undescribed: dbt warns and goes on. */
export const wrongSection: FactRule = {
  id: 'dbt/wrong-section',
  severity: 'warning',
  kinds: ['properties'],
  check({ facts, path }, reader, report) {
    for (const fact of facts) {
      const section = fact.fact === 'use' ? fact.data?.['section'] : undefined;
      if (fact.fact !== 'use' || section === undefined) continue;
      const { name, scope, span } = fact;
      const kinds = reader.definitions({ namespace: 'dbt.node', scope, name }).map(({ what }) => what);
      if (kinds.length === 0 || kinds.some((what) => sections[what] === section)) continue;
      const [what = ''] = kinds;
      const meant = sections[what];
      if (meant === undefined) continue;
      const [start, end] = (fact.data?.['alone'] ?? '').split(',').map(Number);
      const edits =
        start !== undefined && end !== undefined ? [{ path, span: { start, end }, newText: meant }] : [];
      report(
        span,
        `\`${name}\` is a ${what}, so nothing here takes effect; move the entry under \`${meant}:\``,
        {
          fixes:
            edits.length > 0 ? [{ title: `Rename the section to \`${meant}\``, edits, certain: false }] : [],
        },
      );
    }
  },
};
