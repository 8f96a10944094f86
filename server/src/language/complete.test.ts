import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { dbt } from '../systems/dbt/index.ts';
import { penstock } from '../systems/penstock/index.ts';
import { complete, documentCompletion, type Completions } from './complete.ts';

const project = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/marts/fct_orders.sql': 'select 1',
  '/w/models/staging/stg_orders.sql': 'select 1',
  '/w/models/staging/stg_customers.sql': 'select 1',
  '/w/dbt_packages/util/dbt_project.yml': 'name: util\n',
  '/w/dbt_packages/util/models/calendar.sql': 'select 1',
};

/** What is offered at `<|>` in a model beside the staging models. */
async function offered(text: string, more: Readonly<Record<string, string>> = {}): Promise<Completions> {
  const path = '/w/models/staging/here.sql';
  const texts = { ...project, ...more, [path]: text.replace('<|>', '') };
  const { platform } = await openFixture([dbt], texts);
  return complete(platform, path, text.indexOf('<|>'));
}

async function labels(text: string): Promise<readonly string[]> {
  return (await offered(text)).items.map(({ label }) => label);
}

test('names of the same folder come first, those of packages last', async () => {
  expect(await labels("{{ ref('<|>') }}")).toEqual([
    'here',
    'stg_customers',
    'stg_orders',
    'fct_orders',
    'calendar',
  ]);
});

test('what was typed leaves out what does not fit and ranks what does', async () => {
  expect(await labels("{{ ref('or<|>') }}")).toEqual(['stg_orders', 'fct_orders', 'stg_customers']);
  expect(await labels("{{ ref('fct<|>_x') }}")).toEqual(['fct_orders']);
  expect(await labels("{{ ref('zzz<|>') }}")).toEqual([]);
});

test('a table is offered by its own part, and replaces what stands between the quotes', async () => {
  const sources = {
    '/w/models/s.yml':
      'sources:\n- name: raw\n  tables: [{name: orders}, {name: customers}]\n- name: b\n  tables: [{name: x}]\n',
  };
  const text = "{{ source('raw', 'or<|>ders_old') }}";
  const { items } = await offered(text, sources);
  expect(items.map(({ label }) => label)).toEqual(['orders', 'customers'].slice(0, items.length));
  expect(items[0]).toMatchObject({
    label: 'orders',
    detail: 'source table · models/s.yml',
    span: { start: text.indexOf('or<|>'), end: text.indexOf('or<|>') + 10 },
  });
});

test('of very many the best are offered, and another letter looks again', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`/w/models/many/m_${at}.sql`, 'select 1']),
  );
  const all = await offered("{{ ref('<|>') }}", many);
  expect(all.items.length).toBeLessThan(1000);
  expect(all.isIncomplete).toBe(true);
  expect(all.items[0]?.label).toBe('here');
  const few = await offered("{{ ref('m_99<|>') }}", many);
  expect(few.isIncomplete).toBe(false);
  expect(few.items.map(({ label }) => label).slice(0, 3)).toEqual(['m_99', 'm_990', 'm_991']);
});

test('what is offered is described when somebody looks at it', async () => {
  const { platform } = await openFixture([dbt], project);
  const { items } = complete(platform, '/w/models/marts/fct_orders.sql', 0);
  expect(items).toEqual([]);
  const key = { namespace: 'dbt.node', scope: '/w', name: 'stg_orders' };
  expect(documentCompletion(platform, key)).toMatch(/^\*\*stg\\_orders\*\* — model/);
  expect(documentCompletion(platform, { ...key, name: 'gone' })).toBeUndefined();
});

test('a model’s test and build are offered to who begins to type one', async () => {
  const offeredStep = async (typed: string): Promise<readonly string[]> => {
    const text = `pipelines:\n  p: [${typed}]\n`;
    const { platform } = await openFixture([dbt, penstock], { ...project, '/w/penstock.yaml': text });
    const { items } = complete(platform, '/w/penstock.yaml', text.indexOf(']'));
    return items.map(({ label }) => label);
  };
  expect(await offeredStep('dbt:build/fct')).toEqual(['dbt:build/fct_orders', 'dbt:build/fct_orders+']);
  expect(await offeredStep('fct')).toEqual(['dbt:model/fct_orders']);
});
