import { expect, test } from 'vitest';
import type { StepAnswer, StepOptionsAnswer, SystemAnswer } from '../../server/src/protocol/requests.ts';
import type {
  SelectionAnswer,
  SelectionChoiceAnswer,
  SelectionParams,
} from '../../server/src/protocol/selection-requests.ts';
import { createRunHistory } from '../../server/src/runs/run-history.ts';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import { penstock } from '../../server/src/systems/penstock/index.ts';
import { pytest } from '../../server/src/systems/pytest/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

const files = {
  'dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
  'dbt/profiles.yml': 'shop:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: x.duckdb }\n',
  'dbt/models/a.sql': 'select 1',
  'dbt/models/b.sql': "select * from {{ ref('a') }}",
};

function start(more: Readonly<Record<string, string>> = {}): Promise<TestClient> {
  return startTestClient({ systems: [dbt, pytest], files: { ...files, ...more } });
}

test('what may be set for a run of a step is answered, of a step that is not listed, too', async () => {
  const client = await start();
  const ask = (step: string): Promise<StepOptionsAnswer | null> =>
    client.connection.sendRequest('penstock/stepOptions', { step, folderUri: client.uri('.') });
  const answer = await ask('dbt:test/a');
  expect(answer?.title).toBe('Test model a');
  expect(answer?.parameters[0]).toMatchObject({ name: 'target', options: ['dev'], default: 'dev' });
  expect(await ask('dbt:none')).toBeNull();
});

test('a selection is read as the files are now, also while they change', async () => {
  const client = await start();
  const step = { step: 'dbt:run', folderUri: client.uri('.') };
  const params: SelectionParams = { ...step, select: 'a+', exclude: '', parameters: {} };
  const read = (): Promise<SelectionAnswer | null> =>
    client.connection.sendRequest('penstock/selection', params);
  const model = (name: string) => ({ name, what: 'model' });
  expect(await read()).toEqual({ things: [model('a'), model('b')], doubts: [], toolStep: 'dbt:list' });
  await client.open('dbt/models/b.sql', 'select 2');
  expect((await read())?.things).toEqual([model('a')]);
  const choices = await client.connection.sendRequest<SelectionChoiceAnswer[]>(
    'penstock/selectionChoices',
    step,
  );
  expect(choices.map(({ text }) => text)).toEqual(expect.arrayContaining(['a', 'b', 'path:models']));
});

test('what runs in a folder of its own stands in the Systems view', async () => {
  const client = await start({ 'etl/pytest.ini': '[pytest]\n' });
  const systems = await client.connection.sendRequest<SystemAnswer[]>('penstock/systems');
  const found = systems.find(({ id }) => id === 'pytest');
  expect(found?.projects).toMatchObject([{ name: 'etl', uri: client.uri('etl'), files: 0 }]);
});

test('no title or command of a step shows what is secret elsewhere', async () => {
  const secret = 'hunter-hunter-2';
  const client = await startTestClient({
    systems: [penstock],
    history: createRunHistory({}),
    files: {
      '.env': `API_TOKEN=${secret}\n`,
      'penstock.yaml': `pipelines:
  load:
    title: load with ${secret}
    steps:
      - id: ask
        run: curl https://shop.test/${secret}
`,
    },
  });
  const folderUri = client.uri('.');
  const steps = await client.connection.sendRequest<StepAnswer[]>('penstock/steps');
  expect(steps.map(({ title, detail }) => [title, detail])).toEqual([
    ['load with ***', 'ask'],
    ['curl https://shop.test/***', 'curl https://shop.test/***'],
  ]);
  for (const [request, params] of [
    ['fileSteps', { uri: client.uri('penstock.yaml') }],
    ['stepOptions', { step: 'pipeline:load', folderUri }],
    ['pipelineGraph', { step: 'pipeline:load', folderUri }],
  ] as const) {
    const said = JSON.stringify(await client.connection.sendRequest(`penstock/${request}`, params));
    expect(said).toContain('load with ***');
    expect(said).not.toContain(secret);
  }
});
