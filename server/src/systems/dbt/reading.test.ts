import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { ParsedFile } from '../../core/system.ts';
import { folds } from '../../language/fold.ts';
import { dbtLinks } from './links.ts';
import { dbt } from './index.ts';
import { dbtTokens } from './semantic-tokens.ts';

async function open(path: string, text: string): Promise<{ file: ParsedFile; fold: () => unknown }> {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\n', [path]: text });
  const fold = () => folds(platform, path)?.map(({ start, end }) => [start, end]);
  return { file: platform.parsed(path)!, fold };
}

test('Jinja blocks fold, the line that closes them stays; so does what is indented', async () => {
  const text = `{{ config(
    materialized='view'
) }}
with x as (
    select 1
)
{% macro a() %}
{% if b %}
one
{% else %}
two
{% endif %}
{% endmacro %}
{% set c = 1 %}
select * from x`;
  expect(await (await open('/w/models/a.sql', text)).fold()).toEqual([
    [0, 1],
    [3, 4],
    [6, 11],
    [7, 8],
    [9, 10],
  ]);
});

test('blocks that do not close fold nothing wrong, and YAML is left to indentation', async () => {
  expect(await (await open('/w/models/a.sql', '{% if a %}\n{% endfor %}\nx\n')).fold()).toBeUndefined();
  expect(await (await open('/w/models/a.yml', 'models:\n  - name: a\n')).fold()).toBeUndefined();
});

test('names of dbt in SQL have colours of their own', async () => {
  const text =
    "{% macro m(x) %}select {{ m(1) }} from {{ ref('a') }}, {{ source('s', 't') }} {{ var('v') }}{% endmacro %}";
  const { file } = await open('/w/macros/a.sql', text);
  expect(
    dbtTokens(file).map(({ span, type, isDeclaration = false }) => [
      text.slice(span.start, span.end),
      type,
      isDeclaration,
    ]),
  ).toEqual([
    ['m', 'function', true],
    ['m', 'function', false],
    ['a', 'class', false],
    ['s', 'class', false],
    ['t', 'class', false],
    ['v', 'variable', false],
  ]);
});

test('a package on disk can be opened from where it is named', async () => {
  const text = 'packages:\n- local: ../shared\n- package: a/b\n  version: 1.0.0\n';
  const { file } = await open('/w/packages.yml', text);
  expect(dbtLinks(file).map(({ span, target }) => [text.slice(span.start, span.end), target])).toEqual([
    ['../shared', '/shared/dbt_project.yml'],
  ]);
});
