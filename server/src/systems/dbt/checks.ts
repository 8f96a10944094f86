import { aboutNothing, checkFact, type Check, type Probe } from '../../core/evidence.ts';
import type { Definition } from '../../core/facts.ts';
import type { FactReader } from '../../core/fact-index.ts';
import type { Project } from '../../core/system.ts';
import { layoutOf } from './layout.ts';
import { judgeFreshness, judgeManifest, judgeResults, judgeTests } from './left-behind.ts';

const titles = {
  'dbt:results': 'The last run of dbt succeeded',
  'dbt:tests': 'The tests of the last run of dbt passed',
  'dbt:manifest': 'The manifest of dbt tells of the project as it is',
  'dbt:freshness': 'The data of the sources is fresh',
} as const;

type Name = keyof typeof titles;

/** That these checks can be named. */
export function checkFacts(project: Project): readonly Definition[] {
  return Object.entries(titles).map(([name, title]) => checkFact(name, project.scope, title));
}

/** What dbt leaves behind in its target folder. */
export function dbtChecks(project: Project, facts: FactReader): readonly Check[] {
  if (!facts.isDefined({ namespace: 'check', scope: project.scope, name: 'dbt:results' })) return [];
  const { output, paths } = layoutOf(project);
  const target = output[0]!;
  const check = (name: Name, probe: Probe): Check => ({
    id: name,
    title: titles[name],
    probe,
    about: { ...aboutNothing, systems: ['dbt'] },
    weight: 1,
    folder: project.root,
  });
  const sources = Object.values(paths).flatMap((folders) =>
    folders.map((folder) => `${folder}/**/*.{sql,yml,yaml,py,csv,md}`),
  );
  const results = [`${target}/run_results.json`];
  return [
    check('dbt:results', {
      kind: 'artifact',
      patterns: results,
      made: 'run `dbt build`',
      judge: judgeResults,
    }),
    check('dbt:tests', { kind: 'artifact', patterns: results, made: 'run `dbt build`', judge: judgeTests }),
    check('dbt:manifest', {
      kind: 'artifact',
      patterns: [`${target}/manifest.json`],
      made: 'run `dbt parse`',
      judge: judgeManifest,
      // What is asked of it stands first.
      headBytes: 65_536,
      beside: ['dbt_project.yml', ...new Set(sources)],
    }),
    ...(hasSources(project, facts)
      ? [
          check('dbt:freshness', {
            kind: 'artifact',
            patterns: [`${target}/sources.json`],
            made: 'run `dbt source freshness`',
            judge: judgeFreshness,
          }),
        ]
      : []),
  ];
}

function hasSources({ scope }: Project, facts: FactReader): boolean {
  for (const _ of facts.all('dbt.source-table', scope)) return true;
  return false;
}
