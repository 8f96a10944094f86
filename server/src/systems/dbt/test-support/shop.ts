import { checkFindings } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

/** A project of two models and a seed. */
const shop = `#- /w/dbt_project.yml
name: shop
--- /w/models/a.sql
select 1 as id
--- /w/models/b.sql
select * from {{ ref('a') }}
#- /w/seeds/sd.csv
id
`;

/** Holds the findings in the shop and some more files to what is marked in them. */
export function checkShop(fixture: string): Promise<void> {
  return checkFindings([dbt], shop + fixture);
}
