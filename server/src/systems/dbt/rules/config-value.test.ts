import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const head =
  '#- /w/dbt_project.yml\nname: shop\n--- /w/models/a.sql\nselect 1\n#- /w/dbt_project.yml\nname: shop\n';

test('what dbt 1 takes of configuration and dbt v2 refuses', () =>
  checkFindings(
    [dbt],
    `${head}models:
  shop:
    +tags: {a: 1}
#   ^^^^^ information dbt/refused-by-v2: \`+tags\` must be a string or a list, not a mapping, says dbt v2; begin each item with \`- \`
    +persist_docs: {relation: maybe}
    #                         ^^^^^ information dbt/refused-by-v2: \`relation\` must be true or false, not a string, says dbt v2; correct it
    +meta: x
    #      ^ error dbt/wrong-type: \`meta\` must be a mapping, not a string
`,
  ));

test('what dbt v2 refuses of configuration, and what it is content with', () =>
  checkFindings(
    [dbt],
    `${head}models:
  shop:
    +tags: 5
    #      ^ error dbt/wrong-type: \`+tags\` must be a string or a list, not a number; put it in quotes
    +meta: x
    #      ^ error dbt/wrong-type: \`+meta\` must be a mapping, not a string
    +docs: {node_colour: red}
    #       ^^^^^^^^^^^ error dbt/unknown-key: unknown key \`node_colour\`; did you mean \`node_color\`?
    +enabled: maybe
    #         ^^^^^ warning dbt/wrong-type: \`enabled\` must be true or false, not a string
    +schema: "{{ target.schema }}"
    +query_tag: {a: b}
    +materialized: our_own
    +transient: "yes"
    +static_analysis: off
    +own: x
#   ^^^^ error dbt/refused-by-v2: dbt v2 knows no configuration \`+own\`; write your own below \`+meta\`
`,
    '2.0.0',
  ));

test.each([
  ['1.12.0', 'sources:\n', ['error']],
  ['2.0.0', 'sources:\n', []],
  ['2.0.0', 'dispatch:\nrestrict-access:\ntarget-path:\n', []],
  ['2.0.0', 'query-comment: {colour: red}\n', []],
  ['2.0.0', 'query-comment: [a]\n', ['error']],
  ['2.0.0', 'query-comment: {append: "yes"}\n', ['error']],
  ['1.12.0', 'query-comment: {comment: x, append: }\n', ['information']],
])('dbt %s of %j', async (version, text, severities) => {
  const { platform } = await openFixture(
    [dbt],
    { '/w/dbt_project.yml': `name: shop\nprofile: "{{ env_var('P', 'shop') }}"\n${text}` },
    ['/w'],
    { version, source: 'the test' },
  );
  expect(platform.findings('/w/dbt_project.yml').map(({ severity }) => severity)).toEqual(severities);
});
