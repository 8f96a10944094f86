import { paceOf } from './compare-runs.ts';
import type { NodeSnapshot, RunSnapshot, RunStepSnapshot } from './run-state.ts';

/** How one thing went over its runs. */
export interface Trend {
  /** A step's public name, or what a tool calls the thing. */
  readonly name: string;
  /** `run`, `step`, or what its tool calls such a thing: `model`. */
  readonly what: string;
  /** The oldest first. */
  readonly points: readonly TrendPoint[];
  /** In how many of them it failed. */
  readonly failed: number;
  /** Of those in which it went well; absent where it never did. */
  readonly medianMs?: number;
  /** How the last one compares with the median of those before it; absent where nothing can be compared. */
  readonly pace?: 'slower' | 'faster' | 'same';
}

export interface TrendPoint {
  /** Id of the run. */
  readonly run: string;
  readonly startedAt: string;
  readonly status: RunSnapshot['status'] | RunStepSnapshot['status'] | NodeSnapshot['status'];
  readonly durationMs?: number;
  readonly records?: number;
  /** The run that it went on with: only a part was left to do, so its time is not held beside others. */
  readonly resumes?: string;
}

/** Gathers how what has a name went, run by run. */
export class Trends {
  readonly #wanted: string;
  readonly #found = new Map<
    string,
    { readonly name: string; readonly what: string; readonly points: TrendPoint[] }
  >();

  /** `wanted` is a step's name (`dbt:build`), a pipeline's, a thing's (`orders`) or its tool's id (`model.shop.orders`). */
  constructor(wanted: string) {
    this.#wanted = wanted;
  }

  /** Takes a run in; runs may come in any order. */
  take(snapshot: RunSnapshot): void {
    const { id: run, requested, steps, resumes } = snapshot;
    const [only, ...others] = requested;
    const inPart = resumes === undefined ? {} : { resumes };
    if (only === this.#wanted && others.length === 0 && steps.every(({ step }) => step !== only))
      this.#put(only, 'run', {
        run,
        startedAt: snapshot.startedAt,
        ...pointOf(snapshot),
        ...inPart,
      });
    for (const step of steps) {
      const startedAt = step.startedAt ?? '';
      if (step.step === this.#wanted || step.id === this.#wanted)
        this.#put(step.step, 'step', {
          run,
          startedAt,
          ...pointOf(step),
          ...(step.onlyFailed ? inPart : {}),
        });
      for (const node of step.nodes) {
        if (node.title !== this.#wanted && node.node !== this.#wanted) continue;
        this.#put(node.node, node.what, { run, startedAt: node.startedAt, ...pointOf(node) });
      }
    }
  }

  /** One for each thing that has the name; what ran most often first. */
  all(): readonly Trend[] {
    return [...this.#found.values()]
      .map(({ name, what, points }) => trendOf(name, what, points))
      .sort((a, b) => b.points.length - a.points.length);
  }

  /** What never began took no time, and says nothing of how the thing goes. */
  #put(name: string, what: string, point: TrendPoint): void {
    if (point.startedAt === '' || point.status === 'skipped' || point.status === 'running') return;
    const key = `${what}\n${name}`;
    const known = this.#found.get(key);
    if (known) known.points.push(point);
    else this.#found.set(key, { name, what, points: [point] });
  }
}

function pointOf(each: RunSnapshot | RunStepSnapshot | NodeSnapshot): Omit<TrendPoint, 'run' | 'startedAt'> {
  const { status, durationMs } = each;
  const records = 'records' in each ? each.records : undefined;
  return {
    status,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(records === undefined ? {} : { records }),
  };
}

function trendOf(name: string, what: string, unsorted: readonly TrendPoint[]): Trend {
  const points = [...unsorted].sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  const failed = points.filter(({ status }) => status === 'failed').length;
  const times = points.flatMap((each) => timeOf(each));
  const last = timeOf(points.at(-1)!);
  const before = median(last.length > 0 ? times.slice(0, -1) : times);
  const middle = median(times);
  return {
    name,
    what,
    points,
    failed,
    ...(middle === undefined ? {} : { medianMs: middle }),
    ...(last[0] === undefined || before === undefined ? {} : { pace: paceOf(before, last[0]) }),
  };
}

/** Only what went well, and whole, tells how long it takes. */
function timeOf({ status, durationMs, resumes }: TrendPoint): readonly number[] {
  return resumes === undefined && durationMs !== undefined && (status === 'succeeded' || status === 'warned')
    ? [durationMs]
    : [];
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return undefined;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)];
}
