import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { dbt } from './index.ts';

const files = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/stg.sql': 'select 1',
  '/w/models/cust_v1.sql': 'select 1',
  '/w/macros/m.sql': '{% macro cents() %}{% endmacro %}',
  '/w/models/s.yml': `sources:
  - name: raw
    tables: [{name: orders}]
models:
  - name: cust
    versions:
      - v: 1
`,
};

/** The labels offered at `<|>` in a file of this text. */
async function offered(marked: string, path = '/w/models/a.py'): Promise<readonly string[]> {
  const { platform } = await openFixture([dbt], { ...files, [path]: marked.replace('<|>', '') });
  return complete(platform, path, marked.indexOf('<|>')).items.map(({ label }) => label);
}

const model = (line: string): string => `def model(dbt, session):\n    ${line}\n    return x\n`;

test('in calls of dbt stand the names that dbt knows', async () => {
  expect(await offered(model('x = dbt.ref("s<|>")'))).toContain('stg');
  expect(await offered(model('x = dbt.ref("<|>")'))).toContain('stg');
  expect(await offered(model('x = dbt.source("<|>", "orders")'))).toContain('raw');
  expect(await offered(model('x = dbt.source("raw", "<|>")'))).toContain('orders');
});

test('configuration and its values are those of a Python model', async () => {
  const keys = await offered(model('dbt.config(alias="b", <|>)'));
  expect(keys).toContain('materialized');
  expect(keys).not.toContain('alias');
  expect(await offered(model('dbt.config(materialized="<|>")'))).toEqual(['table', 'incremental']);
  expect(await offered(model('dbt.config(enabled=<|>)'))).toContain('True');
  expect(await offered(model('x = dbt.config.get("<|>")'))).toContain('materialized');
});

test('behind `dbt.` stands what dbt gives, and behind another name nothing', async () => {
  expect(await offered(model('x = dbt.<|>'))).toEqual(['ref', 'source', 'config', 'this', 'is_incremental']);
  expect(await offered(model('x = dbt.config.<|>'))).toEqual(['get']);
  expect(await offered(model('x = session.<|>'))).toEqual([]);
  expect(await offered(model('x = <|>'))).toEqual([]);
});

test('the version of a ref is one of the model, in Python and in SQL', async () => {
  expect(await offered(model('x = dbt.ref("cust", v=<|>)'))).toEqual(['1']);
  expect(await offered("select * from {{ ref('cust', v=<|>) }}", '/w/models/a.sql')).toEqual(['1']);
  expect(await offered("select * from {{ ref('stg', v=<|>) }}", '/w/models/a.sql')).toEqual([]);
});

test('the target of a profile is one of its outputs', async () => {
  const profile = 'shop:\n  target: <|>\n  outputs:\n    dev: {type: duckdb}\n    prod: {type: duckdb}\n';
  expect(await offered(profile, '/w/profiles.yml')).toEqual(['dev', 'prod']);
  expect(await offered(profile.replace('<|>', 'p<|>'), '/w/profiles.yml')).toContain('prod');
});
