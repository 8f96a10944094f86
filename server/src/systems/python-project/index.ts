import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Fact } from '../../core/facts.ts';
import { baseName, folderOf, isInside, pathFrom } from '../../core/path.ts';
import { mainGuard } from '../../core/python-main.ts';
import { splitWords } from '../../core/split-words.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { CancelStage, Command, Step } from '../../core/step.ts';
import type { StepOptions } from '../../core/step-options.ts';
import { defineSystem, type Claim, type Project } from '../../core/system.ts';
import { readPyproject } from './pyproject.ts';

const programs = 'python.program';
const projects = 'python.project';

/** Python: files that are run as scripts, and what `pyproject.toml` says of scripts and dependencies. Tests are pytest's. */
export const pythonProject = defineSystem({
  id: 'python-project',
  title: 'Python',
  icon: 'snake',
  markers: [],
  names: [],
  rules: [],
  claim: claimFile,
  // Another system reads `pyproject.toml` as a whole.
  factsBesides: ({ path, text }) => (baseName(path) === 'pyproject.toml' ? pyprojectFacts(path, text) : []),
  parse: (source, claim, project) => ({
    model: undefined,
    problems: [],
    facts: claim.kind === 'lock' ? lockFacts(source.path) : scriptFacts(source, project),
  }),
  steps: pythonSteps,
  options: { parameters: parametersOf, apply },
});

/** Limit: what lies deeper is code that others import, and many files of it. */
const deepest = 3;

function claimFile(path: string, { root }: Project): Claim | undefined {
  if (lockManager(path) !== undefined)
    return { kind: 'lock', format: 'text', readsText: false, isAside: true, priority: 0 };
  const isNear = path.endsWith('.py') && pathFrom(root, path).split('/').length <= deepest;
  if (!isNear || /^(?:test_|conftest\.py$)|_test\.py$/u.test(baseName(path))) return undefined;
  return { kind: 'script', format: 'python', readsText: true, isAside: true, priority: 0 };
}

/** A file that does something when it is run, and says so. */
function scriptFacts({ path, text }: SourceFile, { root }: Project): readonly Fact[] {
  const found = mainGuard.exec(text);
  if (!found) return [];
  const span = { start: found.index, end: found.index + found[0].length };
  return [
    definition(programs, path, span, { kind: 'file' }),
    stepName(fileStep(pathFrom(root, path)), span, 'runs this script'),
  ];
}

function pyprojectFacts(path: string, text: string): readonly Fact[] {
  const { manager, scripts, span } = readPyproject(text);
  const folder = folderOf(path);
  return [
    ...scripts.map((script) => stepName(scriptStep(script.name), script.span, 'a script of the project')),
    ...scripts.map((script) =>
      definition(programs, `${folder}#${script.name}`, script.span, {
        kind: 'script',
        script: script.name,
        manager,
      }),
    ),
    ...(manager === '' ? [] : managedFacts(folder, span, manager)),
  ];
}

/** The tool that keeps such a lock file, which tells of it where `pyproject.toml` names none. */
function lockManager(path: string): 'poetry' | 'uv' | undefined {
  return /\/(poetry|uv)\.lock$/u.exec(path)?.[1] as 'poetry' | 'uv' | undefined;
}

function lockFacts(path: string): readonly Fact[] {
  return managedFacts(folderOf(path), { start: 0, end: 0 }, lockManager(path) ?? '');
}

function managedFacts(folder: string, span: Definition['span'], manager: string): readonly Fact[] {
  return [
    ...managed.map((name) => stepName(name, span, `what ${manager} does for the project`)),
    definition(projects, folder, span, { manager }),
  ];
}

/** The public names of the steps. */
const fileStep = (way: string): string => `python-project:run/${way}`;
const scriptStep = (script: string): string => `python-project:script/${script}`;
const managed = ['install', 'check'].map((name) => `python-project:${name}`);

/** Steps are named across systems and projects, so none excludes another. */
function stepName(name: string, span: Definition['span'], about: string): Definition {
  return { ...definition('step', name, span, {}), what: 'step', about };
}

function definition(
  namespace: string,
  name: string,
  span: Definition['span'],
  data: Readonly<Record<string, string>>,
): Definition {
  return {
    fact: 'definition',
    namespace,
    scope: '',
    name,
    span,
    what: 'script',
    exclusive: false,
    implicit: true,
    data,
  };
}

const cancel: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 0 },
];

const installs: Readonly<Record<string, string>> = { poetry: 'poetry install', uv: 'uv sync' };

function pythonSteps(project: Project, facts: FactReader): readonly Step[] {
  const own = [...facts.all(programs)].filter(({ path }) => isInside(path, project.root));
  // What `pyproject.toml` says stands over a lock file.
  const kept = [...facts.all(projects)]
    .filter(({ path }) => isInside(path, project.root))
    .toSorted((a, b) => Number(a.path.endsWith('.lock')) - Number(b.path.endsWith('.lock')));
  const managed = kept.filter(({ name }, at) => kept.findIndex((each) => each.name === name) === at);
  return [
    ...own.map(({ path, span, data }) => programStep(project, { path, span }, data ?? {})),
    ...managed.flatMap(({ name, path, span, data }) =>
      managerSteps(name, { path, span }, data?.['manager'] ?? ''),
    ),
  ];
}

function programStep(
  project: Project,
  location: NonNullable<Step['location']>,
  { kind, script = '', manager = '' }: Readonly<Record<string, string>>,
): Step {
  const way = pathFrom(project.root, location.path);
  const cwd = kind === 'script' ? folderOf(location.path) : project.root;
  const head = { system: 'python-project', project: cwd, kind: 'script', location } as const;
  if (kind !== 'script')
    return {
      ...head,
      id: fileStep(way),
      title: `Run ${way}`,
      detail: `python ${way}`,
      work: command('python', [way], { cwd, install: 'https://www.python.org/downloads/' }),
    };
  const install = installs[manager] ?? 'python -m pip install -e .';
  return {
    ...head,
    id: scriptStep(script),
    title: `Run ${script}`,
    detail: `a script of ${way}`,
    work: command(script, [], { cwd, install }),
  };
}

/** What Poetry or uv does for the project. */
function managerSteps(
  folder: string,
  location: NonNullable<Step['location']>,
  manager: string,
): readonly Step[] {
  const offers =
    manager === 'poetry'
      ? ([
          ['install', 'Install dependencies', ['install']],
          ['check', 'Check the lock file', ['check', '--lock']],
        ] as const)
      : ([
          ['install', 'Install dependencies', ['sync']],
          ['check', 'Check the lock file', ['lock', '--check']],
        ] as const);
  const install = `python -m pip install ${manager}`;
  return offers.map(([name, title, args]) => ({
    id: `python-project:${name}`,
    title,
    detail: `${manager} ${args.join(' ')}`,
    verb: title,
    system: 'python-project',
    project: folder,
    kind: 'command',
    location,
    work: command(manager, args, { cwd: folder, install }),
  }));
}

function command(
  name: string,
  args: readonly string[],
  { cwd, install }: { readonly cwd: string; readonly install: string },
): Command {
  return { kind: 'command', executable: { name, install }, args, cwd, writes: [], cancel };
}

function parametersOf({ kind }: Step): ReturnType<StepOptions['parameters']> {
  if (kind !== 'script') return [];
  return [
    {
      name: 'arguments',
      type: 'string',
      description: 'what the script is given, quoted as in a shell',
      isOption: true,
    },
  ];
}

function apply(step: Step, given: ReadonlyMap<string, string>): Step {
  const { work } = step;
  const words = splitWords(given.get('arguments') ?? '');
  if (work.kind !== 'command' || words.length === 0) return step;
  return { ...step, work: { ...work, args: [...work.args, ...words] } };
}
