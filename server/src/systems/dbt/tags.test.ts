import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

async function tagsOf(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\n', ...texts });
  const found = [...platform.facts.all('dbt.tag', '/w')].map(({ name, path, span }) => {
    expect(platform.source(path)!.slice(span)).toBe(name);
    return name;
  });
  return platform.facts.holes('dbt.tag', '/w').length > 0 ? [...found, '…'] : found;
}

test.each([
  ["{{ config(tags='a') }}", ['a']],
  ['{{ config(materialized="view", tags = ["a", \'b-c\']) }}', ['a', 'b-c']],
  ["{{ config({'tags': ['a']}) }}", ['a']],
  ['{{ config(tags=[]) }}', []],
  ['{{ config(tags=var("x")) }}', ['…']],
  ["{{ config(tags=['a', env_var('X')]) }}", ['…']],
  ['select heritage from x', []],
])('the tags of %s', async (text, tags) => {
  expect(await tagsOf({ '/w/models/m.sql': `${text} select 1` })).toEqual(tags);
});

test('tags of YAML, wherever they may stand', async () => {
  const properties = `
models:
  - name: m
    tags: [a]
    config: { tags: b }
    columns: [{ name: id, tags: [c], data_tests: [{ unique: { tags: d } }] }]
    meta: { tag: none }
`;
  const project =
    'name: shop\nmodels:\n  shop:\n    +tags: e\n    staging: { tags: ["f", "{{ var(\'x\') }}"] }\n';
  const tags = await tagsOf({ '/w/models/m.yml': properties, '/w/dbt_project.yml': project });
  expect(new Set(tags)).toEqual(new Set(['a', 'b', 'c', 'd', 'e', 'f', '…']));
});
