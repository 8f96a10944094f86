import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { pytest } from './index.ts';
import { interpretPytest } from './interpret.ts';

async function stepsIn(files: Readonly<Record<string, string>>): Promise<readonly (readonly string[])[]> {
  const { platform } = await openFixture([pytest], files);
  return platform.steps().map(({ id, project }) => [id, project]);
}

test('a folder whose pyproject.toml or pytest.ini configures pytest has a suite, and one alone', async () => {
  expect(
    await stepsIn({
      '/w/pyproject.toml': '[project]\nname = "x"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n',
      '/w/pytest.ini': '[pytest]\n',
    }),
  ).toEqual([['pytest:test', '/w']]);
  expect(await stepsIn({ '/w/pyproject.toml': '[project]\nname = "x"\n' })).toEqual([]);
});

test('several suites bear their folders', async () => {
  const steps = await stepsIn({ '/w/a/pytest.ini': '[pytest]\n', '/w/b/pytest.ini': '[pytest]\n' });
  expect(steps.map(([id]) => id)).toEqual(['pytest:test@a', 'pytest:test@b']);
});

test('each test is a node with its state and file', () => {
  const reader = interpretPytest();
  const lines = [
    'collected 3 items',
    'tests/test_load.py::test_adds_up PASSED                       [ 33%]',
    'tests/test_load.py::TestX::test_y[a b] FAILED                 [ 66%]',
    'tests/test_load.py::test_z SKIPPED (no network)               [100%]',
    'E   assert 1 == 2',
  ];
  expect(
    lines.flatMap((line) => reader.line('stdout', line)).filter(({ kind }) => kind === 'node-ended'),
  ).toEqual([
    expect.objectContaining({ node: 'tests/test_load.py::test_adds_up', status: 'succeeded' }),
    expect.objectContaining({ node: 'tests/test_load.py::TestX::test_y[a b]', status: 'failed' }),
    expect.objectContaining({ status: 'skipped', path: 'tests/test_load.py' }),
  ]);
  expect(reader.line('stdout', 'E   assert 1 == 2')).toEqual([
    { kind: 'text', text: 'E   assert 1 == 2', level: 'error' },
  ]);
});

test('a suite is told what to run in the words of pytest', async () => {
  const { platform } = await openFixture([pytest], { '/w/pytest.ini': '[pytest]\n' });
  const [step] = platform.steps();
  const around = { projects: platform.projects(), facts: platform.facts };
  const given = { keyword: 'load and not slow', 'last-failed': 'true', arguments: 'tests/a.py --maxfail=2' };
  const told = platform.stepList.withOptions(step!, new Map(Object.entries(given)), around);
  expect(told).toMatchObject({
    work: {
      args: ['-v', '--color=no', '-k', 'load and not slow', '--last-failed', 'tests/a.py', '--maxfail=2'],
    },
  });
});
