import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { platformUri, startPenstock, until } from './workspace.ts';

const runs = '.penstock/runs';

interface RunLine {
  readonly type: string;
  readonly status?: string;
  readonly requested?: readonly string[];
  readonly what?: string;
}

suite('tests', () => {
  suiteSetup(startPenstock);

  test('all tests of the platform run as one call of dbt, and stand where they are written', async () => {
    const before = await allRuns();
    await vscode.commands.executeCommand('testing.runAll');
    const events = await newRun(before);
    assert.deepEqual(events[0]?.requested, ['dbt:test']);
    assert.ok(kindsIn(events).includes('unit test'), 'dbt ran the unit test, too');
    const labels = (await testsIn('dbt/models/marts/_marts.yml')).map((path) => path.at(-1));
    assert.ok(
      labels.some((id) => id?.endsWith(' test fqn:unique_fct_orders_order_id')),
      labels.join('\n'),
    );
    assert.ok(labels.some((id) => id?.endsWith(' test unit_test:large_orders_are_marked')));
    const [singular] = await testsIn('dbt/tests/assert_customer_revenue_adds_up.sql');
    assert.ok(singular?.at(-1)?.endsWith(' test fqn:assert_customer_revenue_adds_up'));
  });

  test('one test runs by itself, and a model with all its tests', async () => {
    const tests = await testsIn('dbt/models/marts/_marts.yml');
    const one = tests.find((path) => path.at(-1)?.endsWith('fqn:unique_fct_orders_order_id'));
    assert.ok(one);
    for (const [path, step] of [
      [one, 'dbt:test/fqn:unique_fct_orders_order_id'],
      [one.slice(0, -1), 'dbt:test/fqn:fct_orders'],
    ] as const) {
      const before = await allRuns();
      await vscode.commands.executeCommand('vscode.runTestsById', runGroup, path.join('\0'));
      const events = await newRun(before);
      assert.deepEqual(events[0]?.requested, [step]);
      assert.ok(kindsIn(events).includes('test'));
    }
  });

  test('a step is a task, and what it runs is in the history', async () => {
    const tasks = await until('the tasks', async () => {
      const found = await vscode.tasks.fetchTasks({ type: 'penstock' });
      return found.length > 0 && found;
    });
    const seed = tasks.find(({ definition }) => definition['step'] === 'dbt:seed');
    assert.ok(seed, tasks.map(({ name }) => name).join(', '));
    const before = await allRuns();
    const ended = new Promise<number | undefined>((resolve) => {
      const listening = vscode.tasks.onDidEndTaskProcess(({ exitCode, execution }) => {
        if (execution.task.definition['step'] !== 'dbt:seed') return;
        listening.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(seed);
    assert.equal(await ended, 0);
    const events = await newRun(before);
    assert.deepEqual(events[0]?.requested, ['dbt:seed']);
  });
});

/** `TestRunProfileBitset.Run` of VS Code. */
const runGroup = 2;

/** The tests that the Testing view knows in a file, each by the ids on its way there. */
function testsIn(path: string): Promise<string[][]> {
  return until(`tests in ${path}`, async () => {
    const found = await vscode.commands.executeCommand<string[][]>(
      'vscode.testing.getTestsInFile',
      platformUri(path),
    );
    return found.length > 0 && found;
  });
}

/** The kinds of what a run began. */
function kindsIn(events: readonly RunLine[]): readonly string[] {
  return events.flatMap(({ type, what }) => (type === 'node-started' && what !== undefined ? [what] : []));
}

async function allRuns(): Promise<ReadonlySet<string>> {
  const entries = await vscode.workspace.fs.readDirectory(platformUri(runs)).then(
    (found) => found,
    () => [],
  );
  return new Set(entries.map(([name]) => name));
}

/** The one run that was not there before, when it has ended. */
async function newRun(before: ReadonlySet<string>): Promise<readonly RunLine[]> {
  return until('a run to end', async () => {
    const names = [...(await allRuns())].filter((name) => !before.has(name) && /^\d{8}-/.test(name));
    const [name] = names;
    if (name === undefined) return undefined;
    assert.equal(names.length, 1, names.join(', '));
    const bytes = await vscode.workspace.fs.readFile(platformUri(`${runs}/${name}/events.jsonl`)).then(
      (found) => found,
      () => new Uint8Array(),
    );
    const text = new TextDecoder().decode(bytes);
    const events = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as RunLine);
    return events.at(-1)?.type === 'run-ended' && events;
  });
}
