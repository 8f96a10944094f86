import meltanoSchema from '../../../schemas/meltano/meltano.json' with { type: 'json' };
import { correctSchema } from '../../core/schema/correct-schema.ts';
import { createSchema } from '../../core/schema/schema.ts';
import { corrections } from './schema-corrections.ts';

/** What may stand in a project's files: Meltano's own schema, with what it says wrongly of Meltano mended. */
export const projectSchema = createSchema(() => correctSchema(meltanoSchema, corrections), { draft: '2020' });
