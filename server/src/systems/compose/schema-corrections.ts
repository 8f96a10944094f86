import type { Correction } from '../../core/schema/correct-schema.ts';

const container = '/$defs/container_spec/properties';
const workload = '/$defs/workload_spec/properties';
const why = 'Compose drops what stands twice before it asks its schema';

/** Where the shipped schema says otherwise than compose-go 2.16 does; each tried with it. */
export const corrections: readonly Correction[] = [
  ...[
    `${container}/cap_add`,
    `${container}/cap_drop`,
    `${container}/dns_opt`,
    `${container}/volumes`,
    `${workload}/ports`,
    `${workload}/expose`,
    '/$defs/service/properties/links',
    '/$defs/list_or_dict/oneOf/1',
  ].map((at): Correction => ({ at, remove: ['uniqueItems'], why })),
  ...['/$defs/service/properties/profiles', '/$defs/job/properties/profiles'].map((at): Correction => ({
    at,
    replace: {
      type: 'array',
      items: { type: 'string' },
      description: 'Profiles that the service belongs to: it is started only when one of them is active.',
    },
    why,
  })),
  {
    at: '/$defs/string_or_list/oneOf/1',
    replace: { type: 'array', items: { type: 'string' } },
    why,
  },
];
