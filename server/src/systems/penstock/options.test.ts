import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { complete } from '../../language/complete.ts';
import { rename } from '../../language/rename.ts';
import { hover } from '../../language/hover.ts';
import { dbt } from '../dbt/index.ts';
import { env } from '../env/index.ts';
import { penstock } from './index.ts';

const systems = [dbt, env, penstock];
const platform = `
#- /w/dbt/dbt_project.yml
name: shop
#- /w/dbt/models/staging/stg_orders.sql
select 1 as id
#- /w/dbt/models/marts/fct_orders.sql
{{ config(materialized='table', tags=['nightly', "wee-kly"]) }} select 1 as id
#- /w/dbt/seeds/countries.csv

#- /w/dbt/selectors.yml
selectors:
  - { name: nightly, definition: { method: path, value: models } }
#- /w/dbt/models/s.yml
sources:
  - { name: raw, tables: [{ name: orders, config: { tags: [raw] } }] }
`;
const check = (text: string): Promise<void> =>
  checkFindings(systems, `${platform}\n#- /w/penstock.yaml\n${text}`);

async function open(text: string) {
  const texts = {
    '/w/penstock.yaml': text,
    '/w/dbt/dbt_project.yml': 'name: shop\n',
    '/w/dbt/models/staging/stg_orders.sql': 'select 1 as id',
  };
  return (await openFixture(systems, texts)).platform;
}

test('all that an entry may say', () =>
  check(`
version: 1
pipelines:
  daily:
    title: All of it
    parameters:
      scope: { type: choice, options: [marts, staging], default: marts, description: What to build }
      days: { type: number, default: 7 }
      full: { type: boolean, default: false }
      note:
    env: { DAYS: '\${{ parameters.days }}', HOME_DIR: '\${HOME}' }
    steps:
      - step: dbt:build
        select: [stg_orders+, 'tag:nightly,+fct_orders', 'tag:wee-kly', 'tag:night*', 'path:models/staging', '\${{ parameters.scope }}', 'source:raw.orders+', selector:nightly, countries staging, shop]
        exclude: config.materialized:view
        env: { FULL: '\${{ parameters.full }}' }
        timeout: 1h30m
        retries: { count: 2, delay: 10s, backoff: 1.5 }
        allow-failure: true
      - run: [echo, '\${{ parameters.note }}']
        timeout: 90s
        retries: 1
        allow-failure: false
#- /w/.env
HOME=/home/me
`));

test('a variable that nothing sets, without which the run does not begin', () =>
  check(`
pipelines:
  daily:
    env: { A: '\${GONE}', B: '\${A}', C: '\${GONE:-x}', D: '$\${GONE}', E: '\${ASKED}' }
    #            ^^^^ information env/undefined-variable: nothing here sets \`GONE\`, and it must be set; add it to \`.env\`
    steps:
    - { step: dbt:build, env: { G: '\${TARGET}', H: '\${GONE} too' } }
    #                                 ^^^^^^ information env/undefined-variable: nothing here sets \`TARGET\`, and it must be set; add it to \`.env\`
    #                                                 ^^^^ information env/undefined-variable: nothing here sets \`GONE\`, and it must be set; add it to \`.env\`
    - { step: pipeline:inner, env: { REGION: eu } }
  inner:
    env: { H: '\${REGION}' }
    steps: [dbt:test]
#- /w/.env.example
ASKED=
`));

test.each([
  ['of a pipeline', 'pipelines:\n  a:\n    env: { A: "${DB<|>" }\n    steps: [dbt:build]\n'],
  ['of an entry', 'pipelines:\n  a:\n  - step: dbt:build\n    env:\n      A: x-${<|>}\n'],
])('variables complete in the variables %s', async (_whose, text) => {
  const { platform } = await openFixture(systems, {
    '/w/penstock.yaml': text.replace('<|>', ''),
    '/w/.env': 'DB_HOST=x\n',
  });
  const labels = complete(platform, '/w/penstock.yaml', text.indexOf('<|>')).items.map(({ label }) => label);
  expect(labels).toContain('DB_HOST');
});

test('names in a selection are those of the project that the step belongs to', () =>
  check(`
pipelines:
  daily:
  - step: dbt:build
    select: stg_ordrs+ fct_orders,source:raw.order
    #       ^^^^^^^^^ warning dbt/empty-selection: no model, seed, snapshot or folder is named \`stg_ordrs\`, so this selects nothing; did you mean \`stg_orders\`?
    #                                        ^^^^^ warning dbt/undefined-source-table: source \`raw\` has no table \`order\`; did you mean \`orders\`?
    exclude: [selector:nightlie, not_null_stg_orders_id, 'stg_*', staging.stg_orders]
    #                  ^^^^^^^^ error dbt/undefined-selector: no selector is named \`nightlie\`; did you mean \`nightly\`?
    needs: []
  - { step: dbt:build, id: b, select: 'tag:nigtly,tag:raw', needs: [] }
  #                                        ^^^^^^ warning dbt/empty-selection: nothing has the tag \`nigtly\`, so this selects nothing; did you mean \`nightly\`?
  - { step: dbt:test@dbt, select: nowhere, needs: [] }
  #                               ^^^^^^^ warning dbt/empty-selection: no model, seed, snapshot or folder is named \`nowhere\`, so this selects nothing; correct the name
  - { step: dbt:test@elsewhere, id: c, select: stg_orders, needs: [] }
  #         ^^^^^^^^^^^^^^^^^^ error penstock/undefined-step: no project at \`elsewhere\` has a step \`dbt:test\`; there is \`dbt:test@dbt\`
  - { step: dbt:tset@dbt, id: d, select: nowhere, needs: [] }
  #         ^^^^^^^^ error penstock/undefined-step: there is no step \`dbt:tset\` in this workspace; did you mean \`dbt:test\`?
`));

test('a step that runs one thing, and a pipeline, cannot be narrowed', () =>
  check(`
pipelines:
  short: [dbt:run]
  daily:
  - { step: dbt:test/stg_orders, select: x }
  #                              ^^^^^^ error penstock/no-selection: \`dbt:test/stg_orders\` takes no selection; remove it, or name a step that runs many things
  - { step: pipeline:short, env: { A: b }, timeout: 5m, retries: 1 }
  #                                        ^^^^^^^ error penstock/not-for-pipeline: \`timeout\` has no effect on a whole pipeline; set it on the entries of \`short\`
  #                                                     ^^^^^^^ error penstock/not-for-pipeline: \`retries\` has no effect on a whole pipeline; set it on the entries of \`short\`
  - { step: dbt:gone, select: x }
  #         ^^^^^^^^ error penstock/undefined-step: there is no step \`dbt:gone\` in this workspace; correct the name, \`penstock steps\` lists them all
`));

test('times that cannot be read', () =>
  check(`
pipelines:
  daily:
  - step: dbt:run
    timeout: 5 minutes
    #        ^^^^^^^^^ error penstock/invalid-duration: \`5 minutes\` is no duration; write hours, minutes and seconds, as \`1h\`, \`5m\`, \`90s\` or \`1h30m\`
    retries: { count: 1, delay: 1m1h }
    #                           ^^^^ error penstock/invalid-duration: \`1m1h\` is no duration; write hours, minutes and seconds, as \`1h\`, \`5m\`, \`90s\` or \`1h30m\`
  - step: dbt:test
    timeout: 0s
    #        ^^ error penstock/invalid-duration: nothing can end in no time; write a longer duration, as \`90s\`
    retries: -1
    #        ^^ error penstock/invalid-value: \`-1\` is too small; it must be at least 0
  - { step: dbt:seed, timeout: 1.5s, retries: { count: 1, delay: 0s } }
`));

test('references to what is no parameter, and parameters that nothing refers to', () =>
  check(
    `
pipelines:
  inner:
    parameters: { level: { default: low } }
    steps: [{ run: 'echo \${{ parameters.level }}' }]
  daily:
    parameters:
      level: {}
      lone: {}
     #^^^^ information penstock/unused-parameter: nothing uses the parameter \`lone\`; write \`\${{ parameters.lone }}\` where it counts, or remove it
    env: { A: 'x \${{ parameters.lvl }}' }
    #                           ^^^ error penstock/undefined-parameter: this pipeline has no parameter \`lvl\`; declare it under \`parameters\`, or correct the name
    steps:
      - pipeline:inner
      - run: echo "\${{ params.x }}" \${{ parameters. }}
      #            ^^^^^^^^^^^^^^^ error penstock/invalid-reference: \`\${{ params.x }}\` names no parameter; write \`\${{ parameters.name }}\`
      #                             ^^^^^^^^^^^^^^^^^^ error penstock/invalid-reference: \`\${{ parameters. }}\` names no parameter; write \`\${{ parameters.name }}\`
      - run: 'echo \${{ parameters.x'
      #            ^^^^^^^^^^^^^^^^ error penstock/invalid-reference: this reference is not closed; write \`\${{ parameters.name }}\`
`
      .replace('     # ^^^^ information', '      #<- information')
      .replace('#<- information', '#^^^^^ information'),
  ));

test('defaults that a parameter would refuse', () =>
  check(`
pipelines:
  daily:
    parameters:
      a: { type: number, default: many }
      #                           ^^^^ error penstock/invalid-default: the default \`many\` is no number; write one, or another \`type\`
      b: { type: boolean, default: 'true' }
      #                             ^^^^ error penstock/invalid-default: the default \`true\` is neither \`true\` nor \`false\`; write one of them, or another \`type\`
      c: { type: choice, options: [low, high], default: hihg }
      #                                                 ^^^^ error penstock/invalid-default: the default \`hihg\` is none of the options; did you mean \`high\`?
      d: { type: choice }
      #          ^^^^^^ error penstock/missing-key: a choice needs \`options\`; list its values
      e: { type: string, options: [a] }
      #                  ^^^^^^^ warning penstock/invalid-value: \`options\` count only for a \`choice\`, not for a \`string\`; write \`type: choice\`
      f: { type: text }
      #          ^^^^ error penstock/invalid-value: \`text\` is no value for \`type\`; it must be one of \`string\`, \`number\`, \`boolean\` or \`choice\`
    steps: [{ run: [echo, '\${{ parameters.a }}\${{ parameters.b }}\${{ parameters.c }}\${{ parameters.d }}\${{ parameters.e }}\${{ parameters.f }}'] }]
`));

test('broken YAML says nothing of names', () =>
  check(`
pipelines:
  daily: [{ step: dbt:build, select: [nope
  #      ^ error yaml/syntax: this \`[\` is not closed; add \`]\`
`));

test('a model that is renamed is renamed in selections, a parameter wherever it stands', async () => {
  const text =
    'pipelines:\n  daily:\n    parameters: { tag: {} }\n    steps:\n    - { step: dbt:build, select: "stg_orders+ ${{ parameters.tag }}", exclude: [stg_orders] }\n';
  const opened = await open(text);
  const written = (offset: number, to: string): string => {
    const done = rename(opened, '/w/penstock.yaml', offset, to);
    if (!done || 'refused' in done) throw new Error(done?.refused);
    return done.edits
      .filter(({ path }) => path === '/w/penstock.yaml')
      .reduceRight(
        (now, { span, newText }) => now.slice(0, span.start) + newText + now.slice(span.end),
        text,
      );
  };
  expect(written(text.indexOf('stg_orders') + 1, 'orders')).toBe(text.replaceAll('stg_orders', 'orders'));
  expect(written(text.indexOf('parameters.tag') + 12, 'label')).toBe(text.replaceAll('tag', 'label'));
  expect(hover(opened, '/w/penstock.yaml', text.indexOf('parameters.tag') + 12)?.markdown).toContain(
    'has to be set',
  );
  const model = rename(opened, '/w/dbt/models/staging/stg_orders.sql', 0, 'orders');
  expect(model).toBeUndefined();
});

test('the steps carry it all to those who run them', async () => {
  const opened = await open(`
pipelines:
  daily:
    parameters: { tag: { default: x }, level: { type: choice, options: [1, 2] } }
    env: { A: '\${HOME}' }
    steps:
    - step: dbt:build
      select: tag:\${{ parameters.tag }}
      timeout: 5m
      retries: { count: 2, delay: 1s }
      allow-failure: true
    - { id: c, run: 'echo "a \${{ parameters.level }}" \${{ parameters.level }}b', env: { B: c } }
`);
  const steps = new Map(opened.steps().map((step) => [step.id, step]));
  expect(steps.get('pipeline:daily')).toMatchObject({
    parameters: [
      { name: 'tag', type: 'string', default: 'x' },
      { name: 'level', type: 'choice', options: ['1', '2'] },
    ],
    work: {
      env: { A: '${HOME}' },
      steps: [
        {
          step: 'dbt:build',
          selection: { select: ['tag:${{ parameters.tag }}'], exclude: [] },
          timeoutMs: 300_000,
          retries: { count: 2, delayMs: 1_000, backoff: 1 },
          allowFailure: true,
        },
        { step: 'pipeline:daily/c', env: { B: 'c' } },
      ],
    },
  });
  expect(steps.get('pipeline:daily/c')).toMatchObject({
    parameters: [{ name: 'level' }],
    work: {
      args: ['a ${{ parameters.level }}', '${{ parameters.level }}b'],
      env: { A: '${HOME}', B: 'c' },
      isTemplate: true,
    },
  });
  const narrowed = opened.stepList.narrow(steps.get('dbt:build')!, { select: ['a', 'b'], exclude: ['c'] });
  expect('work' in narrowed && narrowed.work.kind === 'command' && narrowed.work.args.slice(-6)).toEqual([
    'build',
    '--select',
    'a',
    'b',
    '--exclude',
    'c',
  ]);
  const selector = opened.stepList.narrow(steps.get('dbt:build')!, { select: ['selector:x'], exclude: [] });
  expect(selector).toMatchObject({ work: { args: expect.arrayContaining(['--selector', 'x']) as unknown } });
  for (const [step, select] of [
    ['dbt:build', '--full-refresh'],
    ['dbt:model/stg_orders', 'a'],
    ['pipeline:daily/c', 'a'],
  ] as const)
    expect(opened.stepList.narrow(steps.get(step)!, { select: [select], exclude: [] })).toHaveProperty(
      'refused',
    );
});

test('options of a tool, as they are written; a parameter that is not there is told', async () => {
  const platform = await open(
    'pipelines:\n  daily:\n    parameters: { to: }\n    steps:\n      - step: dbt:build\n        with: { target: "${{ parameters.to }}", full-refresh: true, threads: 4 }\n',
  );
  expect(platform.findings('/w/penstock.yaml')).toEqual([]);
  const daily = platform.steps().find(({ id }) => id === 'pipeline:daily');
  expect(daily?.work).toMatchObject({
    steps: [{ options: { target: '${{ parameters.to }}', 'full-refresh': 'true', threads: '4' } }],
  });
  await check(`pipelines:
  daily:
    parameters: { to: }
    steps:
      - step: dbt:build
        with: { target: '\${{ parameters.to }}', select: '\${{ parameters.ot }}' }
        #                                                               ^^ error penstock/undefined-parameter: this pipeline has no parameter \`ot\`; did you mean \`to\`?
`);
});

test('steps of a seed, a snapshot, a source, a macro and a unit test follow the rename of what they run', async () => {
  const file = (names: Readonly<Record<string, string>>): string =>
    `pipelines:\n  daily:\n  - dbt:seed/${names['seed']}\n  - dbt:snapshot/${names['snapshot']}\n  - dbt:freshness/source:raw.${names['table']}\n  - dbt:run-operation/${names['macro']}\n  - { step: dbt:build, select: '${names['test']} tag:x' }\n`;
  const names = { seed: 'countries', snapshot: 'history', table: 'orders', macro: 'grant', test: 'adds_up' };
  const texts = {
    '/w/penstock.yaml': file(names),
    '/w/dbt/dbt_project.yml': 'name: shop\n',
    '/w/dbt/seeds/countries.csv': 'id\n1\n',
    '/w/dbt/macros/m.sql': '{% macro grant() %}{% endmacro %}',
    '/w/dbt/models/a.sql': '{{ config(tags=["x"]) }} select 1 as id',
    '/w/dbt/models/s.yml':
      "sources:\n- name: raw\n  tables: [{ name: orders }]\nsnapshots:\n- name: history\n  relation: ref('a')\nunit_tests:\n- name: adds_up\n  model: a\n  given: []\n  expect: { rows: [{ id: 1 }] }\nseeds:\n- name: countries\n",
  };
  for (const [what, name] of Object.entries(names)) {
    const [path, text] = Object.entries(texts).find(
      ([at, each]) => at !== '/w/penstock.yaml' && new RegExp(`\\b${name}\\b`).test(each),
    )!;
    const marked = text.replace(new RegExp(`\\b${name}\\b`), `<|>${name}`);
    const after = await renamed(systems, { ...texts, [path]: marked }, 'other');
    expect(after).toMatchObject({ '/w/penstock.yaml': file({ ...names, [what]: 'other' }) });
  }
});

test('a unit test can be selected by its own name', () =>
  check(`
pipelines:
  daily:
  - { step: dbt:test, select: 'counts_well unit_test:counts_wel' }
  #                                                  ^^^^^^^^^^ warning dbt/empty-selection: no unit test is named \`counts_wel\`, so this selects nothing; did you mean \`counts_well\`?
#- /w/dbt/models/unit.yml
unit_tests:
  - { name: counts_well, model: stg_orders, given: [], expect: { rows: [{ id: 1 }] } }
`));
