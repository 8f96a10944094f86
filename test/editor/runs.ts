import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { platformUri, startPenstock, until } from './workspace.ts';

interface RunLine {
  readonly type: string;
  readonly status?: string;
  readonly requested?: readonly string[];
  readonly text?: string;
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
});

/** The command ends when its panel is there; here only what it starts matters. */
async function runStep(step: string): Promise<void> {
  await until(`${step} to be known`, async () => {
    const lenses = await vscode.commands.executeCommand<unknown[]>(
      'vscode.executeCodeLensProvider',
      platformUri('meltano.yml'),
    );
    return lenses.length > 0;
  });
  await vscode.commands.executeCommand('penstock.runStep', step);
}

function endOfRun(step: string): Promise<RunLine[]> {
  return until(`the end of ${step}`, async () => {
    const events = await eventsOf(step);
    return events.at(-1)?.type === 'run-ended' && events;
  });
}

/** The events of the one run of this step so far. */
async function eventsOf(step: string): Promise<RunLine[]> {
  for (const [name] of await listFolder(runs)) {
    const events = await readEvents(`${runs}/${name}/events.jsonl`);
    if (events[0]?.requested?.includes(step)) return events;
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
