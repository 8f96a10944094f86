import { dbtPage } from './dbt-page.ts';
import { dbtSuite } from './kinds/index.ts';
import { openCore } from './oracles/core.ts';
import { openV2 } from './oracles/v2.ts';
import { testKinds } from './test-kinds.ts';

testKinds({
  suite: dbtSuite,
  page: dbtPage,
  oracles: [
    ['dbt Core', openCore],
    ['dbt v2', openV2],
  ],
  atLeast: { defects: 120, odd: 60 },
});
