import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { hover } from '../../language/hover.ts';
import type { Signature } from '../../core/system.ts';
import { dbt } from './index.ts';

const files = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/stg.sql': 'select 1',
  '/w/macros/money.sql': `{% macro cents(column, precision=2) %}{{ varargs }}{% endmacro %}
{% test positive(model, column_name) %}{% endtest %}
{% materialization mine, default %}{% endmaterialization %}`,
  '/w/dbt_packages/utils/dbt_project.yml': 'name: utils\n',
  '/w/dbt_packages/utils/macros/star.sql': '{% macro star(from, except=[]) %}{% endmacro %}',
};

/** A platform with a model of this text, and the offset that `<|>` marks in it. */
async function at(marked: string) {
  const offset = marked.indexOf('<|>');
  const { platform } = await openFixture([dbt], { ...files, '/w/models/a.sql': marked.replace('<|>', '') });
  return { platform, path: '/w/models/a.sql', offset };
}

async function offered(marked: string): Promise<ReadonlyMap<string, string>> {
  const { platform, path, offset } = await at(marked);
  const { items } = complete(platform, path, offset);
  return new Map(items.map(({ label, insertText }) => [label, insertText ?? label]));
}

test('macros and dbt’s own names are offered with their arguments', async () => {
  const names = await offered('select {{ <|> }}');
  expect(names.get('cents')).toBe('cents(${1:column})');
  expect(names.get('ref')).toBe('ref(${1:model_name})');
  expect(names.get('target')).toBe('target');
  expect(names.get('is_incremental')).toBe('is_incremental()');
  expect(names.get('utils')).toBe('utils');
  expect([...names.keys()].filter((name) => name.includes('positive') || name === 'star')).toEqual([]);
  expect((await offered('{% set mine = 1 %}{{ mi<|> }}')).has('mine')).toBe(true);
  // A block that is being typed, with SQL below.
  expect((await offered('select {{ ce<|>\nfrom x')).has('cents')).toBe(true);
  expect((await offered('select {{ x }} <|>from x')).size).toBe(0);
});

test('behind a dot stand members, or the macros of a package', async () => {
  expect([...(await offered('{{ utils.<|> }}')).entries()]).toEqual([['star', 'star(${1:from})']]);
  expect((await offered('{{ target.<|> }}')).has('schema')).toBe(true);
  expect((await offered('{{ this.sc<|> }}')).has('schema')).toBe(true);
  expect((await offered('{{ adapter.<|> }}')).get('get_relation')).toBe(
    'get_relation(${1:database}, ${2:schema}, ${3:identifier})',
  );
  expect((await offered('{{ dbt.date<|> }}')).has('dateadd')).toBe(true);
});

test('settings and their values', async () => {
  const keys = await offered("{{ config(materialized='table', <|>) }}");
  expect(keys.get('incremental_strategy')).toBe('incremental_strategy=');
  expect(keys.has('materialized')).toBe(false);
  const values = await offered('{{ config(materialized=<|>) }}');
  expect(values.get('incremental')).toBe("'incremental'");
  expect(values.get('mine')).toBe("'mine'");
  expect((await offered("{{ config(on_schema_change='<|>') }}")).get('append_new_columns')).toBe(
    'append_new_columns',
  );
  expect((await offered('{{ config(enabled=<|>) }}')).get('false')).toBe('false');
});

test('arguments, filters, tests and statements', async () => {
  expect((await offered('{{ cents(<|>) }}')).has('precision=')).toBe(true);
  expect((await offered("{{ cents('x', column='y', <|>) }}")).has('column=')).toBe(false);
  expect((await offered('{{ x | <|> }}')).has('upper')).toBe(true);
  expect((await offered('{% if x is not <|> %}{% endif %}')).has('none')).toBe(true);
  expect((await offered('{% if x %}{% for y in x %}{% <|> %}')).keys().next().value).toBe('endfor');
});

async function signatureAt(marked: string): Promise<Signature | undefined> {
  const { platform, path, offset } = await at(marked);
  return dbt.signature!(platform.parsed(path)!, offset, platform.facts);
}

test('the parameters of the call around the cursor', async () => {
  expect(await signatureAt("{{ cents('x', <|>) }}")).toEqual({
    label: 'cents(column, precision=2, …)',
    parameters: [{ label: 'column' }, { label: 'precision=2' }],
    active: 1,
  });
  expect((await signatureAt('{{ cents(f(1, 2), precision=<|>'))?.active).toBe(1);
  expect((await signatureAt("{{ utils.star(ref('stg'), except=['a', <|>]) }}"))?.label).toBe(
    'utils.star(from, except=[])',
  );
  expect((await signatureAt("{{ ref('<|>') }}"))?.parameters.map((each) => each.label)).toEqual([
    'model_name',
    'version=none',
  ]);
  expect((await signatureAt('{{ adapter.get_relation(a, b<|>) }}'))?.active).toBe(1);
  expect(await signatureAt("{{ cents('x') <|>}}")).toBeUndefined();
});

async function hoverAt(marked: string): Promise<string | undefined> {
  const { platform, path, offset } = await at(marked);
  return hover(platform, path, offset)?.markdown;
}

test('what a name is', async () => {
  expect(await hoverAt('{{ this<|> }}')).toBe(
    '`this`\n\nThe relation that this model becomes: `this.schema`, `this.identifier`.',
  );
  expect(await hoverAt('{% if is_incr<|>emental() %}{% endif %}')).toContain('`is_incremental()`');
  expect(await hoverAt('{{ target.na<|>me }}')).toContain('The name of the output');
  expect(await hoverAt("{{ config(mater<|>ialized='table') }}")).toContain('`materialized — a string');
  expect(await hoverAt('{% d<|>o x() %}')).toContain('prints nothing');
  expect(await hoverAt("{{ ce<|>nts('x') }}")).toContain('**cents**');
  expect(await hoverAt('{{ dbt.date<|>add() }}')).toContain(
    '`dbt.dateadd(datepart, interval, from_date_or_timestamp)`',
  );
  expect(await hoverAt('{{ nothing_<|>known }}')).toBeUndefined();
  expect(await hoverAt('sel<|>ect 1')).toBeUndefined();
});
