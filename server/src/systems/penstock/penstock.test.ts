import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { hover } from '../../language/hover.ts';
import { outline } from '../../language/symbols.ts';
import type { Step } from '../../core/step.ts';
import { defineSystem, type System } from '../../core/system.ts';
import { penstock } from './index.ts';

/** Some tool that has two steps. */
const tool: System = defineSystem({
  id: 'tool',
  title: 'Tool',
  icon: 'tools',
  markers: ['tool.txt'],
  names: [],
  rules: [],
  claim: (path, project) =>
    path === project.marker ? { kind: 'tool', format: 'text', readsText: true, priority: 1 } : undefined,
  parse: ({ text }) => ({
    model: undefined,
    problems: [],
    facts: text
      .trim()
      .split(' ')
      .map((name) => ({
        fact: 'definition',
        namespace: 'step',
        scope: '',
        name,
        span: { start: 0, end: 0 },
        what: 'step',
        implicit: true,
        exclusive: false,
      })),
  }),
});

const systems = [tool, penstock];
const tools = '#- /w/tool.txt\ntool:load tool:build ';
const check = (fixture: string): Promise<void> => checkFindings(systems, `${tools}\n${fixture}`);

async function stepsOf(text: string): Promise<ReadonlyMap<string, Step>> {
  const { platform } = await openFixture(systems, {
    '/w/penstock.yaml': text,
    '/w/tool.txt': 'tool:load tool:build',
  });
  return new Map(platform.steps().map((step) => [step.id, step]));
}

test('steps are found whichever system defines them, with the project behind @ as well', () =>
  check(`
#- /w/penstock.yaml
version: 1
plan: [docs/plan.md]
pipelines:
  daily:
  - tool:load
  - tool:build@shop
  - tool:bild
  # ^^^^^^^^^ error penstock/undefined-step: there is no step \`tool:bild\` in this workspace; did you mean \`tool:build\`?
  weekly:
    steps:
    - pipeline:daily
    - { step: other:run }
    #         ^^^^^^^^^ error penstock/undefined-step: there is no step \`other:run\` in this workspace; correct the name, \`penstock steps\` lists them all
`));

test('needs name entries of the same pipeline', () =>
  check(`
#- /w/penstock.yaml
pipelines:
  one:
  - { id: load, step: tool:load }
  - { step: tool:build, needs: [load] }
  - { run: echo done, needs: [tool:build, lod] }
  #                                       ^^^ error penstock/undefined-need: no entry of this pipeline has the id \`lod\`; did you mean \`load\`?
  two:
  - { run: echo, needs: load }
  #                     ^^^^ error penstock/undefined-need: no entry of this pipeline has the id \`load\`; name an entry's id, or its step where it has none
`));

test('an id stands once in a pipeline', () =>
  check(`
#- /w/penstock.yaml
pipelines:
  one:
  - tool:load
  - tool:load
  # ^^^^^^^^^ error penstock/duplicate-entry: \`tool:load\` stands twice in this pipeline, so \`needs\` cannot tell which is meant; give this entry an \`id\` of its own
  - { id: again, step: tool:load }
  two:
  - tool:load
`));

test('entries that wait for each other, and a pipeline that runs itself', () =>
  check(`
#- /w/penstock.yaml
pipelines:
  one:
  - { id: a, run: echo, needs: [c] }
  #                             ^ error penstock/needs-cycle: \`a\` waits for itself (\`a\` → \`c\` → \`b\` → \`a\`); take one of these needs out
  - { id: b, run: echo }
  #       ^ error penstock/needs-cycle: \`b\` waits for itself (\`b\` → \`a\` → \`c\` → \`b\`); take one of these needs out
  - { id: c, run: echo }
  #       ^ error penstock/needs-cycle: \`c\` waits for itself (\`c\` → \`b\` → \`a\` → \`c\`); take one of these needs out
  - { id: d, run: echo, needs: [] }
  two:
  - pipeline:three
  # ^^^^^^^^^^^^^^ error penstock/needs-cycle: the pipeline runs itself (\`pipeline:two\` → \`pipeline:three\` → \`pipeline:two\`); take this step out
  three:
  - pipeline:two
  # ^^^^^^^^^^^^ error penstock/needs-cycle: the pipeline runs itself (\`pipeline:three\` → \`pipeline:two\` → \`pipeline:three\`); take this step out
`));

test('a pipeline that runs itself by way of other files, and one of the same name that does not', () =>
  check(`
#- /w/a/penstock.yaml
pipelines:
  out:
  - pipeline:back
  # ^^^^^^^^^^^^^ error penstock/needs-cycle: the pipeline runs itself (\`pipeline:out\` → \`pipeline:back\` → \`pipeline:same@c\` → \`pipeline:out\`); take this step out
  - pipeline:same@.
  same:
  - { run: echo }
  alone:
  - pipeline:out
#- /w/b/penstock.yaml
pipelines:
  back:
  - pipeline:same@../c
  # ^^^^^^^^^^^^^^^^^^ error penstock/needs-cycle: the pipeline runs itself (\`pipeline:back\` → \`pipeline:same@c\` → \`pipeline:out\` → \`pipeline:back\`); take this step out
#- /w/c/penstock.yaml
pipelines:
  same:
  - pipeline:out
  # ^^^^^^^^^^^^ error penstock/needs-cycle: the pipeline runs itself (\`pipeline:same@c\` → \`pipeline:out\` → \`pipeline:back\` → \`pipeline:same@c\`); take this step out
`));

test('unknown, missing and wrong keys', () =>
  check(`
#- /w/penstock.yaml
pipeline: {}
# <- error penstock/unknown-key: unknown key \`pipeline\`; did you mean \`pipelines\`?
`));

test('commands that cannot be cut, and what only a shell understands', () =>
  check(`
#- /w/penstock.yaml
pipelines:
  one:
  - run: dbt deps && dbt build
  #               ^^ warning penstock/unreadable-command: no shell runs this, so \`&&\` reaches the program as it is; make it a step of its own, or run \`sh -c '…'\`
  - run: echo "open
  #           ^ error penstock/unreadable-command: this quote is never closed; close it, or write the command as a list of words
  - run: curl http://host/?a=1&b=2 'x | y'
  - run: [sh, -c, 'a && b > $C']
`));

test('entries wait for the one before them unless they say what they need', async () => {
  const steps = await stepsOf(`
pipelines:
  daily:
    title: Load and build
    steps:
    - tool:load
    - { id: check, run: 'python "check it.py" --all', cwd: scripts, env: { LEVEL: 3 }, writes: [data/x.duckdb] }
    - { step: tool:build, needs: [tool:load] }
    - { run: [echo, 5], needs: [] }
`);
  expect(steps.get('pipeline:daily')).toMatchObject({
    title: 'Load and build',
    kind: 'pipeline',
    work: {
      kind: 'pipeline',
      steps: [
        { id: 'tool:load', step: 'tool:load', needs: [] },
        { id: 'check', step: 'pipeline:daily/check', needs: ['tool:load'] },
        { id: 'tool:build', step: 'tool:build', needs: ['tool:load'] },
        { id: 'step-4', step: 'pipeline:daily/step-4', needs: [] },
      ],
    },
  });
  expect(steps.get('pipeline:daily/check')?.work).toMatchObject({
    kind: 'command',
    executable: { name: 'python', install: '' },
    args: ['check it.py', '--all'],
    cwd: '/w/scripts',
    env: { LEVEL: '3' },
    writes: ['/w/data/x.duckdb'],
  });
  expect(steps.get('pipeline:daily/step-4')?.work).toMatchObject({
    executable: { name: 'echo' },
    args: ['5'],
  });
});

test('an entry that names nothing yet is left out, and the next waits for the one before it', async () => {
  const steps = await stepsOf('pipelines:\n  daily:\n  - tool:load\n  -\n  - run:\n  - tool:build\n');
  expect(steps.get('pipeline:daily')?.work).toMatchObject({
    steps: [{ id: 'tool:load' }, { id: 'tool:build', needs: ['tool:load'] }],
  });
});

test('a broken file hides its own steps without a word about the rest', async () => {
  const { platform } = await openFixture(systems, {
    '/w/penstock.yaml': 'pipelines:\n  daily: [tool:load, tool:nope\n  x: [',
    '/w/tool.txt': 'tool:load',
  });
  const codes = platform.findings('/w/penstock.yaml').map((finding) => finding.code);
  expect(codes).not.toContain('penstock/undefined-step');
  expect(codes.some((code) => code.startsWith('yaml/'))).toBe(true);
});

test.each([
  [
    'pipelines:\n  daily:\n  - <|>\n',
    'pipeline:daily tool:build tool:load step id needs select exclude with env timeout retries allow-failure run title cwd writes'.split(
      ' ',
    ),
  ],
  ['pipelines:\n  daily:\n  - step: tool<|>\n', ['tool:load', 'tool:build']],
  ['pipelines:\n  daily:\n  - tool:load\n  - { step: tool:build, needs: [<|>] }\n', []],
  [
    'pipelines:\n  daily:\n  - step: tool:load\n    id: a\n  - step: tool:build\n    needs: <|>\n',
    ['a', 'tool:build'],
  ],
  ['p<|>\n', ['version', 'plan', 'pipelines', 'checks', 'waivers', 'versions', 'severity']],
  [
    'pipelines:\n  daily:\n  - run: x\n    c<|>\n',
    ['id', 'needs', 'title', 'cwd', 'env', 'timeout', 'retries', 'allow-failure', 'writes'],
  ],
  [
    'pipelines:\n  daily:\n    parameters: { tag: {}, level: {} }\n    steps:\n    - run: x ${{ parameters.<|> }}\n',
    ['level', 'tag'],
  ],
  [
    'pipelines:\n  daily:\n    parameters:\n      tag:\n        type: <|>\n    steps: [tool:load]\n',
    ['string', 'number', 'boolean', 'choice'],
  ],
])('completion at %j', async (text, labels) => {
  const { platform } = await openFixture(systems, {
    '/w/penstock.yaml': text.replace('<|>', ''),
    '/w/tool.txt': 'tool:load tool:build',
  });
  expect(complete(platform, '/w/penstock.yaml', text.indexOf('<|>')).items.map(({ label }) => label)).toEqual(
    labels,
  );
});

test('hover, outline and secrets', async () => {
  const text =
    'pipelines:\n  daily:\n  - id: a\n    run: x\n    env: { API_TOKEN: hidden-value, LEVEL: plain-value }\n';
  const { platform } = await openFixture([penstock], { '/w/penstock.yaml': text });
  expect(hover(platform, '/w/penstock.yaml', text.indexOf('run') + 1)?.markdown).toContain(
    'No shell runs it',
  );
  expect(outline(platform, '/w/penstock.yaml')).toMatchObject([{ name: 'daily', children: [{ name: 'a' }] }]);
  expect(platform.secrets()).toEqual(['hidden-value']);
});

test('what a command of a pipeline is listed by holds no secret, and what is run is as it is written', async () => {
  const url = 'https://ada:Kf83hs0Lq2@db.example/x';
  const steps = await stepsOf(`pipelines:
  nightly:
    - { id: fetch, run: 'fetch ${url} --token ghp_abcdefghijklmnopqrstuvwxyz0123456789 api_key=Zm4h7Lq9x' }
    - { id: load, run: [mysql, --password, hunter2, -e, 'select 1'] }
`);
  const step = steps.get('pipeline:nightly/fetch');
  expect(steps.get('pipeline:nightly/load')).toMatchObject({
    title: 'mysql --password *** -e select 1',
    detail: 'mysql --password *** -e select 1',
    work: { args: ['--password', 'hunter2', '-e', 'select 1'] },
  });
  const told = 'fetch https://ada:***@db.example/x --token *** api_key=***';
  expect([step?.title, step?.detail]).toEqual([told, told]);
  expect(step?.work).toMatchObject({
    args: [url, '--token', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'api_key=Zm4h7Lq9x'],
  });
});
