import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const projectFile = `name: shop
models:
  +materialized: ephemeral
  shop:
    staging:
      +materialized: view
      heavy:
        materialized: table
    computed:
      +materialized: "{{ 'table' if target.name == 'prod' else 'view' }}"
  marts:
    +materialized: incremental
`;

test.each([
  ['models/a.sql', 'select 1', 'ephemeral'],
  ['models/staging/a.sql', 'select 1', 'view'],
  ['models/staging/heavy/deep/a.sql', 'select 1', 'table'],
  ['models/marts/a.sql', 'select 1', 'incremental'],
  ['models/computed/a.sql', 'select 1', undefined],
  ['models/staging/a.sql', "{{ config(materialized='table') }} select 1", undefined],
  ['models/staging/a.sql', "{{ config(materialized=var('how')) }} select 1", undefined],
])(
  'the nearest folder says how a model is materialized, unless the model does: %s, %s',
  async (path, text, expected) => {
    const { platform } = await openFixture([dbt], {
      '/w/dbt_project.yml': projectFile,
      [`/w/${path}`]: text,
    });
    const [model] = platform.facts.definitions({ namespace: 'dbt.node', scope: '/w', name: 'a' });
    expect(model?.data?.['materializedByFolder']).toBe(expected);
  },
);

test('what a properties entry says stands with its use', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': projectFile,
    '/w/models/a.sql': 'select 1',
    '/w/models/_models.yml':
      'models:\n  - name: a\n    config:\n      materialized: table\n  - name: b\n    config:\n      materialized: "{{ var(\'x\') }}"\n',
  });
  const said = platform.facts
    .of('/w/models/_models.yml')
    .flatMap((fact) =>
      fact.fact === 'use' && fact.role === 'properties' ? [fact.data?.['materialized']] : [],
    );
  expect(said.filter((each) => each !== undefined)).toEqual(['table', '']);
});
