import { change, type Edit } from '../kind.ts';

/** The base without what it takes from its one package. */
export const withoutShared: readonly Edit[] = [
  change('dbt_project.yml', 'dispatch:\n  - macro_namespace: shared\n    search_order: [shop, shared]\n', ''),
  change('models/staging/stg_customers.sql', "{{ shared.tidy('name') }} as name", 'name'),
  change('models/staging/_staging.yml', '        data_tests:\n          - shared.not_blank\n', ''),
];
