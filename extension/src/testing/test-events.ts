import type { NodeStatus } from '../../../server/src/core/step.ts';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';

/** Finds a test by the folder that its step ran in and a name that its tool gave it. */
export type FindTest<Test> = (cwd: string, name: string) => Test | undefined;

/** How a test ended. */
export interface TestEnd<Test> {
  readonly test: Test;
  readonly status: NodeStatus;
  readonly durationMs?: number;
  /** In the tool's words. */
  readonly message?: string;
  /** Name of the step that prints the rows for which it failed. */
  readonly rowsStep?: string;
  /** The folder that its step ran in. */
  readonly cwd: string;
}

/** What an event says of tests. */
export type TestChange<Test> =
  | { readonly kind: 'started'; readonly test: Test }
  | ({ readonly kind: 'ended' } & TestEnd<Test>)
  | { readonly kind: 'output'; readonly text: string; readonly test?: Test };

/** Reads what events of a run say of tests, and why some of them were never run. */
export class TestEvents<Test> {
  readonly #find: FindTest<Test>;
  readonly #folders = new Map<string, string>();
  readonly #running = new Map<string, Test>();
  readonly #ended = new Set<string>();
  readonly #faults = new Set<string>();
  #wasCancelled = false;

  constructor(find: FindTest<Test>) {
    this.#find = find;
  }

  /** What kept tests from being run, in the tool's words; '' where nothing did. */
  get fault(): string {
    return [...this.#faults].join('\n\n');
  }

  get wasCancelled(): boolean {
    return this.#wasCancelled;
  }

  take(event: RunEvent): readonly TestChange<Test>[] {
    if (event.type === 'node-started') return this.#start(event);
    if (event.type === 'node-ended') return this.#end(event);
    if (event.type === 'output') return this.#print(event);
    if (event.type === 'step-started') this.#folders.set(event.step, event.cwd);
    if (event.type === 'cancelling') this.#wasCancelled = true;
    if (event.type === 'step-ended' && event.status !== 'succeeded' && event.message !== undefined)
      this.#faults.add(event.message);
    return [];
  }

  #start({ step, node, title, what }: RunEvent & { type: 'node-started' }): readonly TestChange<Test>[] {
    const cwd = this.#folders.get(step);
    if (cwd === undefined || !isTest(what)) return [];
    const test = this.#find(cwd, title) ?? this.#find(cwd, node);
    if (test === undefined) return [];
    this.#running.set(`${step} ${node}`, test);
    return [{ kind: 'started', test }];
  }

  /** An end that is told again says where, which is known of tests. */
  #end(event: RunEvent & { type: 'node-ended' }): readonly TestChange<Test>[] {
    const { step, node, status, durationMs, message, rowsStep } = event;
    const key = `${step} ${node}`;
    const test = this.#running.get(key);
    if (test === undefined) {
      if (status === 'failed' && message !== undefined) this.#faults.add(message.trim());
      return [];
    }
    if (this.#ended.has(key)) return [];
    this.#ended.add(key);
    const cwd = this.#folders.get(step) ?? '';
    return [{ kind: 'ended', test, cwd, status, ...given({ durationMs, message, rowsStep }) }];
  }

  #print({ step, node, level, text }: RunEvent & { type: 'output' }): readonly TestChange<Test>[] {
    if (level === 'debug') return [];
    const test = node === undefined ? undefined : this.#running.get(`${step} ${node}`);
    return [{ kind: 'output', text, ...(test === undefined ? {} : { test }) }];
  }
}

/** How the tests of a run ended that is over. */
export function testsIn<Test>(run: RunSnapshot, find: FindTest<Test>): readonly TestEnd<Test>[] {
  return run.steps.flatMap(({ cwd, nodes }) =>
    nodes.flatMap(
      ({ node, title, what, status, durationMs, message, rowsStep }): readonly TestEnd<Test>[] => {
        if (cwd === undefined || status === 'running' || !isTest(what)) return [];
        const test = find(cwd, title) ?? find(cwd, node);
        return test === undefined ? [] : [{ test, cwd, status, ...given({ durationMs, message, rowsStep }) }];
      },
    ),
  );
}

/** A node's kind is a tool's word; whatever is a test says so. */
export function isTest(what: string): boolean {
  return /\btest\b/.test(what);
}

function given({
  durationMs,
  message,
  rowsStep,
}: {
  readonly durationMs: number | undefined;
  readonly message: string | undefined;
  readonly rowsStep: string | undefined;
}): Partial<Pick<TestEnd<unknown>, 'durationMs' | 'message' | 'rowsStep'>> {
  return {
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(message === undefined || message.trim() === '' ? {} : { message: message.trim() }),
    ...(rowsStep === undefined ? {} : { rowsStep }),
  };
}
