import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../test/support/check.ts';
import { finderOf } from '../../core/told-options.ts';
import { complete } from '../../language/complete.ts';
import { defaultFindingSettings, diagnose } from '../../language/diagnose.ts';
import { hover } from '../../language/hover.ts';
import { compose } from '../compose/index.ts';
import { dbt } from '../dbt/index.ts';
import { env } from '../env/index.ts';
import { meltano } from '../meltano/index.ts';
import { penstock } from './index.ts';

const systems = [dbt, meltano, compose, env, penstock];
const platform = `
#- /w/dbt/dbt_project.yml
name: shop
profile: shop
vars: { day: '2026-01-01', days: 7 }
#- /w/dbt/profiles.yml
shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: dev.duckdb }
    prod: { type: duckdb, path: prod.duckdb }
#- /w/dbt/models/orders.sql
select 1 as id
#- /w/dbt/macros/grant.sql
{% macro grant(role, dry=true) %}{% endmacro %}
`;
const check = (text: string): Promise<void> =>
  checkFindings(systems, `${platform}\n#- /w/penstock.yaml\n${text}`);

async function open(text: string) {
  const { platform: opened, files } = await openFixture(systems, {
    ...textsOf(platform),
    '/w/penstock.yaml': text.replace('<|>', ''),
  });
  return { platform: opened, files };
}

test('options that steps take', () =>
  check(`
pipelines:
  daily:
    parameters: { target: {}, count: { type: number, default: 2 } }
    steps:
    - { step: dbt:build, with: { target: prod, full-refresh: true, threads: 4, vars.day: '2026-02-01', vars.days: 3 } }
    - { step: dbt:run, with: { target: '\${{ parameters.target }}', threads: '\${{ parameters.count }}' } }
    - { step: dbt:run-operation/grant, with: { args.role: reporter, args.dry: false } }
    - { step: dbt:seed, with: }
    - { step: dbt:test@dbt, with: { 'target': "dev" } }
`));

test('names and values that the run would refuse', () =>
  check(`
pipelines:
  daily:
    - step: dbt:build
      with:
        full-refersh: true
       #^^^^^^^^^^^^ error penstock/unknown-key: there is no parameter \`full-refersh\` here; did you mean \`full-refresh\`?
        target: prd
        #       ^^^ error penstock/invalid-value: parameter \`target\`: \`prd\` is none of its options (\`dev\`, \`prod\`); did you mean \`prod\`?
        threads: many
        #        ^^^^ error penstock/invalid-value: parameter \`threads\`: \`many\` is no number
        fail-fast: 'yes'
        #           ^^^ error penstock/invalid-value: parameter \`fail-fast\`: \`yes\` is neither \`true\` nor \`false\`
    - { step: dbt:run, with: { vars.dya: 1, threads: 1.5, vars: '[1]' } }
    #                          ^^^^^^^^ error penstock/unknown-key: there is no parameter \`vars.dya\` here; did you mean \`vars.day\`?
    #                                                ^^^ error penstock/invalid-value: parameter \`threads\` must be a whole number, which \`1.5\` is not
    #                                                            ^^^ error penstock/invalid-value: parameter \`vars\` must be a mapping in YAML: \`{name: value}\`
    - { step: dbt:run-operation/grant, with: { roles: '\${{ parameters.x }}' } }
    #                                          ^^^^^ error penstock/unknown-key: there is no parameter \`roles\` here
    #                                                                 ^ error penstock/undefined-parameter: this pipeline has no parameter \`x\`; declare it under \`parameters\`, or correct the name
`));

test('what a step must be told', () =>
  check(`
#- /w/load/meltano.yml
default_environment: dev
environments: [{ name: dev }]
plugins:
  extractors: [{ name: tap-a, namespace: a, executable: a }, { name: tap-b, namespace: b, executable: b }]
  loaders: [{ name: target-c, namespace: c, executable: c }]
#- /w/penstock.yaml
pipelines:
  daily:
    - meltano:run
    # ^^^^^^^^^^^ error penstock/missing-key: parameter \`extractor\` has no value; give it one: with: { extractor: … }
    - { step: meltano:run, id: a, with: { extractor: tap-a, environment: dev } }
    - { step: meltano:run, id: b, with: { extractor: } }
    #                                     ^^^^^^^^^ error penstock/invalid-value: \`extractor\` is empty but must be a string, a number or true or false; fill it in or remove the key
`));

test('nothing is said of options of a step that is not there, of a pipeline, or of what cannot be read whole', async () => {
  await check(`
pipelines:
  short: [dbt:build]
  daily:
    - { step: dbt:bild, with: { anything: 1 } }
    #         ^^^^^^^^ error penstock/undefined-step: there is no step \`dbt:bild\` in this workspace; did you mean \`dbt:build\`?
    - { step: pipeline:short, with: { target: prod } }
    #                         ^^^^ error penstock/not-for-pipeline: \`with\` has no effect on a whole pipeline; set it on the entries of \`short\`
`);
  const text = 'pipelines: { a: [{ step: dbt:run, with: { vars.other: 1 } }] }\n';
  const { platform: opened, files } = await open(text);
  const codes = (): readonly string[] =>
    diagnose(opened, '/w/penstock.yaml', defaultFindingSettings).map(({ code }) => code);
  expect(codes()).toEqual(['penstock/unknown-key']);
  files.texts.set('/w/dbt/dbt_project.yml', "name: shop\nprofile: shop\nvars: { day: '2026-01-01'\n");
  expect(opened.update(['/w/dbt/dbt_project.yml'])).toContain('/w/penstock.yaml');
  expect(codes()).toEqual([]);
  files.texts.set('/w/dbt/dbt_project.yml', 'name: shop\nprofile: shop\nvars: { other: 2 }\n');
  expect(opened.update(['/w/dbt/dbt_project.yml'])).toContain('/w/penstock.yaml');
  expect(codes()).toEqual([]);
});

test('a file that is mended lets what is told to its steps be looked at again, though it names what it named', async () => {
  const text = 'pipelines: { a: [{ step: dbt:run-operation/grant, with: { args.rule: x } }] }\n';
  const { platform: opened, files } = await open(text);
  const codes = (): readonly string[] =>
    diagnose(opened, '/w/penstock.yaml', defaultFindingSettings).map(({ code }) => code);
  expect(codes()).toEqual(['penstock/unknown-key']);
  const path = '/w/dbt/selectors.yml';
  const whole = 'selectors: []\n';
  const write = (now: string): ReadonlySet<string> => {
    files.texts.set(path, now);
    return opened.update([path]);
  };
  write(whole);
  const before = opened.facts.revision;
  expect(write('selectors: [\n')).toContain('/w/penstock.yaml');
  expect(codes()).toEqual([]);
  expect(write(whole)).toContain('/w/penstock.yaml');
  expect(codes()).toEqual(['penstock/unknown-key']);
  expect(opened.facts.revision).toBe(before);
  // What breaks nothing is nobody else's.
  expect(write(`${whole}\n`)).not.toContain('/w/penstock.yaml');
});

test('values are held to the profile that the project has now', async () => {
  const { platform: opened, files } = await open(
    'pipelines: { a: [{ step: dbt:run, with: { target: ci } }] }\n',
  );
  const codes = (): readonly string[] =>
    diagnose(opened, '/w/penstock.yaml', defaultFindingSettings).map(({ code }) => code);
  expect(codes()).toEqual(['penstock/invalid-value']);
  files.texts.set(
    '/w/dbt/profiles.yml',
    `${files.texts.get('/w/dbt/profiles.yml')}\nother: { outputs: { ci: { type: duckdb } } }\n`,
  );
  opened.update(['/w/dbt/profiles.yml']);
  expect(codes()).toEqual(['penstock/invalid-value']);
  files.texts.set('/w/dbt/dbt_project.yml', 'name: shop\nprofile: other\n');
  expect(opened.update(['/w/dbt/dbt_project.yml'], new Set())).toContain('/w/penstock.yaml');
  expect(codes()).toEqual([]);
});

test('names are held to the version that the project is read with now', async () => {
  const text = 'pipelines: { a: [{ step: dbt:run, with: { sample: 3 days } }] }\n';
  const { platform: opened, files } = await open(text);
  const messages = (): readonly string[] =>
    diagnose(opened, '/w/penstock.yaml', defaultFindingSettings).map(({ message }) => message);
  expect(messages()).toEqual([]);
  const marker = '/w/dbt/dbt_project.yml';
  files.texts.set(marker, `${files.texts.get(marker)}\nrequire-dbt-version: ['>=1.7.0', '<1.8.0']\n`);
  expect(opened.update([marker], new Set())).toContain('/w/penstock.yaml');
  expect(messages()).toEqual(['there is no parameter `sample` here']);
});

test('the name or value that was meant is a fix', async () => {
  const text = "pipelines: { a: [{ step: dbt:run, with: { 'targte': dev, threads: 1 } }] }\n";
  const { platform: opened } = await open(text);
  const [finding] = diagnose(opened, '/w/penstock.yaml', defaultFindingSettings);
  const [{ span, newText } = { span: { start: 0, end: 0 }, newText: '' }] = finding!.fixes![0]!.edits;
  expect(text.slice(0, span.start) + newText + text.slice(span.end)).toBe(
    text.replace("'targte'", "'target'"),
  );
});

async function offered(text: string): Promise<readonly string[]> {
  const { platform: opened } = await open(text);
  const { items } = complete(opened, '/w/penstock.yaml', text.indexOf('<|>'));
  return items.map(({ label, detail = '', insertText = label }) => `${insertText}| ${detail}`.trim());
}

test.each([
  ['in an empty mapping', '{ step: dbt:run-operation/grant, with: {<|>} }'],
  [
    'in a block',
    '{ step: dbt:run-operation/grant }\n    - step: dbt:run-operation/grant\n      with:\n        <|>',
  ],
])('options are offered %s', async (_where, entry) => {
  expect(await offered(`pipelines:\n  daily:\n    - ${entry}\n`)).toEqual([
    'target: | choice · default `dev`',
    'threads: | number',
    'args.role: | string',
    'args.dry: | boolean · default `true`',
    'vars.day: | string · default `2026-01-01`',
    'vars.days: | number · default `7`',
    'args: | string',
    'vars: | string',
  ]);
});

test('options that are there are not offered again, nor is a colon that is', async () => {
  const names = await offered(
    'pipelines:\n  daily:\n    - { step: dbt:debug, with: { target: dev, vars.day: a, <|> } }\n',
  );
  expect(names).toEqual(['vars.days: | number · default `7`', 'vars: | string']);
  const block =
    'pipelines:\n  daily:\n    - step: dbt:debug\n      with:\n        target: dev\n        va<|>: 1\n';
  expect(await offered(block)).toEqual([
    'vars.day| string · default `2026-01-01`',
    'vars.days| number · default `7`',
    'vars| string',
  ]);
});

test.each([
  ['- { step: dbt:run, with: { target: <|> } }', ['dev| default', 'prod|']],
  ['- { step: dbt:run, with: { target: pr<|>, threads: 1 } }', ['dev| default', 'prod|']],
  ['- step: dbt:run\n      with:\n        full-refresh: <|>', ['true|', 'false| default']],
  ['- step: dbt:run\n      with: { threads: <|> }', []],
  ['- { step: dbt:nothing, with: { target: <|> } }', []],
])('values of an option in %j', async (entry, values) => {
  expect(await offered(`pipelines:\n  daily:\n    ${entry}\n`)).toEqual(values);
});

test('a name says what it is', async () => {
  const text = 'pipelines:\n  daily:\n    - { step: dbt:run, with: { target: prod, vars.days: 3 } }\n';
  const { platform: opened } = await open(text);
  const told = (at: string): string | undefined =>
    hover(opened, '/w/penstock.yaml', text.indexOf(at) + 2)?.markdown;
  expect(told('target')).toBe(
    '**target** — choice\n\nthe output of the profile\n\nOne of `dev`, `prod`.\n\nDefault: `dev`.',
  );
  expect(told('vars.days')).toBe('**vars.days** — number\n\na variable of the project\n\nDefault: `7`.');
  expect(told('with')).toContain('Options of the step’s tool'.replace('’', "'"));
});

test('a project behind @ is seen from the folder of penstock.yaml, by findings, selections and runs alike', async () => {
  const own = `
#- /w/sub/dbt/dbt_project.yml
name: own
profile: own
#- /w/sub/dbt/profiles.yml
own: { target: test, outputs: { test: { type: duckdb, path: test.duckdb } } }
#- /w/sub/dbt/models/only_here.sql
select 1 as id
#- /w/sub/penstock.yaml
pipelines:
  daily:
  - { step: dbt:build@dbt, id: a, select: only_here, with: { target: test } }
  - { step: dbt:build, id: b, with: { target: test } }
  - { step: dbt:build@../dbt, id: c, select: orders, with: { target: prod } }
  - { step: dbt:run@dbt, id: d, select: orders, with: { target: prod } }
`;
  const { platform: opened } = await openFixture(systems, textsOf(`${platform}${own}`));
  const found = diagnose(opened, '/w/sub/penstock.yaml', defaultFindingSettings);
  const source = opened.source('/w/sub/penstock.yaml')!;
  expect(found.map(({ span }) => `${source.positionAt(span.start).line} ${source.slice(span)}`)).toEqual([
    '5 orders',
    '5 prod',
  ]);
  const pipeline = opened.steps().find(({ id }) => id === 'pipeline:daily')!;
  const entries = pipeline.work.kind === 'pipeline' ? pipeline.work.steps : [];
  const find = finderOf(opened);
  expect(entries.map(({ step }) => find(step, pipeline)?.project)).toEqual([
    '/w/sub/dbt',
    '/w/sub/dbt',
    '/w/dbt',
    '/w/sub/dbt',
  ]);
  expect(find('dbt:build@dbt', { project: '/w' })?.project).toBe('/w/dbt');
});

test('a check asks after the runs of a step that is there, and need not say whose', () =>
  check(`
pipelines:
  daily: [dbt:build@dbt]
checks:
  a: { ran: dbt:build@dbt }
  b: { ran: dbt:build@nowhere }
  #         ^^^^^^^^^^^^^^^^^ error penstock/undefined-step: no project at \`nowhere\` has a step \`dbt:build\`; there is \`dbt:build@dbt\`, \`dbt:build@other\`
  c: { ran: dbt:build }
  d: { ran: dbt:run-operation/grant }
  e: { ran: pipeline:daily }
  f: { ran: dbt:nothing@dbt }
  #         ^^^^^^^^^^^ error penstock/undefined-step: there is no step \`dbt:nothing\` in this workspace; correct the name, \`penstock steps\` lists them all
  g: { ran: }
#- /w/other/dbt_project.yml
name: other
profile: other
`));
