import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

test('a package that restricts access shows what is public alone', async () => {
  const files = (marker: string): Readonly<Record<string, string>> => ({
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/dbt_packages/shared/dbt_project.yml': `name: shared\n${marker}`,
    '/w/dbt_packages/shared/models/calendar.sql': 'select 1',
    '/w/dbt_packages/shared/models/days.sql': "select * from {{ ref('calendar') }}",
    '/w/dbt_packages/shared/models/open.sql': '{{ config(access="public") }}select 1',
    '/w/models/a.sql': "select * from {{ ref('shared', 'calendar') }} cross join {{ ref('open') }}",
  });
  const messages = async (marker: string, more: Readonly<Record<string, string>> = {}) => {
    const { platform } = await openFixture([dbt], { ...files(marker), ...more });
    return platform.findings('/w/models/a.sql').map(({ code, severity }) => `${severity} ${code}`);
  };
  expect(await messages('restrict-access: true\n')).toEqual(['error dbt/private-node']);
  expect(await messages('')).toEqual([]);
  // The folders' configuration may make it public.
  expect(await messages('restrict-access: true\nmodels: {+access: public}\n')).toEqual([]);
  expect(
    await messages('restrict-access: true\n', {
      '/w/dbt_project.yml': 'name: shop\nmodels: {shared: {+access: public}}\n',
    }),
  ).toEqual([]);
});

test('a private model is for its group', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
--- /w/models/a.sql
select 1 as id
#- /w/models/s.yml
groups:
  - name: sales
    owner: { name: Ann }
models:
  - name: a
    config: { access: private, group: sales }
  - name: c
    config: { group: sales }
    columns:
      - name: id
        data_tests:
          - relationships: { arguments: { to: ref('a'), field: id } }
exposures:
  - name: board
    type: dashboard
    owner: { name: Ann }
    depends_on: [ref('a')]
#                     ^ error dbt/private-node: \`a\` is private to the group \`sales\`, and dbt refuses to let others read it; join the group, or make it \`protected\`
--- /w/models/c.sql
select * from {{ ref('a') }}
--- /w/models/d.sql
select * from {{ ref('a') }}
--                    ^ error dbt/private-node: \`a\` is private to the group \`sales\`, and dbt refuses to let others read it; join the group, or make it \`protected\`
`,
  ));

test('an edit of a properties file is heard of where a private model is read', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1 as id',
    '/w/models/b.sql': "select * from {{ ref('a') }}",
    '/w/models/s.yml': 'models:\n  - name: a\n',
  };
  const { platform, files } = await openFixture([dbt], texts);
  const codes = (): readonly string[] => platform.findings('/w/models/b.sql').map(({ code }) => code);
  expect(codes()).toEqual([]);
  files.texts.set('/w/models/s.yml', 'models:\n  - name: a\n    config: { access: private }\n');
  platform.update(['/w/models/s.yml']);
  expect(codes()).toEqual(['dbt/private-node']);
});

test('a group or an access in the file of a model counts, too', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
#- /w/models/s.yml
groups:
  - name: sales
    owner: { name: Ann }
--- /w/models/a.sql
{{ config(access='private', group='sales') }} select 1
--- /w/models/b.sql
{{ config(group='sales') }} select * from {{ ref('a') }}
--- /w/models/c.sql
select * from {{ ref('a') }}
--                    ^ error dbt/private-node: \`a\` is private to the group \`sales\`, and dbt refuses to let others read it; join the group, or make it \`protected\`
`,
  ));
