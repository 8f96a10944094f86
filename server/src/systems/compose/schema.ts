import composeSpec from '../../../schemas/compose/compose.json' with { type: 'json' };
import { correctSchema } from '../../core/schema/correct-schema.ts';
import { createSchema } from '../../core/schema/schema.ts';
import { corrections } from './schema-corrections.ts';

/** What may stand in a compose file: the specification's own schema, with what it says otherwise than Compose does mended. */
export const composeSchema = createSchema(() => correctSchema(composeSpec, corrections), { draft: '2020' });
