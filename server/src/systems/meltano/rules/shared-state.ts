import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located } from '../../../core/facts.ts';
import type { BetweenRule, FactFile, Report } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { Span } from '../../../core/span.ts';
import { readCron } from '../cron-times.ts';
import { taskTexts, type MeltanoModel, type ProjectModel } from '../model.ts';
import { namespaces } from '../names.ts';
import { blockNamespaces, blocksOf, pluginIn, TaskBlocks } from '../task-blocks.ts';
import { tokensOf, type Token } from '../tokens.ts';

/**
 * `meltano run` keeps one state for an extractor and a loader (`dev:tap-shop-to-target-duckdb`), whichever job names
 * them. A second load of one job goes on from the state of the first, and of two runs at one time it refuses one:
 * two schedules of the same interval whose jobs load the same pair. Schedules of two plugins have states of their own.
 * Schedules, jobs and plugins may each stand in another of the files that `meltano.yml` includes.
 */
export const sharedState: BetweenRule = {
  id: 'meltano/shared-state',
  severity: 'warning',
  over: [...blockNamespaces, namespaces.job, namespaces.schedule],
  check(file, facts, report) {
    const names = new Set(file.facts.flatMap((fact) => (fact.fact === 'definition' ? [fact.namespace] : [])));
    if (!names.has(namespaces.job) && !names.has(namespaces.schedule)) return;
    const project = new ProjectLoads(file.project.scope, facts);
    checkJobs(file, project, report);
    if (names.has(namespaces.schedule)) checkSchedules(file, project, report);
  },
};

/** One load of a job, by the indexes of its blocks. */
interface Load {
  readonly pair: string;
  readonly extractor: number;
  readonly loader: number;
  readonly mappings: string;
}

/** What the jobs of a project load, whichever files say what their blocks are. */
class ProjectLoads {
  readonly schedules: readonly Located<Definition>[];
  readonly #scope: string;
  readonly #facts: FactReader;
  readonly #blocks: TaskBlocks;
  readonly #jobs: ReadonlyMap<string, Definition>;

  constructor(scope: string, facts: FactReader) {
    this.#scope = scope;
    this.#facts = facts;
    this.#blocks = new TaskBlocks(scope, facts);
    this.schedules = [...this.#firsts(namespaces.schedule).values()];
    this.#jobs = this.#firsts(namespaces.job);
  }

  /** The loads of a job, in order, by its blocks. */
  of(blocks: readonly string[]): readonly Load[] {
    const found: Load[] = [];
    let extractor: number | undefined;
    let mappings: string[] = [];
    for (const [at, block] of blocks.entries()) {
      const kind = this.#blocks.kindOf(block);
      if (kind === 'extractor') {
        extractor = at;
        mappings = [];
      } else if (extractor !== undefined && kind === 'mapping') mappings.push(block);
      else {
        if (extractor !== undefined && kind === 'loader')
          found.push({
            pair: `${pluginIn(blocks[extractor]!)} ${pluginIn(block)}`,
            extractor,
            loader: at,
            mappings: mappings.join(' '),
          });
        extractor = undefined;
      }
    }
    return found;
  }

  /** The pairs that a schedule's job loads. */
  scheduled({ data }: Definition): readonly string[] {
    const job = this.#jobs.get(data?.['job'] ?? '');
    return job ? [...new Set(this.of(blocksOf(job)).map(({ pair }) => pair))] : [];
  }

  /** Of two of one name Meltano takes the one in `meltano.yml`, else the first. */
  #firsts(namespace: string): ReadonlyMap<string, Located<Definition>> {
    const found = new Map<string, Located<Definition>>();
    for (const each of [...this.#facts.all(namespace, this.#scope)].toSorted(inOrder))
      if (!found.has(each.name)) found.set(each.name, each);
    return found;
  }
}

function checkJobs(file: FactFile, loads: ProjectLoads, report: Report): void {
  const isDoubled = file.facts.some(
    (fact) =>
      fact.fact === 'definition' &&
      fact.namespace === namespaces.job &&
      hasTwice(loads.of(blocksOf(fact)).map(({ pair }) => pair)),
  );
  const { model, source } = (isDoubled && written(file)) || {};
  if (!model || !source) return;
  for (const { tasks } of model.jobs) {
    const tokens = taskTexts(tasks)
      .flatMap((text) => (typeof text.value === 'string' ? tokensOf(source, text) : []))
      .filter(({ text }) => text !== '');
    const firsts = new Map<string, Load>();
    for (const load of loads.of(tokens.map(({ text }) => text))) {
      const first = firsts.get(load.pair);
      if (first) reportTwice({ load, first, tokens, path: file.path }, report);
      else firsts.set(load.pair, load);
    }
  }
}

interface Twice {
  readonly load: Load;
  readonly first: Load;
  readonly tokens: readonly Token[];
  readonly path: string;
}

function reportTwice({ load, first, tokens, path }: Twice, report: Report): void {
  const [extractor, loader] = [tokens[load.extractor]!, tokens[load.loader]!];
  const isSame = load.mappings === first.mappings;
  report(
    { start: extractor.span.start, end: Math.max(extractor.span.end, loader.span.end) },
    `the job loads ${inWords(load.pair)} twice with one state, so this time only what is new since the first; ${isSame ? 'remove one of the two' : 'give one its own extractor by `inherit_from`'}`,
    {
      severity: isSame ? 'information' : 'warning',
      related: [{ path, span: tokens[first.extractor]!.span, message: 'it is loaded here first' }],
    },
  );
}

/** Said of the later one, wherever the first of the two stands. */
function checkSchedules(file: FactFile, loads: ProjectLoads, report: Report): void {
  const starts = new Map<string, Located<Definition>>();
  const times = new Map<string, string | undefined>();
  for (const schedule of loads.schedules) {
    const { interval, env } = schedule.data ?? {};
    if (interval === undefined || env !== undefined) continue;
    if (!times.has(interval)) times.set(interval, timesOf(interval));
    const at = times.get(interval);
    if (at === undefined) continue;
    const told = new Set<Definition>();
    for (const pair of loads.scheduled(schedule)) {
      const first = starts.get(`${at}\n${pair}`);
      if (!first) starts.set(`${at}\n${pair}`, schedule);
      if (!first || schedule.path !== file.path || told.has(first)) continue;
      told.add(first);
      reportAtOnce({ schedule, first, pair, span: intervalOf(schedule, file) }, report);
    }
  }
}

interface AtOnce {
  readonly schedule: Definition;
  readonly first: Located<Definition>;
  readonly pair: string;
  readonly span: Span;
}

function reportAtOnce({ schedule, first, pair, span }: AtOnce, report: Report): void {
  const { name, path } = first;
  report(
    span,
    `\`${schedule.name}\` and \`${name}\` load ${inWords(pair)} at the same time with one state, and Meltano refuses the second while the first runs; move one of them to another time`,
    { related: [{ path, span: first.span, message: `\`${name}\` is defined here` }] },
  );
}

function intervalOf({ span }: Definition, file: FactFile): Span {
  const schedule = written(file)?.model.schedules.find(({ name }) => name?.span.start === span.start);
  return schedule?.interval?.span ?? span;
}

/** The file's text, of which most need none: facts tell whether there is something to show in it. */
function written(file: FactFile): { readonly model: ProjectModel; readonly source: SourceFile } | undefined {
  const parsed = file.parsed();
  const model = parsed?.model as MeltanoModel | undefined;
  return parsed && model && model.kind !== 'lock' ? { model, source: parsed.source } : undefined;
}

function inWords(pair: string): string {
  const [extractor = '', loader = ''] = pair.split(' ');
  return `\`${extractor}\` into \`${loader}\``;
}

function hasTwice(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

function timesOf(interval: string): string | undefined {
  const cron = readCron(interval);
  if (!cron) return undefined;
  const { written: _written, ...times } = cron;
  return JSON.stringify(times);
}

function inOrder(a: Located<Definition>, b: Located<Definition>): number {
  const [first, second] = [a, b].map(({ data }) => (data?.['file'] === 'project' ? 0 : 1));
  if (first !== second) return first! - second!;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start;
}
