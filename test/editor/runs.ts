import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { open, platformUri, readFile, startPenstock, until, writeFile } from './workspace.ts';

interface RunLine {
  readonly type: string;
  readonly status?: string;
  readonly requested?: readonly string[];
  readonly text?: string;
  readonly run?: string;
  readonly step?: string;
  readonly resumes?: string;
}

const runs = '.penstock/runs';

suite('runs', () => {
  suiteSetup(startPenstock);

  test('a step given by name runs for real, is logged and shown', async () => {
    await runStep('dbt:seed');
    const events = await endOfRun('dbt:seed');
    assert.equal(events.at(-1)?.status, 'succeeded');
    assert.ok(events.some(({ type }) => type === 'node-ended'));
    await until('the panel', () => tabs().some((label) => label.includes('dbt:seed')));
  });

  test('a running step is cancelled, and its log says so', async () => {
    await runStep('meltano:job/load');
    await until('output', async () =>
      (await eventsOf('meltano:job/load')).some(({ type }) => type === 'output'),
    );
    await vscode.commands.executeCommand('penstock.cancelRun');
    const events = await endOfRun('meltano:job/load');
    assert.equal(events.at(-1)?.status, 'cancelled');
  });

  test('a pipeline breaks at a model, and after the mend goes on where it failed', async function () {
    // Two runs of all tools: each wait in it has a limit of its own.
    this.timeout(0);
    const model = 'dbt/models/marts/dim_products.sql';
    const whole = await readFile(model);
    await writeFile(model, whole.replace('products.category', 'products.categry'));
    await runStep('pipeline:daily');
    const broken = await endOfRun('pipeline:daily');
    assert.deepEqual(endsOf(broken), ['succeeded', 'failed', 'skipped']);
    await until('the model in the Problems panel', () =>
      vscode.languages.getDiagnostics(platformUri(model)).some(({ source }) => source === 'Penstock runs'),
    );
    await writeFile(model, whole);
    await vscode.commands.executeCommand('penstock.resumeRun');
    const resumed = await endOfRun('pipeline:daily', broken[0]?.run);
    assert.deepEqual(endsOf(resumed), ['skipped', 'succeeded', 'succeeded']);
    assert.equal(resumed.at(-1)?.status, 'succeeded');
    await until('no failure left', () =>
      vscode.languages.getDiagnostics(platformUri(model)).every(({ source }) => source !== 'Penstock runs'),
    );
  });

  test('lenses run what no list of steps names, and lead to the last run of what ran', async () => {
    const model = 'dbt/models/marts/dim_customers.sql';
    const step = 'dbt:test/dim_customers';
    const lensOf = (path: string, command: string, tooltip: string): Promise<vscode.Command> =>
      until(`the lens ${tooltip}`, async () =>
        (await lensesOf(path))
          .flatMap((lens) => lens.command ?? [])
          .find((each) => each.command === command && each.tooltip?.startsWith(tooltip)),
      );
    const press = async (lens: vscode.Command): Promise<void> => {
      await vscode.commands.executeCommand(lens.command, ...((lens.arguments ?? []) as unknown[]));
    };
    await press(await lensOf(model, 'penstock.runStep', `${step}: `));
    assert.equal((await endOfRun(step)).at(-1)?.status, 'succeeded');
    await lensOf('meltano.yml', 'penstock.showRun', 'meltano:job/load: succeeded');
    await lensOf('penstock.yaml', 'penstock.showRun', 'pipeline:daily: succeeded');
    const lastRun = await lensOf(model, 'penstock.showRun', `${step}: succeeded`);
    assert.match(lastRun.title, /^\$\(pass\)\s+Show Last Run$/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await press(lastRun);
    await until('the run', () => tabs().some((label) => label.includes(step)));
  });
});

/** Only of an open file lenses can be asked, and the editor closes what nobody looks at. */
async function lensesOf(path: string): Promise<vscode.CodeLens[]> {
  await open(path);
  return vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    platformUri(path),
    50,
  );
}

/** How the steps of the daily pipeline ended, in its order. */
function endsOf(events: readonly RunLine[]): readonly (string | undefined)[] {
  return ['meltano:job/load', 'dbt:build', 'check'].map(
    (name) =>
      events.find(({ type, step }) => type === 'step-ended' && step === `pipeline:daily/${name}`)?.status,
  );
}

/** The command ends when its panel is there; here only what it starts matters. */
async function runStep(step: string): Promise<void> {
  await until(`${step} to be known`, async () => {
    return (await lensesOf('meltano.yml')).length > 0;
  });
  await vscode.commands.executeCommand('penstock.runStep', step);
}

/** The whole run; as long as it says something new, it is waited for. */
async function endOfRun(step: string, resumes?: string): Promise<RunLine[]> {
  for (let said = 0; ;) {
    const events = await until(`more of ${step} than ${said} events`, async () => {
      const now = await eventsOf(step, resumes);
      return now.length > said && now;
    });
    if (events.at(-1)?.type === 'run-ended') return events;
    said = events.length;
  }
}

/** The events so far of the one run of this step, or of the one that goes on with another run. */
async function eventsOf(step: string, resumes?: string): Promise<RunLine[]> {
  for (const [name] of await listFolder(runs)) {
    const events = await readEvents(`${runs}/${name}/events.jsonl`);
    if (events[0]?.requested?.includes(step) && events[0].resumes === resumes) return events;
  }
  return [];
}

async function readEvents(path: string): Promise<RunLine[]> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(platformUri(path)));
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as RunLine);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}

async function listFolder(path: string): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(platformUri(path));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}

function tabs(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs: group }) => group.map(({ label }) => label));
}
