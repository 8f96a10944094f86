import type { Artifact, Artifacts } from '../../core/artifact.ts';
import type { Definition } from '../../core/facts.ts';
import { numberOf, objectOf, textOf } from '../../core/json.ts';
import type { LastRun } from '../../core/last-run.ts';
import { resolvePath } from '../../core/path.ts';
import type { Project } from '../../core/system.ts';
import { layoutOf } from './layout.ts';
import { statusOf } from './progress.ts';

/** dbt's id of what a name stands for, as far as it runs such things. Of data tests, which it names itself, see `data-test-names.ts`. */
export function runIdOf({ namespace, what, group = '', name }: Definition): string | undefined {
  switch (namespace) {
    case 'dbt.node':
      return `${what}.${group}.${name}`;
    case 'dbt.node-version':
      return `model.${group}.${name}`;
    case 'dbt.source-table':
      return `source.${group}.${name}`;
    case 'dbt.test':
      return `test.${group}.${name}`;
    case 'dbt.unit-test':
      return `unit_test.${group}.${name}`;
    default:
      return undefined;
  }
}

/** What `dbt build` and the like, and `dbt source freshness`, leave behind of their last run. */
export function runArtifacts(project: Project): readonly Artifact[] {
  return artifactPaths(project).map((path) => ({ path, sections: ['results'], read: resultOf }));
}

function artifactPaths(project: Project): readonly string[] {
  const target = resolvePath(project.scope, layoutOf(project).output[0]!);
  return [`${target}/run_results.json`, `${target}/sources.json`];
}

export function lastRunOf(id: string, project: Project, artifacts: Artifacts): LastRun | undefined {
  const found = artifactPaths(project).flatMap((path) => entryOf(artifacts(path), id) ?? []);
  return found.map((text) => JSON.parse(text) as LastRun).sort((a, b) => (a.at < b.at ? 1 : -1))[0];
}

/** Data tests have a hash behind their names, and versions their number. */
function entryOf(entries: ReadonlyMap<string, string> | undefined, id: string): string | undefined {
  const known = entries?.get(id);
  if (known !== undefined || !entries) return known;
  for (const [key, entry] of entries) if (key.startsWith(`${id}.`)) return entry;
  return undefined;
}

function resultOf(entry: unknown): readonly [string, string] | undefined {
  const result = objectOf(entry);
  const id = textOf(result?.['unique_id']);
  if (!result || id === undefined) return undefined;
  const seconds = numberOf(result['execution_time']);
  const rows = numberOf(objectOf(result['adapter_response'])?.['rows_affected']);
  const failures = numberOf(result['failures']);
  const message = messageOf(result);
  const run: LastRun = {
    status: statusOf(textOf(result['status']) ?? ''),
    at: beginOf(result['timing']),
    ...(seconds === undefined ? {} : { durationMs: Math.round(seconds * 1000) }),
    // A database that does not count says -1.
    ...(rows === undefined || rows < 0 ? {} : { rows }),
    ...(failures === undefined ? {} : { failures }),
    ...(message === undefined ? {} : { message }),
  };
  return [id, JSON.stringify(run)];
}

/** Limit: what a person reads of a message; a database may say very much. */
const longestMessage = 2000;

function messageOf(result: Readonly<Record<string, unknown>>): string | undefined {
  const age = numberOf(result['max_loaded_at_time_ago_in_s']);
  if (age !== undefined) return `the data is ${ageText(age)} old`;
  return (textOf(result['message']) ?? textOf(result['error']))?.slice(0, longestMessage);
}

function ageText(seconds: number): string {
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} hours` : `${Math.round(seconds / 86_400)} days`;
}

function beginOf(timing: unknown): string {
  const times = Array.isArray(timing)
    ? timing.flatMap((each) => textOf(objectOf(each)?.['started_at']) ?? [])
    : [];
  return times.sort()[0] ?? '';
}
