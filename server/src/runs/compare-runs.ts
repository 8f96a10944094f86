import type { NodeSnapshot, RunSnapshot, RunStepSnapshot } from './run-state.ts';

/** What became of a thing from one run to another. */
export type Change =
  /** It went well before, and does not now. */
  | 'broken'
  | 'mended'
  /** Another state, neither of both: what failed was skipped. */
  | 'changed'
  /** Only one of the runs has it. */
  | 'added'
  | 'removed'
  | 'slower'
  | 'faster'
  /** Only one of the runs has it, for its step does only what had failed in the other. */
  | 'left-out'
  | 'same';

export interface RunComparison {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** What broke first, then other changes of state, then what got slower and faster, by how much; the rest last. */
  readonly parts: readonly ComparedPart[];
}

export interface ComparedRun extends PartState {
  readonly id: string;
  readonly title: string;
  readonly startedAt: string;
}

/** A step of the runs, or a thing that a step ran. */
export interface ComparedPart {
  /** Id of the step in its run. */
  readonly step: string;
  /** Its tool's id of the thing; absent for the step itself. */
  readonly node?: string;
  readonly title: string;
  /** `step`, or what its tool calls such a thing: `model`. */
  readonly what: string;
  readonly before?: PartState;
  readonly after?: PartState;
  readonly change: Change;
  /** How much longer it took; absent where one of both times is not known. */
  readonly moreMs?: number;
}

export interface PartState {
  readonly status: RunSnapshot['status'] | RunStepSnapshot['status'] | NodeSnapshot['status'];
  readonly durationMs?: number;
  readonly records?: number;
  /** The run in which the step succeeded, where it was not run in this one. */
  readonly reusedFrom?: string;
}

/**
 * Two runs side by side. Steps are matched by their places in the run, things by their tool's own ids, in whichever step
 * they ran. Of a step that one of the runs took over from an earlier one, nothing is told of what it ran. What a step
 * did not do again, as it did only what had failed, was left out and not removed.
 */
export function compareRuns(before: RunSnapshot, after: RunSnapshot): RunComparison {
  const then = partsOf(before, reusedIn(after));
  const now = partsOf(after, reusedIn(before));
  const parts = [...now].map(([key, part]): ComparedPart => {
    const known = then.get(key);
    if (known) return compared(known, part);
    const change = isLeftOut(part, after, before) ? 'left-out' : 'added';
    return { ...named(part), after: part.state, change };
  });
  const gone = [...then]
    .filter(([key]) => !now.has(key))
    .map(([, part]): ComparedPart => {
      const change = isLeftOut(part, before, after) ? 'left-out' : 'removed';
      return { ...named(part), before: part.state, change };
    });
  return {
    before: headOf(before),
    after: headOf(after),
    parts: [...parts, ...gone].sort(
      (a, b) => order.indexOf(a.change) - order.indexOf(b.change) || weight(b) - weight(a),
    ),
  };
}

/** How two times compare: another time is one that is beyond a fifth and half a second, for machines are not equally busy all the time. */
export function paceOf(beforeMs: number, afterMs: number): 'slower' | 'faster' | 'same' {
  const more = afterMs - beforeMs;
  if (Math.abs(more) < Math.max(500, beforeMs * 0.2)) return 'same';
  return more > 0 ? 'slower' : 'faster';
}

interface Part {
  readonly step: string;
  readonly node?: string;
  readonly title: string;
  readonly what: string;
  readonly state: PartState;
}

const order: readonly Change[] = [
  'broken',
  'mended',
  'changed',
  'added',
  'removed',
  'slower',
  'faster',
  'left-out',
  'same',
];

function weight({ moreMs = 0 }: ComparedPart): number {
  return Math.abs(moreMs);
}

function reusedIn({ steps }: RunSnapshot): ReadonlySet<string> {
  return new Set(steps.filter(({ reusedFrom }) => reusedFrom !== undefined).map(({ id }) => id));
}

/** A thing that several steps of a run ran is, for each of them, a part of its own. */
function partsOf(run: RunSnapshot, reusedInOther: ReadonlySet<string>): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const step of run.steps) {
    const { id, title } = step;
    parts.set(`step\n${id}`, { step: id, title, what: 'step', state: stateOf(step) });
    if (reusedInOther.has(id)) continue;
    for (const each of step.nodes) {
      const part = { step: id, node: each.node, title: each.title, what: each.what, state: stateOf(each) };
      const key = `node\n${each.node}`;
      parts.set(parts.has(key) ? `${key}\n${id}` : key, part);
    }
  }
  return parts;
}

function stateOf(each: RunSnapshot | RunStepSnapshot | NodeSnapshot): PartState {
  const { status, durationMs } = each;
  // It took no time here, and what it took there is of another run.
  if ('reusedFrom' in each && each.reusedFrom !== undefined) return { status, reusedFrom: each.reusedFrom };
  const records = 'records' in each ? each.records : undefined;
  return {
    status,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(records === undefined ? {} : { records }),
  };
}

function headOf(run: RunSnapshot): ComparedRun {
  const { id, title, startedAt } = run;
  return { id, title, startedAt, ...stateOf(run) };
}

function named({ step, node, title, what }: Part): Omit<ComparedPart, 'change'> {
  return { step, title, what, ...(node === undefined ? {} : { node }) };
}

/** A step of `other` that does only what had failed has left out what went well in the run that it goes on with. */
function isLeftOut({ step, node, state }: Part, own: RunSnapshot, other: RunSnapshot): boolean {
  if (node === undefined || !other.steps.some(({ id, onlyFailed }) => id === step && onlyFailed))
    return false;
  return other.resumes !== own.id || isWell(state.status);
}

function compared(before: Part, after: Part): ComparedPart {
  const sides = { before: before.state, after: after.state };
  const [from, to] = [before.state.durationMs, after.state.durationMs];
  const more = from === undefined || to === undefined ? {} : { moreMs: to - from };
  return { ...named(after), ...sides, change: changeOf(before.state, after.state), ...more };
}

function changeOf(before: PartState, after: PartState): Change {
  const [from, to] = [outcomeOf(before), outcomeOf(after)];
  if (from === to) {
    if (before.durationMs === undefined || after.durationMs === undefined || !isWell(to)) return 'same';
    return paceOf(before.durationMs, after.durationMs);
  }
  if (isWell(from) && isBad(to)) return 'broken';
  return isBad(from) && isWell(to) ? 'mended' : 'changed';
}

/** What is taken over had succeeded. */
function outcomeOf({ status, reusedFrom }: PartState): PartState['status'] {
  return reusedFrom === undefined ? status : 'succeeded';
}

function isWell(status: PartState['status']): boolean {
  return status === 'succeeded' || status === 'warned';
}

function isBad(status: PartState['status']): boolean {
  return status === 'failed' || status === 'not-started';
}
