import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Command, Step } from '../../core/step.ts';
import { penstock } from '../penstock/index.ts';
import { pytest } from '../pytest/index.ts';
import { pythonProject } from './index.ts';

async function stepsIn(files: Readonly<Record<string, string>>): Promise<readonly Step[]> {
  const { platform } = await openFixture([pytest, pythonProject], files);
  return platform.steps().filter(({ system }) => system === 'python-project');
}

const lineOf = ({ id, project, work }: Step): string => {
  const { executable, args } = work as Command;
  return `${id} in ${project}: ${[executable.name, ...args].join(' ')}`;
};

const main = 'import sys\n\nif __name__ == "__main__":\n    sys.exit(0)\n';

test('a file that does something when it is run is a step; tests, modules and what lies deep are none', async () => {
  const steps = await stepsIn({
    '/w/scripts/export.py': main,
    '/w/load.py': main.replaceAll('"', "'"),
    '/w/helpers.py': 'def x():\n    pass\n',
    '/w/test_x.py': main,
    '/w/a/b/c/d.py': main,
  });
  expect(steps.map(lineOf)).toEqual([
    'python-project:run/scripts/export.py in /w: python scripts/export.py',
    'python-project:run/load.py in /w: python load.py',
  ]);
  expect(steps[0]).toMatchObject({
    location: { path: '/w/scripts/export.py', span: { start: 12, end: 38 } },
  });
});

test.each([
  [
    'poetry',
    '[tool.poetry]\nname = "x"\n\n[tool.poetry.scripts]\nexport = "x.cli:main"\n',
    ['poetry install', 'poetry check --lock'],
  ],
  [
    'uv',
    '[project]\nname = "x"\n[project.scripts]\nexport = "x.cli:main"\n[tool.uv]\n',
    ['uv sync', 'uv lock --check'],
  ],
])('scripts and dependencies of a project of %s', async (_, text, [install, check]) => {
  const steps = await stepsIn({ '/w/etl/pyproject.toml': text });
  expect(steps.map(lineOf)).toEqual([
    'python-project:script/export in /w/etl: export',
    `python-project:install in /w/etl: ${install}`,
    `python-project:check in /w/etl: ${check}`,
  ]);
  expect((steps[0]!.work as Command).executable.install).toBe(install);
});

test.each(['uv', 'poetry'])('a lock file tells of %s where pyproject.toml names no tool', async (manager) => {
  const text = '[project]\nname = "x"\n';
  const of = async (pyproject: string): Promise<readonly string[]> =>
    (await stepsIn({ '/w/etl/pyproject.toml': pyproject, [`/w/etl/${manager}.lock`]: 'version = 1\n' })).map(
      ({ detail }) => detail,
    );
  const [install, check] = await of(text);
  expect([install, check]).toEqual(
    manager === 'uv' ? ['uv sync', 'uv lock --check'] : ['poetry install', 'poetry check --lock'],
  );
  expect(await of(`${text}[tool.uv]\n`)).toEqual(['uv sync', 'uv lock --check']);
});

test('a script is given arguments as they are typed in a shell', async () => {
  const { platform } = await openFixture([pytest, pythonProject], { '/w/load.py': main });
  const [step] = platform.steps();
  const around = { projects: platform.projects(), facts: platform.facts };
  expect(platform.stepList.options(step!, around).map(({ name }) => name)).toEqual(['arguments']);
  const given = new Map([['arguments', '--day "2026 01" -v --as=\'a b\'c']]);
  const told = platform.stepList.withOptions(step!, given, around) as Step;
  expect((told.work as Command).args).toEqual(['load.py', '--day', '2026 01', '-v', '--as=a bc']);
});

test('pipelines name the steps', async () => {
  const { platform } = await openFixture([penstock, pytest, pythonProject], {
    '/w/load.py': main,
    '/w/pyproject.toml': '[tool.uv]\n[project.scripts]\nexport = "x:y"\n',
    '/w/penstock.yaml':
      'pipelines:\n  daily:\n    - python-project:install\n    - python-project:script/export\n    - step: python-project:run/load.py\n      with: { arguments: --all }\n',
  });
  expect(platform.findings('/w/penstock.yaml')).toEqual([]);
});
