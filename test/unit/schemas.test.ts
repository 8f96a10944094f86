import { expect, test } from 'vitest';
import { unknownKeyword } from '../../server/src/core/schema/keywords.ts';
import type { Schema } from '../../server/src/core/schema/schema.ts';
import { composeSchema } from '../../server/src/systems/compose/schema.ts';
import { configSchema } from '../../server/src/systems/dbt/config-values.ts';
import { schemasOf } from '../../server/src/systems/dbt/schemas.ts';
import { projectSchema } from '../../server/src/systems/meltano/schema.ts';
import { penstockSchema } from '../../server/src/systems/penstock/schema.ts';

const kinds = ['project', 'properties', 'packages', 'dependencies', 'selectors', 'profiles', 'catalogs'];

/** As they are checked with: corrected, or written here. */
const schemas: readonly (readonly [string, Schema | undefined])[] = [
  ...kinds.flatMap((kind) => {
    const { contract, published } = schemasOf(kind)!;
    return [[`dbt ${kind}, published`, published] as const, [`dbt ${kind}, contract`, contract] as const];
  }),
  ['dbt configuration of models', configSchema('models')],
  ['dbt configuration of snapshots', configSchema('snapshots')],
  ['compose', composeSchema],
  ['meltano', projectSchema],
  ['penstock', penstockSchema],
];

test.each(schemas)('%s uses no keyword that the walk would pass over', (_name, schema) => {
  expect(schema && unknownKeyword(schema)).toBeUndefined();
});
