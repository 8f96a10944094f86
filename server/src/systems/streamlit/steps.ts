import type { FactReader } from '../../core/fact-index.ts';
import type { Fact } from '../../core/facts.ts';
import { baseName, folderOf, isInside, pathFrom } from '../../core/path.ts';
import { mainGuard } from '../../core/python-main.ts';
import { splitWords } from '../../core/split-words.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parameter, Step } from '../../core/step.ts';
import type { StepOptions } from '../../core/step-options.ts';
import type { Project } from '../../core/system.ts';

const apps = 'streamlit.app';

/** A file that shows something when it is run, or says that it is run; a page of `pages/` is shown by its app. */
export function appFacts({ path, text }: SourceFile, { root }: Project): readonly Fact[] {
  const alias = /^\s*import\s+streamlit(?:\s+as\s+(\w+))?/mu.exec(text)?.[1] ?? 'streamlit';
  const calls = new RegExp(`^(?:with\\s+)?${alias}\\.\\w+`, 'mu');
  const shows = calls.exec(text) ?? mainGuard.exec(text);
  if (!shows || path.includes('/pages/')) return [];
  const span = { start: shows.index, end: shows.index + shows[0].length };
  const head = { fact: 'definition', scope: '', span, exclusive: false, implicit: true } as const;
  return [
    { ...head, namespace: apps, name: path, what: 'app' },
    {
      ...head,
      namespace: 'step',
      name: runStep(pathFrom(root, path)),
      what: 'step',
      about: 'starts this app',
    },
  ];
}

function runStep(way: string): string {
  return `streamlit:run/${way}`;
}

/** Each app, started in its own folder, until it is cancelled. */
export function streamlitSteps(project: Project, facts: FactReader): readonly Step[] {
  return [...facts.all(apps)]
    .filter(({ path }) => isInside(path, project.root))
    .map(({ path }): Step => {
      const way = pathFrom(project.root, path);
      const folder = folderOf(path);
      return {
        id: runStep(way),
        title: `Start ${way}`,
        detail: 'streamlit run: until it is cancelled',
        verb: 'Start App',
        system: 'streamlit',
        project: folder,
        kind: 'app',
        location: { path, span: { start: 0, end: 0 } },
        work: {
          kind: 'command',
          executable: { name: 'streamlit', install: 'python -m pip install streamlit' },
          // Without a head it asks for an e-mail address when it is started first.
          args: ['run', baseName(path), '--server.headless=true', '--browser.gatherUsageStats=false'],
          cwd: folder,
          writes: [],
          serves: true,
          cancel: [
            { signal: 'SIGTERM', waitMs: 5_000 },
            { signal: 'SIGKILL', waitMs: 0 },
          ],
        },
      };
    });
}

const parameters: readonly Parameter[] = [
  { name: 'port', type: 'number', description: 'where the app is served', isOption: true },
  { name: 'arguments', type: 'string', description: 'what the app itself is given', isOption: true },
];

/** The port, and what the app is given behind `--`. */
export const streamlitOptions: StepOptions = {
  parameters: () => parameters,
  apply: (step, given) => {
    const { work } = step;
    if (work.kind !== 'command') return step;
    const port = given.get('port') ?? '';
    const own = splitWords(given.get('arguments') ?? '');
    const words = [
      ...(port === '' ? [] : [`--server.port=${port}`]),
      ...(own.length === 0 ? [] : ['--', ...own]),
    ];
    return { ...step, work: { ...work, args: [...work.args, ...words] } };
  },
};
