import type { Rule } from '../../../core/rule.ts';
import { get } from '../../../core/tree.ts';
import type { SingerModel } from '../model.ts';

/** A stream without a schema, or with one that has no properties: targets get a table without columns. */
export const missingSchema: Rule<SingerModel> = {
  id: 'singer/missing-schema',
  severity: 'warning',
  check({ model }, report) {
    if (model.kind !== 'catalog') return;
    for (const { id, schema } of model.streams) {
      if (!id) continue;
      if (!schema)
        report(id, `the stream \`${id.text}\` has no schema, so targets learn of no column; add \`schema\``);
      else if (schema.kind === 'map' && schema.pairs.length === 0)
        report(
          schema,
          `the schema of \`${id.text}\` is empty, so targets learn of no column; add its \`properties\``,
        );
      else if (schema.kind === 'map' && get(schema, 'properties')?.kind === 'seq')
        report(get(schema, 'properties')!, '`properties` is a mapping of names to schemas; write one');
    }
  },
};
