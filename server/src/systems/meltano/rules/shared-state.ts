import type { Report, Rule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import { get, pairsOf } from '../../../core/tree.ts';
import { readCron } from '../cron-times.ts';
import {
  blockNames,
  taskTexts,
  type Job,
  type MeltanoModel,
  type ProjectModel,
  type Schedule,
} from '../model.ts';
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
  restsOn: ({ model }) =>
    model.kind === 'lock'
      ? []
      : [
          ...blockNames(model),
          ...model.jobs.map(({ node }) => node),
          ...model.schedules.map(({ node }) => node),
        ],
  check({ model, source }, report) {
    if (model.kind === 'lock' || model.jobs.length === 0) return;
    const blocks = new Blocks(model);
    const loads = new Map(model.jobs.map((job) => [job, loadsOf(job, blocks, source)]));
    for (const each of loads.values()) checkJob(each, source, report);
    checkSchedules(model, loads, source, report);
  },
};

/** What the blocks of tasks are, by their names, as far as the file tells. */
class Blocks {
  readonly extractors = new Set<string>();
  readonly loaders = new Set<string>();
  readonly mappings = new Set<string>();

  constructor({ plugins }: ProjectModel) {
    for (const { type, name, mappings } of plugins) {
      if (type.key === 'extractors') this.extractors.add(name.text);
      if (type.key === 'loaders') this.loaders.add(name.text);
      for (const { text } of mappings) this.mappings.add(text);
    }
  }
}

interface Load {
  readonly extractor: Token;
  readonly loader: Token;
  readonly mappings: string;
}

/** The loads of a job, in order, as far as this file tells what its blocks are. */
function loadsOf({ tasks }: Job, blocks: Blocks, source: SourceFile): readonly Load[] {
  const found: Load[] = [];
  let extractor: Token | undefined;
  let mappings: string[] = [];
  for (const token of taskTexts(tasks).flatMap((text) =>
    typeof text.value === 'string' ? tokensOf(source, text) : [],
  )) {
    if (blocks.extractors.has(token.text)) {
      extractor = token;
      mappings = [];
    } else if (extractor && blocks.mappings.has(token.text)) mappings.push(token.text);
    else {
      if (extractor && blocks.loaders.has(token.text))
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
  loads: ReadonlyMap<Job, readonly Load[]>,
  source: SourceFile,
  report: Report,
): void {
  const starts = new Map<string, { readonly schedule: Schedule; readonly load: Load }>();
  // Of two jobs of one name the first is run.
  const named = new Map(jobs.toReversed().map((job) => [job.name?.text, job]));
  const times = new Map<string, string | undefined>();
  for (const schedule of schedules) {
    const { interval, name, node } = schedule;
    if (interval && !times.has(interval.text)) times.set(interval.text, timesOf(interval.text));
    const at = interval && times.get(interval.text);
    const job = schedule.job && named.get(schedule.job.text);
    // A schedule's variables may select another environment, which has states of its own.
    if (!at || !job || !name || pairsOf(get(node, 'env')).length > 0) continue;
    const told = new Set<Schedule>();
    for (const load of loads.get(job) ?? []) {
      const key = `${at}\n${nameOf(load)}`;
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
