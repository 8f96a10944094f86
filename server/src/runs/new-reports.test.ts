import { mkdirSync, rmSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FailureReports } from '../core/failure-reports.ts';
import { FactIndex } from '../core/fact-index.ts';
import { fromFsPath } from '../files/node-files.ts';
import { reportPlaces } from './new-reports.ts';
import { createRedactor } from './redact.ts';
import { record, Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
  mkdirSync(workspace.path('reports'));
});
afterEach(() => workspace.remove());

/** A report names what failed, and the file that says where it is to be mended. */
const reports: FailureReports = {
  folders: () => [fromFsPath(workspace.path('reports')), '/nowhere'],
  failures({ path, text }, read) {
    if (text === 'broken') throw new Error('hunter22 is no report');
    const [message = '', file = ''] = text.trim().split(' at ');
    const lines = read(fromFsPath(workspace.path(file))).split('\n');
    return [{ message, path: file === '' ? path : fromFsPath(workspace.path(file)), line: lines.length }];
  },
};

function run(...scripts: readonly string[]) {
  const steps = scripts.map((script, at) => workspace.sh(`s${at}`, script));
  return record(workspace, steps, [], {
    maxParallel: 1,
    redact: createRedactor(['hunter22']),
    reports: reportPlaces([{ id: 'x', reports }, { id: 'y' }], new FactIndex()),
  });
}

const problems = ({ events }: ReturnType<typeof run>) => events.filter(({ type }) => type === 'problem');

test('failures of the reports that a step leaves are its problems, masked, whether it succeeds or not', async () => {
  workspace.write('suite.txt', 'one\ntwo\nthree');
  workspace.write('reports/old.json', 'old at suite.txt');
  const ran = run(
    "mkdir reports/deep; echo 'hunter22 is bad at suite.txt' > reports/deep/new.json; echo no > reports/new.txt",
    'echo alone > reports/other.json; echo broken | tr -d "\\n" > reports/broken.json; exit 3',
  );
  expect(await ran.finished).toBe('failed');
  expect(problems(ran)).toEqual([
    {
      type: 'problem',
      step: 's0',
      message: '*** is bad',
      path: workspace.path('suite.txt'),
      line: 3,
      reportedBy: 'x',
    },
    expect.objectContaining({ step: 's1', message: 'alone', path: workspace.path('reports/other.json') }),
  ]);
  expect(ran.lines('s1')).toEqual([
    `Penstock could not read the report ${workspace.path('reports/broken.json')}: Error: *** is no report`,
  ]);
});

test('no report, no problem', async () => {
  const ran = run('true');
  expect(await ran.finished).toBe('succeeded');
  expect(problems(ran)).toEqual([]);
});

/** Two steps at a time, each in its own folder or both in that of the workspace; the second one ends first. */
async function sideBySide(folders: readonly [string, string]) {
  for (const folder of folders) mkdirSync(workspace.path(folder), { recursive: true });
  const top = workspace.folder;
  const until = (file: string): string => `until test -e ${top}/${file}; do sleep 0.02; done`;
  const scripts = [
    `${until('begun')}; echo late > ${top}/reports/new.json; ${until('ended')}`,
    `echo > ${top}/begun; ${until('reports/new.json')}`,
    // In the turn of the second one.
    `echo > ${top}/ended`,
  ];
  const steps = scripts.map((script, at) =>
    workspace.sh(`s${at}`, script, { cwd: fromFsPath(workspace.path(folders[at] ?? '.')) }),
  );
  const pipeline = workspace.pipeline(
    'p',
    steps.map(({ id }, at) => ({ id, step: id, needs: at === 2 ? ['s1'] : [] })),
  );
  const ran = record(workspace, [pipeline], steps, {
    maxParallel: 2,
    redact: createRedactor([]),
    reports: reportPlaces([{ id: 'x', reports }], new FactIndex()),
  });
  expect(await ran.finished).toBe('succeeded');
  return problems(ran).map((event) => 'step' in event && event.step);
}

test('of two steps that run side by side a report is of the one in whose folder it lies', async () => {
  expect(await sideBySide(['.', 'elsewhere'])).toEqual(['p/s0']);
  for (const name of ['reports/new.json', 'begun', 'ended']) rmSync(workspace.path(name));
  expect(await sideBySide(['reports', 'elsewhere'])).toEqual(['p/s0']);
  for (const name of ['reports/new.json', 'begun', 'ended']) rmSync(workspace.path(name));
  // The other one runs in a folder around it.
  expect(await sideBySide(['reports', '.'])).toEqual(['p/s0']);
});

test('where nothing tells which of two steps has written a report, both are told of it', async () => {
  expect(await sideBySide(['.', '.'])).toEqual(['p/s1', 'p/s0']);
});

test('a report that is older than the run is of the step that found it', async () => {
  workspace.write('old.json', 'old');
  utimesSync(workspace.path('old.json'), 1, 1);
  const ran = run('mv old.json reports/', 'true');
  expect(await ran.finished).toBe('succeeded');
  expect(problems(ran)).toMatchObject([{ step: 's0', message: 'old' }]);
});
