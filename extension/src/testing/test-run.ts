import * as vscode from 'vscode';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import { TestEvents, type FindTest, type TestChange, type TestEnd } from './test-events.ts';

/** Limit: who wants to read more of what a run printed has the run panel, which is made for it. */
const mostLines = 10_000;

/** Tells the Testing view what the events of one run say. */
export class ShownRun {
  readonly #events: TestEvents<vscode.TestItem>;
  readonly #begin: () => vscode.TestRun;
  readonly #waiting: Set<vscode.TestItem>;
  readonly #onEnd: (end: TestEnd<vscode.TestItem>) => void;
  readonly #isPart: boolean;
  #run: vscode.TestRun | undefined;
  #lines = 0;
  /** Printed, and not told yet: one message for many lines. */
  #printed = '';
  #printedBy: vscode.TestItem | undefined;

  /**
   * `begin` is called when there is something to tell. `waiting` are the tests that somebody wanted to run: who began
   * that ends it, too, as it may be of several runs.
   */
  constructor(options: {
    readonly find: FindTest<vscode.TestItem>;
    readonly begin: () => vscode.TestRun;
    readonly waiting?: readonly vscode.TestItem[];
    readonly onEnd: (end: TestEnd<vscode.TestItem>) => void;
  }) {
    this.#events = new TestEvents(options.find);
    this.#begin = options.begin;
    this.#waiting = new Set(options.waiting);
    this.#onEnd = options.onEnd;
    this.#isPart = options.waiting !== undefined;
    for (const item of this.#waiting) this.#shown.enqueued(item);
  }

  take(events: readonly RunEvent[]): void {
    for (const event of events) {
      for (const change of this.#events.take(event)) this.#tell(change);
    }
    this.#tellPrinted();
  }

  #tell(change: TestChange<vscode.TestItem>): void {
    if (change.kind === 'output') return this.#print(change.text, change.test);
    this.#tellPrinted();
    if (change.kind === 'started') return this.#shown.started(change.test);
    this.#waiting.delete(change.test);
    showEnd(this.#shown, change);
    this.#onEnd(change);
  }

  /** What a run prints before its first test is shown where the run is for tests. */
  #print(text: string, test: vscode.TestItem | undefined): void {
    if (!this.#run || ++this.#lines > mostLines) return;
    if (test !== this.#printedBy) this.#tellPrinted();
    this.#printedBy = test;
    this.#printed += lineOf(text);
    if (this.#lines === mostLines) this.#printed += lineOf('… more in the run panel');
  }

  #tellPrinted(): void {
    if (this.#printed !== '') this.#run?.appendOutput(this.#printed, undefined, this.#printedBy);
    this.#printed = '';
  }

  /** Nothing more will come: what was not run was left out, or kept from it by what went wrong. */
  end(problem = ''): void {
    if (this.#waiting.size === 0 && !this.#run) return;
    const fault = problem === '' ? this.#events.fault : problem;
    for (const item of this.#waiting) {
      if (fault === '' || this.#events.wasCancelled) this.#shown.skipped(item);
      else this.#shown.errored(item, new vscode.TestMessage(fault));
    }
    if (!this.#isPart) this.#shown.end();
  }

  get #shown(): vscode.TestRun {
    return (this.#run ??= this.#begin());
  }
}

/** Shows how a test ended; one that only warns has passed, and its warning is in the output. */
export function showEnd(run: vscode.TestRun, end: TestEnd<vscode.TestItem>): void {
  const { test, status, durationMs, message } = end;
  switch (status) {
    case 'succeeded':
      return run.passed(test, durationMs);
    case 'warned':
      if (message !== undefined) run.appendOutput(lineOf(`${test.label}: ${message}`), undefined, test);
      return run.passed(test, durationMs);
    case 'skipped':
      return run.skipped(test);
    case 'failed':
      return run.failed(test, messageOf(end), durationMs);
  }
}

/** By which the menu of a message knows that there are rows to show. */
const rowsContext = 'penstockFailingRows';

function messageOf({ test, message, rowsStep }: TestEnd<vscode.TestItem>): vscode.TestMessage {
  const shown = new vscode.TestMessage(message ?? 'failed without a word');
  if (test.uri && test.range) shown.location = new vscode.Location(test.uri, test.range);
  if (rowsStep !== undefined) shown.contextValue = rowsContext;
  return shown;
}

/** The view is a terminal, which wants to be told to go back to the line's start. */
function lineOf(text: string): string {
  return `${text.replaceAll('\n', '\r\n')}\r\n`;
}
