import { coverageFiles } from '../../core/coverage-report.ts';
import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Fact } from '../../core/facts.ts';
import { baseName, folderOf, isInside } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Step } from '../../core/step.ts';
import { defineSystem, type Project } from '../../core/system.ts';
import { interpretPytest } from './interpret.ts';
import { pytestOptions } from './options.ts';

const suites = 'pytest.suite';
const testStep = 'pytest:test';

/** pytest: the suites of Python tests that `pyproject.toml` or `pytest.ini` configures. */
export const pytest = defineSystem({
  id: 'pytest',
  title: 'pytest',
  icon: 'beaker',
  markers: [],
  names: [],
  rules: [],
  claim: (path) =>
    ['pyproject.toml', 'pytest.ini'].includes(baseName(path))
      ? { kind: 'configuration', format: 'text', readsText: true, isAside: true, priority: 1 }
      : undefined,
  parse: (source) => ({ model: undefined, problems: [], facts: suiteFacts(source) }),
  steps: suiteSteps,
  options: pytestOptions,
  interpret: interpretPytest,
});

function suiteFacts({ path, text }: SourceFile): readonly Fact[] {
  const table = baseName(path) === 'pytest.ini' ? /^\[pytest\]/mu : /^\[tool\.pytest(?:\.ini_options)?\]/mu;
  const found = table.exec(text);
  if (!found) return [];
  const span = { start: found.index, end: found.index + found[0].length };
  const head = { fact: 'definition', scope: '', span, exclusive: false, implicit: true } as const;
  return [
    { ...head, namespace: suites, name: folderOf(path), what: 'suite of tests' },
    {
      ...head,
      namespace: 'step',
      name: testStep,
      what: 'step',
      about: 'runs the tests',
    } satisfies Definition,
  ];
}

/** A folder with both files has one suite. */
function suiteSteps(project: Project, facts: FactReader): readonly Step[] {
  const byFolder = new Map<string, Step>();
  for (const { name: folder, path, span } of facts.all(suites)) {
    if (!isInside(folder, project.root) || byFolder.has(folder)) continue;
    byFolder.set(folder, {
      id: testStep,
      title: 'Run Python tests',
      detail: 'pytest',
      system: 'pytest',
      verb: 'Test',
      project: folder,
      kind: 'command',
      location: { path, span },
      work: {
        kind: 'command',
        executable: { name: 'pytest', install: 'python -m pip install pytest' },
        args: ['-v', '--color=no'],
        cwd: folder,
        writes: [],
        leaves: coverageFiles(folder),
        cancel: [
          { signal: 'SIGINT', waitMs: 10_000 },
          { signal: 'SIGTERM', waitMs: 5_000 },
          { signal: 'SIGKILL', waitMs: 0 },
        ],
      },
    });
  }
  return [...byFolder.values()];
}
