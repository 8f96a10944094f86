import { aboutNothing, checkFact, type Check, type Judgement } from '../../core/evidence.ts';
import type { Definition } from '../../core/facts.ts';
import type { FactReader } from '../../core/fact-index.ts';
import type { Project } from '../../core/system.ts';
import { get, type Node } from '../../core/tree.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { yamlOptions } from './layout.ts';

const name = 'meltano:runs';
const title = 'The last load of every state succeeded';

/** The newest run of each state; that somebody wrote a state by hand is kept as one, too. Limit: a database of years holds more than anybody asks about. */
const newestRuns = `SELECT job_name, CAST(state AS TEXT) AS state,
  CAST(started_at AS TEXT) AS started_at, CAST(ended_at AS TEXT) AS ended_at FROM runs
  WHERE id IN (SELECT MAX(id) FROM runs WHERE CAST(state AS TEXT) <> 'STATE_EDIT' GROUP BY job_name) ORDER BY job_name LIMIT 1000`;

/** Names the database before the project file does. */
const variable = 'MELTANO_DATABASE_URI';

/** Of the database only that one is named: its address may hold a password. */
export function checkFacts(project: Project, tree: Node | undefined): readonly Definition[] {
  const fact = checkFact(name, project.scope, title);
  return [addressOf(tree) === undefined ? fact : { ...fact, data: { database: 'named' } }];
}

function addressOf(tree: Node | undefined): string | undefined {
  const written = tree && get(tree, 'database_uri');
  return written?.kind === 'scalar' && typeof written.value === 'string' ? written.text : undefined;
}

/** Meltano's own history of runs: in the database that it makes by itself, or in the one that its settings name. */
export function meltanoChecks(project: Project, facts: FactReader): readonly Check[] {
  const [stated] = facts.definitions({ namespace: 'check', scope: project.scope, name });
  if (!stated) return [];
  const isNamed =
    stated.data?.['database'] !== undefined ||
    facts.isDefined({ namespace: 'env', scope: '', name: variable });
  const asked = { made: 'run a job: `meltano run …`', sql: newestRuns, judge: judgeRuns };
  return [
    {
      id: name,
      title,
      probe: isNamed
        ? {
            kind: 'query',
            variable,
            file: 'meltano.yml',
            addressIn: (text) => addressOf(parseYaml(text, yamlOptions).tree),
            ...asked,
          }
        : { kind: 'database', file: '.meltano/meltano.db', unless: variable, ...asked },
      about: { ...aboutNothing, systems: ['meltano'] },
      weight: 1,
      folder: project.root,
    },
  ];
}

/** The oldest of the newest runs tells how old the whole is. */
export function judgeRuns(rows: readonly Readonly<Record<string, unknown>>[]): Judgement {
  const expected = 'the last load of every state succeeded';
  const next = 'look into its log, and run it again';
  if (rows.length === 0)
    return { state: 'unknown', expected, seen: 'nothing ran yet', next: 'run a job: `meltano run …`' };
  const having = (is: (state: string) => boolean): readonly string[] =>
    rows.filter((row) => is(String(row['state']))).map((row) => `\`${String(row['job_name'])}\``);
  const failed = having((state) => state === 'FAIL' || state === 'DEAD');
  const running = having((state) => state !== 'SUCCESS');
  const times = rows
    .map((row) => timeOf(row['ended_at'] ?? row['started_at']))
    .filter((ms) => !Number.isNaN(ms));
  const since = times.length === 0 ? {} : { sinceMs: Math.min(...times) };
  const states = `${rows.length} ${rows.length === 1 ? 'state' : 'states'}`;
  if (failed.length > 0)
    return { state: 'failed', expected, seen: `${states}, failed: ${failed.join(', ')}`, ...since, next };
  if (running.length > 0)
    return {
      state: 'unknown',
      expected,
      seen: `running: ${running.join(', ')}`,
      next: 'wait until it has ended',
    };
  return { state: 'passed', expected, seen: `${states}, all succeeded`, ...since, next: 'run it again' };
}

/** Meltano writes UTC without saying so. */
function timeOf(written: unknown): number {
  return typeof written === 'string' ? Date.parse(`${written.replace(' ', 'T')}Z`) : Number.NaN;
}
