import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { compareRuns } from '../runs/compare-runs.ts';
import { findLeftBehind } from '../runs/left-behind.ts';
import { readRun } from '../runs/read-runs.ts';
import { runsFolder } from '../runs/run-folder.ts';
import type { RunSnapshot } from '../runs/run-state.ts';
import { RunStore, type Retention, type RunSummary } from '../runs/run-store.ts';
import { Trends } from '../runs/run-trend.ts';
import { isWanted, type RunQuery } from '../runs/search-runs.ts';
import { CannotRun } from './cannot-run.ts';
import type { CliIo } from './io.ts';
import { controlRun, isControl, type Control } from './runs-control.ts';
import { runsMarkdown } from '../runs/runs-markdown.ts';
import { runsText } from './runs-text.ts';
import type { RunsReport } from '../runs/runs-report.ts';

export interface RunsOptions {
  /** What to do with the runs, then which. `list` where nothing is said. */
  readonly words: readonly string[];
  readonly format: keyof typeof runsFormats;
  /** Workspace folder; the nearest one above that has runs where absent. */
  readonly folder?: string;
  readonly query: RunQuery;
  /** How many runs at most, the newest first. */
  readonly limit?: number;
  readonly retention: Retention;
}

/** The formats of `penstock runs`, each with how it writes a report. */
export const runsFormats = {
  text: runsText,
  json: ({ json }: RunsReport): string => `${JSON.stringify(json, undefined, 2)}\n`,
  markdown: runsMarkdown,
} as const;

/** Looks into the history of runs. Exit status: 0 it was told, 2 there is no such run. */
export async function runRunsCommand(options: RunsOptions, io: CliIo): Promise<number> {
  const folder = options.folder === undefined ? nearestFolder(io.cwd) : resolve(io.cwd, options.folder);
  try {
    const report = await new RunsDesk(folder, options).report();
    io.out(runsFormats[options.format](report));
    return 0;
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    io.err(`penstock runs: ${error.message}\n`);
    return 2;
  }
}

/** Answers one question about the runs of a folder. */
class RunsDesk {
  readonly #folder: string;
  readonly #store: RunStore;
  readonly #options: RunsOptions;

  constructor(folder: string, options: RunsOptions) {
    this.#folder = folder;
    this.#store = new RunStore(folder);
    this.#options = options;
  }

  async report(): Promise<RunsReport> {
    const [action = 'list', ...names] = this.#options.words;
    const extra = names[mostNames[action] ?? Infinity];
    if (extra !== undefined)
      throw new CannotRun(`\`penstock runs ${action}\` does not know what to do with \`${extra}\``);
    if (isControl(action)) return this.#control(action, names);
    switch (action) {
      case 'list':
        return this.#list();
      case 'show':
        return this.#show(names);
      case 'compare':
        return this.#compare(names);
      case 'trend':
        return this.#trend(names);
      case 'export':
        return this.#export(names);
      case 'prune':
        return this.#prune();
      default:
        throw new CannotRun(
          `there is no \`${action}\` of runs; use list, show, compare, trend, export, prune, cancel, pause or continue`,
        );
    }
  }

  async #list(): Promise<RunsReport> {
    const runs = await this.#wanted(20);
    const leftBehind = findLeftBehind({ folder: this.#folder, store: this.#store });
    const json = {
      runs: runs.map((run) => {
        const left = leftBehind.filter((each) => each.run === run.id);
        return left.length === 0
          ? run
          : { ...run, leftBehind: left.map(({ step, processes }) => ({ step, processes })) };
      }),
    };
    const hasRun = runs.length > 0 || (await this.#store.list()).length > 0;
    return { kind: 'list', runs, leftBehind, hasRun, json };
  }

  async #show([name = 'last']: readonly string[]): Promise<RunsReport> {
    const run = await this.#read(await this.#find(name));
    return { kind: 'show', runs: [run], folder: this.#folder, json: run };
  }

  /** Of one run, or of none, the run before that did the same. */
  async #compare([first, second]: readonly string[]): Promise<RunsReport> {
    const after = await this.#find(second ?? first ?? 'last');
    const before = second === undefined ? await this.#before(after) : await this.#find(first!);
    const comparison = compareRuns(await this.#read(before), await this.#read(after));
    return { kind: 'compare', comparison, json: comparison };
  }

  async #trend([name]: readonly string[]): Promise<RunsReport> {
    if (name === undefined) throw new CannotRun('name the step or the model whose trend is wanted');
    const trends = new Trends(name);
    for (const { id } of await this.#wanted()) trends.take(await this.#readId(id));
    const all = trends.all();
    if (all.length === 0) throw new CannotRun(`nothing called \`${name}\` has run here`);
    return { kind: 'trend', trends: all, json: { trends: all } };
  }

  async #export(names: readonly string[]): Promise<RunsReport> {
    const chosen =
      names.length === 0 ? await this.#wanted() : await Promise.all(names.map((name) => this.#find(name)));
    const runs: RunSnapshot[] = [];
    for (const each of chosen) runs.push(await this.#read(each));
    return { kind: 'show', runs, folder: this.#folder, json: { runs } };
  }

  async #prune(): Promise<RunsReport> {
    const { retention } = this.#options;
    if (Object.values(retention).every((limit) => limit === undefined))
      throw new CannotRun('say what is to be kept: --keep RUNS, --days DAYS or --megabytes MB');
    const removed = await this.#store.prune(retention);
    return { kind: 'prune', removed, json: { removed } };
  }

  async #control(control: Control, [name = 'last', step]: readonly string[]): Promise<RunsReport> {
    const summary = await this.#find(name);
    const { steps } = await this.#readId(summary.id);
    const said = await controlRun(
      control,
      {
        summary,
        steps: [...new Set(steps.flatMap((each) => [each.id, each.step]))],
        cancel: () => this.#store.cancel(summary.id),
        ask: (request) => this.#store.ask(summary.id, request),
      },
      step,
    );
    const asked = { run: summary.id, asked: control, ...(step === undefined ? {} : { step }) };
    return { kind: 'control', said, json: asked };
  }

  async #wanted(usual?: number): Promise<readonly RunSummary[]> {
    const { query, limit = usual ?? Infinity } = this.#options;
    const found: RunSummary[] = [];
    for (const run of await this.#store.list()) {
      if (found.length >= limit) break;
      const whole = this.#isReadFor(run) ? await this.#readId(run.id) : undefined;
      if (isWanted(query, run, () => whole)) found.push(run);
    }
    return found;
  }

  /** Whole runs are read only where the question is about what they ran. */
  #isReadFor(run: RunSummary): boolean {
    const { query } = this.#options;
    const { words: _words, step: _step, ...rest } = query;
    return (query.words !== undefined || query.step !== undefined) && isWanted(rest, run, () => undefined);
  }

  /** `last`, `last-2` (two before the last one), or an id or its beginning. */
  async #find(name: string): Promise<RunSummary> {
    const runs = await this.#store.list();
    if (runs.length === 0) throw new CannotRun(`nothing has run in ${this.#folder} yet`);
    const back = /^last(?:-(\d+))?$/.exec(name);
    const named = back
      ? runs.slice(Number(back[1] ?? 0)).slice(0, 1)
      : runs.filter(({ id }) => id.startsWith(name));
    const [found] = named.filter(({ id }) => id === name).concat(named.length === 1 ? named : []);
    if (found) return found;
    throw new CannotRun(
      named.length > 1
        ? `${named.length} runs begin with \`${name}\`; \`penstock runs\` lists them`
        : `there is no run \`${name}\` here; \`penstock runs\` lists them`,
    );
  }

  async #before(after: RunSummary): Promise<RunSummary> {
    const same = (run: RunSummary): boolean => run.requested.join('\n') === after.requested.join('\n');
    const found = (await this.#store.list()).find((run) => run.id < after.id && same(run));
    if (!found)
      throw new CannotRun(`no run before \`${after.id}\` did the same; name two runs to compare them`);
    return found;
  }

  async #read(run: RunSummary): Promise<RunSnapshot> {
    if (run.problem !== undefined) throw new CannotRun(`${run.id}: ${run.problem}`);
    return this.#readId(run.id);
  }

  async #readId(id: string): Promise<RunSnapshot> {
    return (await readRun(this.#store, id)).snapshot;
  }
}

/** How many names each question takes; any number where nothing is said. */
const mostNames: Readonly<Record<string, number>> = {
  list: 0,
  show: 1,
  compare: 2,
  trend: 1,
  prune: 0,
  cancel: 2,
  pause: 2,
  continue: 2,
};

function nearestFolder(cwd: string): string {
  for (let at = cwd; ; at = dirname(at)) {
    if (existsSync(runsFolder(at))) return at;
    if (at === dirname(at)) return cwd;
  }
}
