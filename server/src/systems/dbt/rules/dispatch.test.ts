import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const profile = (outputs: string, target = 'dev'): string =>
  `shop:\n  target: ${target}\n  outputs: {${outputs}}\n`;
const duckdb = 'dev: {type: duckdb}';

const project = (outputs: string, target?: string): Record<string, string> => ({
  '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/profiles.yml': profile(outputs, target),
});

const dispatched = "{% macro cents() %}{{ adapter.dispatch('cents')() }}{% endmacro %}";

test('a dispatch needs a macro for the adapter or for all, whether it is called or not', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
profile: shop
#- /w/profiles.yml
${profile(duckdb)}--- /w/macros/money.sql
{% macro cents(a) %}{% if execute %}{{ adapter.dispatch('cents', 'shop')(a) }}{% endif %}{% endmacro %}
--                                                       ^^^^^ error dbt/undefined-macro: nothing to dispatch to: no macro is named \`duckdb__cents\` or \`default__cents\`; define one of them or correct the name
{% macro snowflake__cents(a) %}{{ a }}{% endmacro %}
{% macro euros(a) %}{{ adapter.dispatch(macro_namespace='shop', macro_name='euros')(a) }}{% endmacro %}
{% macro default__euros(a) %}{{ a }}{% endmacro %}
{% macro days(a) %}{{ adapter.dispatch('dateadd', 'dbt')(a) }}{{ adapter.dispatch('of_another_release', 'dbt')(a) }}{{ adapter.dispatch('_of')(a) }}{% endmacro %}
{% macro duckdb___of(a) %}{{ a }}{% endmacro %}
{% test odd(model) %}{{ adapter.dispatch('odd_rows')() }}{% endtest %}
--                                        ^^^^^^^^ error dbt/undefined-macro: nothing to dispatch to: no macro is named \`duckdb__odd_rows\` or \`default__odd_rows\`; define one of them or correct the name
--- /w/models/a.sql
{{ adapter.dispatch('nothing')() }} {{ adapter.dispatch('euros')() }}
--                   ^^^^^^^ error dbt/undefined-macro: nothing to dispatch to: no macro is named \`duckdb__nothing\` or \`default__nothing\`; define one of them or correct the name
{% if execute %}{{ adapter.dispatch('nothing')() }}{% endif %}
`,
  ));

test.each([
  ['dev: {type: redshift}', 'postgres'],
  ['dev: {type: databricks}', 'spark'],
  ['dev: {type: duckdb}, prod: {type: snowflake}', 'duckdb'],
])('with %s the macro for %s is found', async (outputs, adapter) => {
  const { platform } = await openFixture([dbt], {
    ...project(outputs),
    '/w/macros/m.sql': `${dispatched}{% macro ${adapter}__cents() %}1{% endmacro %}`,
  });
  expect(platform.findings('/w/macros/m.sql')).toEqual([]);
});

test.each([
  ['an adapter of which nothing is known', project('dev: {type: clickhouse}')],
  ['an adapter that Jinja decides', project(`dev: {type: "{{ env_var('T', 'duckdb') }}"}`)],
  [
    'a target that Jinja decides among several adapters',
    {
      ...project('dev: {type: duckdb}, prod: {type: snowflake}', `"{{ env_var('T', 'dev') }}"`),
      '/w/macros/s.sql': '{% macro snowflake__cents() %}1{% endmacro %}',
    },
  ],
  [
    'packages that are not installed',
    { ...project(duckdb), '/w/packages.yml': 'packages: [{package: a/b, version: 1.0.0}]\n' },
  ],
  ['a profile that lies elsewhere', { '/w/dbt_project.yml': 'name: shop\nprofile: shop\n' }],
])('with %s nothing is said', async (_, files) => {
  const { platform } = await openFixture([dbt], { ...files, '/w/macros/m.sql': dispatched });
  expect(platform.findings('/w/macros/m.sql')).toEqual([]);
});

test('with several outputs the adapter of the selected one counts', async () => {
  const outputs = 'prod: {type: snowflake}, dev: {type: duckdb}';
  const { platform } = await openFixture([dbt], {
    ...project(outputs),
    '/w/macros/m.sql': `${dispatched}{% macro snowflake__cents() %}1{% endmacro %}`,
  });
  expect(platform.findings('/w/macros/m.sql').map(({ message }) => message)).toEqual([
    'nothing to dispatch to: no macro is named `duckdb__cents` or `default__cents`; define one of them or correct the name',
  ]);
});

test('a macro that comes is heard of, and so is another adapter', async () => {
  const { platform, files } = await openFixture([dbt], { ...project(duckdb), '/w/macros/m.sql': dispatched });
  const codes = (): readonly string[] => platform.findings('/w/macros/m.sql').map(({ code }) => code);
  expect(codes()).toEqual(['dbt/undefined-macro']);
  files.texts.set('/w/macros/other.sql', '{% macro snowflake__cents() %}1{% endmacro %}');
  platform.update(['/w/macros/other.sql']);
  expect(codes()).toEqual(['dbt/undefined-macro']);
  files.texts.set('/w/profiles.yml', profile('dev: {type: snowflake}'));
  expect([...platform.update(['/w/profiles.yml'])]).toContain('/w/macros/m.sql');
  expect(codes()).toEqual([]);
});

test('dbt v2 looks when the macro is called, and takes one of the very name', async () => {
  const texts = {
    ...project(duckdb),
    '/w/macros/m.sql': `${dispatched}{% macro one(name) %}{{ adapter.dispatch(name)() }}{% endmacro %}`,
    '/w/models/a.sql': "{{ adapter.dispatch('nothing')() }}",
  };
  const findings = async (more: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const version = { version: '2.0.9', source: 'test' };
    const { platform } = await openFixture([dbt], { ...texts, ...more }, ['/w'], version);
    return ['/w/macros/m.sql', '/w/models/a.sql'].flatMap((path) =>
      platform.findings(path).map(({ severity, code }) => `${severity} ${code}`),
    );
  };
  expect(await findings({})).toEqual(['warning dbt/undefined-macro', 'error dbt/undefined-macro']);
  const plain = '{% macro cents() %}1{% endmacro %}{% macro nothing() %}1{% endmacro %}';
  expect(await findings({ '/w/macros/n.sql': plain })).toEqual([]);
});

test.each([
  [
    'name',
    'dbt reads the name that `adapter.dispatch()` is given before anything is evaluated; write it as a string',
  ],
  [
    "'a' ~ 'b'",
    'dbt reads the name that `adapter.dispatch()` is given before anything is evaluated; write it as a string',
  ],
  [
    'macro_name=name',
    'dbt reads the name that `adapter.dispatch()` is given before anything is evaluated; write it as a string',
  ],
  ['', '`adapter.dispatch()` needs the name of a macro as a string; give it'],
  ['*name', '`adapter.dispatch()` needs the name of a macro as a string; give it'],
  ["'shop.cents'", "a name that is dispatched has no dot; write `adapter.dispatch('cents', 'shop')`"],
  [
    "'cents', macro_namespace=name",
    'dbt reads `macro_namespace` before anything is evaluated; write it as a string',
  ],
  ["'cents', name", undefined],
  ["'cents', ['shop']", undefined],
])('adapter.dispatch(%s) in a macro', async (given, message) => {
  const { platform } = await openFixture([dbt], {
    ...project(duckdb),
    '/w/macros/m.sql': `{% macro one(name) %}{{ adapter.dispatch(${given})() }}{% endmacro %}{% macro default__cents() %}1{% endmacro %}`,
  });
  const found = platform.findings('/w/macros/m.sql').map((each) => each.message);
  expect(found).toEqual(message === undefined ? [] : [message]);
});

test('nothing is said of what a call in a macro is given while its braces are open', async () => {
  const text = '{% macro one(name) %}{{ adapter.dispatch(name)';
  const { platform } = await openFixture([dbt], { ...project(duckdb), '/w/macros/m.sql': text });
  expect(platform.findings('/w/macros/m.sql').map(({ code }) => code)).not.toContain('dbt/wrong-arguments');
});
