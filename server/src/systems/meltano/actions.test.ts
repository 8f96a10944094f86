import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { actionsAt } from '../../language/act.ts';
import { defaultFindingSettings, diagnose } from '../../language/diagnose.ts';
import { meltano } from './index.ts';

const path = '/w/meltano.yml';

/** The file after the action of this title where `at` stands, and what is found in it then. */
async function after(
  text: string,
  at: string,
  title: string,
): Promise<{ text: string; codes: readonly string[] }> {
  const { platform } = await openFixture([meltano], { [path]: text });
  const start = text.indexOf(at);
  const actions = actionsAt(platform, path, { start, end: start + at.length }, defaultFindingSettings);
  const action = actions.find((each) => each.title === title);
  if (!action) throw new Error(`there is ${actions.map((each) => each.title).join(', ')}`);
  let made = text;
  for (const { span, newText } of action.edits)
    made = made.slice(0, span.start) + newText + made.slice(span.end);
  const again = await openFixture([meltano], { [path]: made });
  return {
    text: made,
    codes: diagnose(again.platform, path, defaultFindingSettings).map(({ code }) => code),
  };
}

const schedule = "schedules:\n- { name: a, interval: '@daily', job: load }\n";

test.each([
  [
    'after the last job',
    `jobs:\n  - name: other\n    tasks:\n      - x:y\n\n${schedule}`,
    '  - name: load\n    tasks: []\n',
  ],
  ['as deep as the others', `jobs:\n- name: other\n  tasks: []\n${schedule}`, '- name: load\n  tasks: []\n'],
  ['in an empty list', `jobs:\n${schedule}`, 'jobs:\n  - name: load\n    tasks: []\n'],
  ['at the end', schedule, `${schedule}\njobs:\n  - name: load\n    tasks: []\n`],
  ['where no line ends', `${schedule}jobs:\n- { name: b, tasks: [] }`, '\n- name: load\n  tasks: []\n'],
])('a job that is missing is made %s', async (_where, text, part) => {
  const made = await after(text, 'load }', 'Create the job `load`');
  expect(made.text).toContain(part);
  expect(made.codes.filter((code) => code !== 'meltano/undefined-plugin')).toEqual([]);
});

test('an environment that is missing is made', async () => {
  const made = await after(
    'default_environment: dev\nenvironments:\n  - name: production\n',
    'dev',
    'Create the environment `dev`',
  );
  expect(made).toEqual({
    text: 'default_environment: dev\nenvironments:\n  - name: production\n  - name: dev\n',
    codes: [],
  });
});

test.each(['@daily', '* * * * *', '*/5 * * * *'])('an interval %s is put in quotes', async (interval) => {
  const text = `jobs: [{ name: load, tasks: [] }]\nschedules:\n- name: a\n  interval: ${interval} # often\n  job: load\n`;
  const made = await after(text, interval, 'Put the interval in quotes');
  expect(made).toEqual({ text: text.replace(interval, `'${interval}'`), codes: [] });
});

test('a key that stands twice is removed', async () => {
  const second = 'schedules: []\njobs: []\njobs: [] # again\n';
  const { platform } = await openFixture([meltano], { [path]: second });
  const [finding] = platform.findings(path);
  const actions = actionsAt(platform, path, finding!.span, defaultFindingSettings);
  const remove = actions.find(({ title }) => title === 'Remove this `jobs`');
  expect(remove?.edits.map(({ span }) => second.slice(span.start, span.end))).toEqual(['jobs: [] # again\n']);
});

const plugins = `plugins:
  extractors: [{ name: tap-x, namespace: x }]
  loaders: [{ name: target-y, namespace: y }]
  utilities: [{ name: dbt, namespace: dbt, commands: { run: run } }]
`;

test.each([
  ['- tap-x\n  - target-y', 'tap-x\n', 'Put `tap-x` and `target-y` into one task', '- tap-x target-y'],
  ['- dbt: run', 'dbt: run', 'Change to `dbt:run`', '- dbt:run'],
  ['- tap-x  target-y', 'tap-x  ', 'Leave single spaces', '- tap-x target-y'],
  ['- "tap-x target-y "', 'tap-x target-y ', 'Leave single spaces', '- "tap-x target-y"'],
])('the task %j is mended', async (tasks, at, title, expected) => {
  const made = await after(`${plugins}jobs:\n- name: a\n  tasks:\n  ${tasks}\n`, at, title);
  expect(made).toEqual({ text: `${plugins}jobs:\n- name: a\n  tasks:\n  ${expected}\n`, codes: [] });
});

test('a key and a value that are misspelt are changed to what was meant', async () => {
  const text =
    'plugins:\n  loaders:\n  - name: t\n    namespace: t\n    exutable: x\n    settings: [{ name: a, kind: String }]\n';
  expect((await after(text, 'exutable', 'Change to `executable`')).text).toContain('executable: x');
  expect((await after(text, 'String', 'Change to `string`')).text).toContain('kind: string }');
});
