import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { dbt } from '../systems/dbt/index.ts';
import { toy } from '../../../test/support/toy-system.ts';
import type { Definition } from '../core/facts.ts';
import type { System } from '../core/system.ts';
import { hover } from './hover.ts';

const project = {
  '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/models/stg_orders.sql': "{{ config(materialized='view') }} select 1",
  '/w/models/fct_orders.sql': "select * from {{ ref('stg_orders') }}",
  '/w/models/models.yml': 'models:\n- name: stg_orders\n  description: One row an order.\n',
};

test('a ref tells what the model is, what is said of it, where it lies and who uses it', async () => {
  const { platform } = await openFixture([dbt], project);
  const text = project['/w/models/fct_orders.sql'];
  const found = hover(platform, '/w/models/fct_orders.sql', text.indexOf('stg_orders') + 3);
  expect(found?.span).toEqual({ start: text.indexOf('stg_orders'), end: text.indexOf('stg_orders') + 10 });
  expect(found?.markdown).toBe(
    '**stg\\_orders** — model\n\nmaterialized as `view`\n\nOne row an order.\n\n[models/stg\\_orders.sql](file:///w/models/stg_orders.sql) · used by 2 files · feeds `fct_orders`',
  );
});

test('its columns and its unit tests are told apart', async () => {
  const { platform } = await openFixture([dbt], {
    ...project,
    '/w/models/tests.yml':
      'unit_tests:\n- name: adds_up\n  model: stg_orders\n  given: []\n  expect: { rows: [] }\nmodels:\n- name: stg_orders\n  columns: [{ name: id }, { name: price }]\n',
    '/w/models/models.yml': '',
  });
  const text = project['/w/models/fct_orders.sql'];
  const found = hover(platform, '/w/models/fct_orders.sql', text.indexOf('stg_orders') + 3);
  expect(found?.markdown).toContain('Unit tests:\n- `adds_up`\n\nColumns:\n- `id`\n- `price`\n\n');
});

test('a name that nothing defines, and a place without a name, tell nothing', async () => {
  const { platform } = await openFixture([dbt], {
    ...project,
    '/w/models/a.sql': "select {{ ref('gone') }}",
  });
  expect(hover(platform, '/w/models/a.sql', 16)).toBeUndefined();
  expect(hover(platform, '/w/models/a.sql', 2)).toBeUndefined();
});

test('a name shows its parts, twenty at most, and how it is called', async () => {
  const parted: System = {
    ...toy,
    parse: (source, claim, project) => {
      const parsed = toy.parse(source, claim, project);
      const parts = Array.from({ length: 25 }, (_, at): Definition => ({
        fact: 'definition',
        namespace: 'toy.part',
        scope: project.scope,
        name: `x.part_${at}`,
        prefix: 'x.',
        span: { start: 0, end: 1 },
        what: 'part',
        ...(at === 0 ? { about: 'The first.\n\nOf many.', data: { type: 'number' } } : {}),
      }));
      const named = parsed.facts.map((fact) =>
        fact.fact === 'definition' ? { ...fact, data: { parameters: 'a, b=1' } } : fact,
      );
      return { ...parsed, facts: source.path.endsWith('b.toy') ? [...named, ...parts] : named };
    },
  };
  const { platform } = await openFixture([parted], {
    '/w/toy.txt': '',
    '/w/a.toy': 'use x',
    '/w/b.toy': 'def x',
  });
  const lines = hover(platform, '/w/a.toy', 4)!.markdown.split('\n');
  expect(lines[0]).toBe('**x**\\(a, b=1\\) — thing');
  expect(lines.slice(2, 5)).toEqual(['Parts:', '- `part_0` number: The first.', '- `part_1`']);
  expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(21);
  expect(lines).toContain('- and 5 more');
});
