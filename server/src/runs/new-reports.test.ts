import { mkdirSync } from 'node:fs';
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
    if (text === 'broken') throw new Error('no');
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
});

test('no report, no problem', async () => {
  const ran = run('true');
  expect(await ran.finished).toBe('succeeded');
  expect(problems(ran)).toEqual([]);
});
