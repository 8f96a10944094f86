import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Fact } from '../../core/facts.ts';
import { folderOf, isInside } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parameter, Step } from '../../core/step.ts';
import type { StepOptions } from '../../core/step-options.ts';
import type { Project } from '../../core/system.ts';
import { findPair, get } from '../../core/tree.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';

const scripts = 'evidence.script';
const sources = 'evidence.source';

/** Evidence's own scripts of a package, with what each does. */
const known: Readonly<Record<string, string>> = {
  sources: 'Load sources',
  build: 'Build the site',
  'build:strict': 'Build the site strictly',
  dev: 'Start the site for development',
  preview: 'Show the site that was built',
};

/** What empties or fills the folder that a site is built from, and ends: of two at once one takes away what the other reads. */
const writing: ReadonlySet<string> = new Set(['sources', 'build', 'build:strict']);

const serving: ReadonlySet<string> = new Set(['dev', 'preview']);

/** The scripts that a `package.json` has for Evidence. */
export function scriptFacts(source: SourceFile): readonly Fact[] {
  const { tree } = parseYaml(source.text, { version: '1.2', duplicateKeys: 'last' });
  const all = get(tree, 'scripts');
  return Object.keys(known).flatMap((name): readonly Definition[] => {
    const pair = findPair(all, name);
    if (!pair || pair.value.kind !== 'scalar' || !/\bevidence\b/u.test(pair.value.text)) return [];
    const head = {
      fact: 'definition',
      scope: '',
      span: pair.key.span,
      exclusive: false,
      implicit: true,
    } as const;
    return [
      {
        ...head,
        namespace: scripts,
        name: `${folderOf(source.path)}#${name}`,
        what: 'script',
        data: { script: name },
      },
      { ...head, namespace: 'step', name: `evidence:${name}`, what: 'step', about: known[name]! },
    ];
  });
}

/** A source, by the name that Evidence prints of it. */
export function sourceFact(folder: string, name: string): Definition {
  return {
    fact: 'definition',
    namespace: sources,
    scope: '',
    name: folder,
    span: { start: 0, end: 0 },
    exclusive: false,
    implicit: true,
    what: 'source',
    data: { name },
  };
}

function foldersOfSources(site: string, facts: FactReader): Readonly<Record<string, string>> {
  const own = [...facts.all(sources)].filter(({ name }) => folderOf(name) === `${site}/sources`);
  return Object.fromEntries(own.map(({ name, data }) => [data?.['name'] ?? '', name]));
}

/** What npm runs for Evidence, in the folder of its `package.json`. */
export function evidenceSteps(project: Project, facts: FactReader): readonly Step[] {
  return [...facts.all(scripts)]
    .filter(({ path }) => isInside(path, project.root))
    .map(({ path, span, data }): Step => {
      const script = data?.['script'] ?? '';
      const folder = folderOf(path);
      return {
        id: `evidence:${script}`,
        title: known[script] ?? script,
        detail: `npm run ${script}`,
        system: 'evidence',
        project: folder,
        kind: 'command',
        location: { path, span },
        printed: foldersOfSources(folder, facts),
        work: {
          kind: 'command',
          executable: { name: 'npm', install: 'https://nodejs.org/en/download' },
          args: ['run', script],
          cwd: folder,
          writes: writing.has(script) ? [`${folder}/.evidence/template`] : [],
          // Preview asks npx for a server that Evidence does not bring along; where nobody can be asked npx would download it.
          ...(script === 'preview' ? { env: { npm_config_yes: 'false' } } : {}),
          ...(serving.has(script) ? { serves: true } : {}),
          cancel: [
            { signal: 'SIGINT', waitMs: 10_000 },
            { signal: 'SIGTERM', waitMs: 5_000 },
            { signal: 'SIGKILL', waitMs: 0 },
          ],
        },
      };
    });
}

const ofSources: readonly Parameter[] = [
  { name: 'sources', type: 'string', description: 'these sources alone: `shop,web`', isOption: true },
  {
    name: 'changed',
    type: 'boolean',
    description: 'only queries that have changed',
    default: 'false',
    isOption: true,
  },
  {
    name: 'strict',
    type: 'boolean',
    description: 'fails where a query fails',
    default: 'false',
    isOption: true,
  },
];

/** What Evidence can be told when it loads sources, behind npm's `--`. */
export const evidenceOptions: StepOptions = {
  parameters: ({ work }) => (work.kind === 'command' && work.args[1] === 'sources' ? ofSources : []),
  apply: (step, given) => {
    const { work } = step;
    const words = ofSources.flatMap(({ name, type }) => {
      const value = given.get(name) ?? '';
      if (type === 'boolean') return value === 'true' ? [`--${name}`] : [];
      return value === '' ? [] : [`--${name}`, value];
    });
    if (work.kind !== 'command' || words.length === 0) return step;
    return { ...step, work: { ...work, args: [...work.args, '--', ...words] } };
  },
};
