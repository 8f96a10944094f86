import type { Judgement, ReadFile } from '../../core/evidence.ts';
import { numberOf, objectIn, objectOf, textOf } from '../../core/json.ts';
import { statusOf } from './progress.ts';

/** How many things are named in one line. */
const mostNamed = 3;

/** Commands that say how the things they run went. */
const running = new Set(['build', 'run', 'test', 'seed', 'snapshot', 'retry', 'clone']);

interface Result {
  readonly id: string;
  readonly status: ReturnType<typeof statusOf>;
}

interface Results {
  readonly path: string;
  /** `dbt build`, or what is known of it. */
  readonly by: string;
  readonly which: string | undefined;
  readonly results: readonly Result[];
  readonly sinceMs?: number;
}

/** Every node of the last run: `run_results.json`. */
export function judgeResults(files: readonly ReadFile[]): Judgement {
  const read = readResults(files);
  if (!read) return unreadable(files, 'every node of the last run succeeded');
  const expected = 'every node of the last run succeeded';
  if (read.which !== undefined && !running.has(read.which))
    return {
      ...head(read),
      state: 'unknown',
      expected,
      seen: `${read.by}, which builds nothing`,
      next: 'run `dbt build`',
    };
  return judge(read, expected, 'node', 'dbt build');
}

/** Every test of the last run. */
export function judgeTests(files: readonly ReadFile[]): Judgement {
  const read = readResults(files);
  const expected = 'every test of the last run passed';
  if (!read) return unreadable(files, expected);
  const tests = read.results.filter(({ id }) => id.startsWith('test.') || id.startsWith('unit_test.'));
  if (tests.length === 0)
    return {
      ...head(read),
      state: 'unknown',
      expected,
      seen: `${read.by} ran no test`,
      next: 'run `dbt test`',
    };
  return judge({ ...read, results: tests }, expected, 'test', 'dbt test');
}

/** Every source whose freshness was looked at: `sources.json`. */
export function judgeFreshness(files: readonly ReadFile[]): Judgement {
  const read = readResults(files);
  const expected = 'the data of every source is fresh';
  if (!read) return unreadable(files, expected);
  if (read.results.length === 0)
    return {
      ...head(read),
      state: 'not-applicable',
      expected,
      seen: 'no source says how fresh its data has to be',
    };
  return judge({ ...read, by: 'dbt source freshness' }, expected, 'source', 'dbt source freshness');
}

function judge(read: Results, expected: string, noun: string, command: string): Judgement {
  const failed = read.results.filter(({ status }) => status === 'failed');
  const warned = read.results.filter(({ status }) => status === 'warned');
  const skipped = read.results.filter(({ status }) => status === 'skipped').length;
  const count = read.results.length;
  const seen = [
    `${read.by}: ${count} ${noun}${count === 1 ? '' : 's'}`,
    `${failed.length} failed${named(failed)}`,
    ...(warned.length > 0 ? [`${warned.length} warned${named(warned)}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
  if (failed.length > 0)
    return { ...head(read), state: 'failed', expected, seen, next: `mend it and run \`${command}\` again` };
  if (count === 0) return { ...head(read), state: 'unknown', expected, seen, next: `run \`${command}\`` };
  // What is skipped waits for what failed before it.
  if (skipped > 0)
    return {
      ...head(read),
      state: 'unknown',
      expected,
      seen,
      next: `mend what failed and run \`${command}\``,
    };
  if (warned.length > 0)
    return { ...head(read), state: 'warning', expected, seen, next: 'look at what it warns of' };
  return { ...head(read), state: 'passed', expected, seen, next: `run \`${command}\`` };
}

/** The manifest tells of the project as it is: nothing is newer than it. */
export function judgeManifest(
  files: readonly ReadFile[],
  { beside }: { readonly beside: readonly Pick<ReadFile, 'path' | 'modifiedMs'>[] },
): Judgement {
  const expected = 'the manifest is newer than every source of the project';
  const [file] = files;
  const text = file?.text ?? '';
  const generated = /"generated_at"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  const sinceMs = timeOf(generated);
  if (!file || sinceMs === undefined) return unreadable(files, expected);
  const version = /"dbt_version"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  // Files are as old as the disk says, and dbt reads them some time before it writes.
  const newest = beside.reduce((last, each) => Math.max(last, each.modifiedMs), 0);
  const changed = beside.filter(({ modifiedMs }) => modifiedMs > sinceMs);
  const by = version === undefined ? 'made by dbt' : `made by dbt ${version}`;
  const where = file.path;
  if (changed.length > 0)
    return {
      state: 'stale',
      expected,
      seen: `${by}; ${changed.length} ${changed.length === 1 ? 'file is' : 'files are'} newer`,
      where,
      sinceMs,
      next: 'run `dbt parse`, or whatever builds',
    };
  return { state: 'passed', expected, seen: newest === 0 ? by : `${by}, nothing is newer`, where, sinceMs };
}

function readResults([file]: readonly ReadFile[]): Results | undefined {
  if (!file) return undefined;
  const read = objectIn(file.text);
  const metadata = objectOf(read?.['metadata']);
  const results = read?.['results'];
  if (!metadata || !Array.isArray(results)) return undefined;
  const args = objectOf(read?.['args']);
  const which = textOf(args?.['which']);
  const version = textOf(metadata['dbt_version']);
  const command = which === undefined ? 'dbt' : `dbt ${which}`;
  const sinceMs = timeOf(textOf(metadata['generated_at']));
  return {
    path: file.path,
    by: version === undefined ? command : `${command} (${version})`,
    which,
    results: results.flatMap((each) => resultOf(each)),
    ...(sinceMs === undefined ? {} : { sinceMs }),
  };
}

function resultOf(entry: unknown): readonly Result[] {
  const result = objectOf(entry);
  const id = textOf(result?.['unique_id']);
  if (!result || id === undefined) return [];
  const failures = numberOf(result['failures']);
  const said = textOf(result['status']) ?? '';
  // A source is `pass`, `warn` or `error`; what failed with rows says so, too.
  return [{ id, status: said === '' && failures !== undefined && failures > 0 ? 'failed' : statusOf(said) }];
}

function unreadable([file]: readonly ReadFile[], expected: string): Judgement {
  return {
    state: 'unknown',
    expected,
    seen: 'the file is not what dbt writes',
    ...(file ? { where: file.path } : {}),
    next: 'run dbt again',
  };
}

function head({ path, sinceMs }: Results): Pick<Judgement, 'where' | 'sinceMs'> {
  return { where: path, ...(sinceMs === undefined ? {} : { sinceMs }) };
}

function named(results: readonly Result[]): string {
  if (results.length === 0) return '';
  const names = results.slice(0, mostNamed).map(({ id }) => `\`${id}\``);
  const more = results.length > mostNamed ? ', …' : '';
  return ` (${names.join(', ')}${more})`;
}

function timeOf(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
