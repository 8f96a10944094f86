import type { AnyStatus, NodeView, RunView, StepView } from './protocol.ts';

/** A row of the tree: a step, or a node of a step that is unfolded. */
export type TreeRow = {
  readonly key: string;
  readonly step: StepView;
  /** Place among its siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
} & (
  | { readonly kind: 'step'; readonly expanded: boolean | undefined }
  | { readonly kind: 'node'; readonly node: NodeView }
);

export type Move = 'next' | 'previous' | 'first' | 'last' | 'page-down' | 'page-up';

const pageRows = 10;

/** What the tree shows and which row is selected. Knows no page. */
export class RunState {
  #run: RunView | undefined;
  #rows: readonly TreeRow[] = [];
  #collapsed: Set<string>;
  #selected: string | undefined;
  /** Invariant: what a person selected is never replaced by itself. */
  #chosen: boolean;

  constructor(
    saved: { readonly collapsed: readonly string[]; readonly selected?: string } = { collapsed: [] },
  ) {
    this.#collapsed = new Set(saved.collapsed);
    this.#selected = saved.selected;
    this.#chosen = saved.selected !== undefined;
  }

  get run(): RunView | undefined {
    return this.#run;
  }

  /** True where each step waits for the one before it and nothing else. */
  get isChain(): boolean {
    const steps = this.#run?.steps ?? [];
    return steps.every(({ needs }, at) =>
      at === 0 ? needs.length === 0 : needs.length === 1 && needs[0] === steps[at - 1]?.id,
    );
  }

  get rows(): readonly TreeRow[] {
    return this.#rows;
  }

  get collapsed(): readonly string[] {
    return [...this.#collapsed];
  }

  get selectedKey(): string | undefined {
    return this.#selected;
  }

  get selectedIndex(): number {
    return this.#rows.findIndex((row) => row.key === this.#selected);
  }

  /** The selected step or node, also while its step is folded. */
  get selected(): { readonly step: StepView; readonly node: NodeView | undefined } | undefined {
    for (const step of this.#run?.steps ?? []) {
      if (stepKey(step) === this.#selected) return { step, node: undefined };
      for (const node of step.nodes) if (nodeKey(step, node) === this.#selected) return { step, node };
    }
    return undefined;
  }

  /** True when a person selected the row, false when it was the first failure. */
  get isChosen(): boolean {
    return this.#chosen;
  }

  /** Takes a newer picture of the run, or another run; selects the first failure unless a person chose. */
  setRun(run: RunView): void {
    if (this.#run !== undefined && this.#run.id !== run.id) this.forget();
    this.#run = run;
    if (!this.#chosen && this.#selected === undefined) this.#selected = failuresOf(run)[0]?.key;
    this.#buildRows();
  }

  /** Nothing is selected nor folded any more: another run begins. */
  forget(): void {
    this.#selected = undefined;
    this.#chosen = false;
    this.#collapsed = new Set();
  }

  select(key: string): void {
    this.#selected = key;
    this.#chosen = true;
  }

  move(to: Move): void {
    const last = this.#rows.length - 1;
    if (last < 0) return;
    const from = this.selectedIndex;
    const target = {
      next: from + 1,
      previous: from === -1 ? last : from - 1,
      first: 0,
      last,
      'page-down': from + pageRows,
      'page-up': from - pageRows,
    }[to];
    const row = this.#rows[Math.min(last, Math.max(0, target))];
    if (row !== undefined) this.select(row.key);
  }

  /** Right arrow: unfolds a step, or goes to its first node. */
  enter(): void {
    const row = this.#rows[this.selectedIndex];
    if (row?.kind !== 'step' || row.expanded === undefined) return;
    if (row.expanded) this.move('next');
    else this.toggle(row.key);
  }

  /** Left arrow: folds a step, or goes from a node to its step. */
  leave(): void {
    const row = this.#rows[this.selectedIndex];
    if (row?.kind === 'node') this.select(stepKey(row.step));
    else if (row?.expanded === true) this.toggle(row.key);
  }

  toggle(key: string): void {
    if (!this.#collapsed.delete(key)) this.#collapsed.add(key);
    this.#buildRows();
  }

  /** Selects the next failure after the selected row, round the corner; false where nothing failed. */
  selectFailure(direction: 1 | -1): boolean {
    if (this.#run === undefined) return false;
    const failures = failuresOf(this.#run);
    const order = keysOf(this.#run);
    const at = order.indexOf(this.#selected ?? '');
    const places = failures.map(({ key }) => order.indexOf(key));
    const found =
      direction === 1 ? places.find((place) => place > at) : places.findLast((place) => place < at);
    const place = found ?? (direction === 1 ? places[0] : places.at(-1));
    const failure = failures[places.indexOf(place ?? -1)];
    if (failure === undefined) return false;
    this.#collapsed.delete(stepKey(failure.step));
    this.#buildRows();
    this.select(failure.key);
    return true;
  }

  #buildRows(): void {
    const steps = this.#run?.steps ?? [];
    this.#rows = steps.flatMap((step, index) => this.#rowsOf(step, index + 1, steps.length));
  }

  #rowsOf(step: StepView, position: number, siblings: number): readonly TreeRow[] {
    const key = stepKey(step);
    const expanded = step.nodes.length === 0 ? undefined : !this.#collapsed.has(key);
    const head: TreeRow = { kind: 'step', key, step, position, siblings, expanded };
    if (expanded !== true) return [head];
    const nodes = step.nodes.map((node, index): TreeRow => {
      return {
        kind: 'node',
        key: nodeKey(step, node),
        step,
        node,
        position: index + 1,
        siblings: step.nodes.length,
      };
    });
    return [head, ...nodes];
  }
}

export interface TimeSpan {
  /** Parts of the run's time, 0 to 1. */
  readonly left: number;
  readonly width: number;
}

/** Where something that ran lies within the run's time; undefined for what has not begun and what took no time. */
export function spanWithin(
  run: RunView,
  part: { readonly status: AnyStatus; readonly startedAt?: number; readonly durationMs?: number },
  now: number,
): TimeSpan | undefined {
  const length = part.durationMs ?? (part.status === 'running' ? now - (part.startedAt ?? now) : undefined);
  if (part.status === 'skipped' || part.startedAt === undefined || length === undefined) return undefined;
  const total = Math.max(1, run.durationMs ?? now - run.startedAt);
  const left = clamp((part.startedAt - run.startedAt) / total);
  return { left, width: Math.min(1 - left, Math.max(0, length / total)) };
}

/** Where in the run's time something would end if it took as long as the last time; undefined where nothing is known. */
export function lastEndWithin(
  run: RunView,
  part: { readonly startedAt?: number; readonly lastMs?: number },
  now: number,
): number | undefined {
  if (part.startedAt === undefined || part.lastMs === undefined) return undefined;
  const total = Math.max(1, run.durationMs ?? now - run.startedAt);
  return clamp((part.startedAt - run.startedAt + part.lastMs) / total);
}

function stepKey(step: StepView): string {
  return step.id;
}

function nodeKey(step: StepView, node: NodeView): string {
  return `${step.id}\n${node.node}`;
}

function keysOf(run: RunView): readonly string[] {
  return run.steps.flatMap((step) => [stepKey(step), ...step.nodes.map((node) => nodeKey(step, node))]);
}

/** Failed nodes, and failed steps whose failure no node explains. */
function failuresOf(run: RunView): readonly { readonly key: string; readonly step: StepView }[] {
  return run.steps.flatMap((step) => {
    const nodes = step.nodes.filter((node) => node.status === 'failed');
    if (nodes.length > 0) return nodes.map((node) => ({ key: nodeKey(step, node), step }));
    return isFailed(step) ? [{ key: stepKey(step), step }] : [];
  });
}

function isFailed(step: StepView): boolean {
  if (step.allowed) return false;
  return step.status === 'failed' || step.status === 'not-started';
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
