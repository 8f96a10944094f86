import json from '../../../schemas/penstock/penstock.json' with { type: 'json' };
import { createSchema } from '../../core/schema/schema.ts';

/** The schema as it is published. */
export const publishedSchema: object = json;

/** What may stand in `penstock.yaml`. */
export const penstockSchema = createSchema(json, { draft: '2020' });
