import type { Report, Rule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import { get, pairsOf } from '../../../core/tree.ts';
import { readCron } from '../cron-times.ts';
import { taskTexts, type Job, type MeltanoModel, type ProjectModel, type Schedule } from '../model.ts';
import { tokensOf, type Token } from '../tokens.ts';

/**
 * `meltano run` keeps one state for an extractor and a loader (`dev:tap-shop-to-target-duckdb`), whichever job names
 * them. A second load of one job goes on from the state of the first, and of two runs at one time it refuses one:
 * two schedules of the same interval whose jobs load the same pair. Schedules of two plugins have states of their own.
 * Limit: jobs and plugins of other files are not looked at.
 */
export const sharedState: Rule<MeltanoModel> = {
  id: 'meltano/shared-state',
  severity: 'warning',
  check({ model, source }, report) {
    if (model.kind === 'lock' || model.jobs.length === 0) return;
    const pairs = new Map(model.jobs.map((job) => [job, pairsOfJob(job, model, source)]));
    for (const [, loads] of pairs) checkJob(loads, source, report);
    checkSchedules(model, pairs, source, report);
  },
};

interface Load {
  readonly extractor: Token;
  readonly loader: Token;
  readonly mappings: string;
}

/** The loads of a job, in order, as far as this file tells what its blocks are. */
function pairsOfJob({ tasks }: Job, { plugins }: ProjectModel, source: SourceFile): readonly Load[] {
  const isOf = (key: string, name: string): boolean =>
    plugins.some(({ type, name: { text } }) => type.key === key && text === name);
  const isMapping = (name: string): boolean =>
    plugins.some(({ mappings }) => mappings.some(({ text }) => text === name));
  const found: Load[] = [];
  let extractor: Token | undefined;
  let mappings: string[] = [];
  for (const token of taskTexts(tasks).flatMap((text) =>
    typeof text.value === 'string' ? tokensOf(source, text) : [],
  )) {
    if (isOf('extractors', token.text)) {
      extractor = token;
      mappings = [];
    } else if (extractor && isMapping(token.text)) mappings.push(token.text);
    else {
      if (extractor && isOf('loaders', token.text))
        found.push({ extractor, loader: token, mappings: mappings.join(' ') });
      extractor = undefined;
    }
  }
  return found;
}

function checkJob(loads: readonly Load[], source: SourceFile, report: Report): void {
  const firsts = new Map<string, Load>();
  for (const load of loads) {
    const first = firsts.get(nameOf(load));
    if (!first) {
      firsts.set(nameOf(load), load);
      continue;
    }
    const { extractor, loader, mappings } = load;
    const isSame = mappings === first.mappings;
    report(
      { start: extractor.span.start, end: Math.max(extractor.span.end, loader.span.end) },
      `the job loads \`${extractor.text}\` into \`${loader.text}\` twice with one state, so this time only what is new since the first; ${isSame ? 'remove one of the two' : 'give one its own extractor by `inherit_from`'}`,
      {
        severity: isSame ? 'information' : 'warning',
        related: [{ path: source.path, span: first.extractor.span, message: 'it is loaded here first' }],
      },
    );
  }
}

function checkSchedules(
  { schedules, jobs }: ProjectModel,
  pairs: ReadonlyMap<Job, readonly Load[]>,
  source: SourceFile,
  report: Report,
): void {
  const starts = new Map<string, { readonly schedule: Schedule; readonly load: Load }>();
  for (const schedule of schedules) {
    const { interval, job: named, name, node } = schedule;
    const times = interval && timesOf(interval.text);
    const job = named && jobs.find((each) => each.name?.text === named.text);
    // A schedule's variables may select another environment, which has states of its own.
    if (!times || !job || !name || pairsOf(get(node, 'env')).length > 0) continue;
    const told = new Set<Schedule>();
    for (const load of pairs.get(job) ?? []) {
      const key = `${times}\n${nameOf(load)}`;
      const first = starts.get(key);
      if (!first) starts.set(key, { schedule, load });
      if (!first || first.schedule === schedule || told.has(first.schedule)) continue;
      told.add(first.schedule);
      const { text } = first.schedule.name!;
      report(
        interval,
        `\`${name.text}\` and \`${text}\` load \`${load.extractor.text}\` into \`${load.loader.text}\` at the same time with one state, and Meltano refuses the second while the first runs; move one of them to another time`,
        {
          related: [
            { path: source.path, span: first.schedule.name!.span, message: `\`${text}\` is defined here` },
          ],
        },
      );
    }
  }
}

function timesOf(interval: string): string | undefined {
  const cron = readCron(interval);
  if (!cron) return undefined;
  const { written: _written, ...times } = cron;
  return JSON.stringify(times);
}

function nameOf({ extractor, loader }: Load): string {
  return `${extractor.text} ${loader.text}`;
}
