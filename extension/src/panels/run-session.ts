import { stat } from 'node:fs/promises';
import type { Clock } from '../../../server/src/runs/clock.ts';
import type { RunStore } from '../../../server/src/runs/run-store.ts';
import {
  stampOf,
  type FromWebview,
  type LogQuery,
  type TimeStamps,
  type ToWebview,
} from '../../../webviews/run/protocol.ts';
import { LinesInLog, type RunLines } from '../run-log/run-lines.ts';
import type { WhatToRun } from '../runs/driver-arguments.ts';
import { readEarlierDurations } from './earlier-durations.ts';
import { isTest } from '../testing/test-events.ts';
import { RunFeed } from './run-feed.ts';

/** What of the editor a panel's session needs. */
export interface SessionActions {
  /** `line` and `column` are one-based. */
  openFile(path: string, line: number | undefined, column: number | undefined): void;
  openUrl(url: string): void;
  /** Shows what the tool made of a file. */
  showCompiled(path: string): void;
  openLog(path: string): void;
  /** Opens a file that a run left; `doubt` says why it may not be what that run wrote. */
  openArtifact(path: string, doubt: string | undefined): void;
  /** Opens a test where it is written, else `path`. `names` are what its tool calls it in the project of the folder `cwd`. */
  openTest(test: { readonly cwd: string; readonly names: readonly string[]; readonly path: string }): void;
  /** Tells a person something. */
  say(message: string): void;
  /** `what` names the thing for a person: `output`. */
  copy(text: string, what: string): void;
  /** Copies output; a piece at a time, because it may be more than anybody can paste. */
  copyOutput(text: AsyncIterable<string>): void;
  /** Writes output into a file that the person chooses; `name` is what it could be called. */
  saveOutput(text: AsyncIterable<string>, name: string): void;
  start(what: WhatToRun): void;
  /** Runs a step for what it prints, in the folder of the one that it tells of; nothing of it is kept. */
  print(step: string, cwd: string): Promise<string>;
}

/** What a page wants to see of the output, by the number that it gave it. */
export interface AskedView {
  readonly view: number;
  readonly query: LogQuery;
}

export interface RunSessionOptions {
  readonly store: Pick<RunStore, 'follow' | 'cancel' | 'ask' | 'logPath' | 'ids' | 'outcome'>;
  readonly folder: string;
  readonly run: string;
  /** The lines of the run where they do not lie in its log; for tests. */
  readonly openLines?: () => RunLines;
  /** What the page wanted to see last, where it is there already: of the run before. */
  readonly asked?: AskedView | undefined;
  readonly clock: Clock;
  readonly send: (message: ToWebview) => void;
  readonly actions: SessionActions;
  readonly onProblem: (message: string) => void;
}

/** One run in one panel: feeds the page and does what its buttons ask. Knows no editor. */
export class RunSession {
  readonly folder: string;
  readonly run: string;
  readonly #options: RunSessionOptions;
  readonly #feed: RunFeed;
  #asked: AskedView | undefined;

  constructor(options: RunSessionOptions) {
    this.folder = options.folder;
    this.#asked = options.asked;
    this.run = options.run;
    this.#options = options;
    const { store: source, folder, run } = options;
    this.#feed = new RunFeed({
      ...options,
      source,
      openLines: options.openLines ?? (() => new LinesInLog(source.logPath(run))),
      readEarlier: () => readEarlierDurations(source, run),
      isFile,
      writtenAt,
      folder,
    });
  }

  /** Sends the whole run, now and as it goes on, to a page that has said before what it wants to see. */
  restart(): void {
    if (this.#asked) this.#feed.start(this.#asked.view, this.#asked.query);
  }

  /** What the page wanted to see last. */
  get asked(): AskedView | undefined {
    return this.#asked;
  }

  /** The page is gone, or shows another run. */
  stop(): void {
    this.#feed.stop();
  }

  receive(message: FromWebview): void {
    if (message.kind === 'ready' || message.kind === 'view') this.#asked = message;
    if (message.kind === 'ready') this.#feed.start(message.view, message.query);
    else if (message.kind === 'view' || message.kind === 'rows' || message.kind === 'locate')
      this.#feed.receive(message);
    // While the run is read, a page may still show the one before, and mean that.
    else if (this.#feed.isShown) this.#act(message);
  }

  #act(message: Exclude<FromWebview, { readonly kind: 'ready' | 'view' | 'rows' | 'locate' }>): void {
    const { store, actions, run, onProblem } = this.#options;
    switch (message.kind) {
      case 'cancel':
        void store
          .cancel(run)
          .catch((error: unknown) => onProblem(`the run could not be cancelled: ${String(error)}`));
        return;
      case 'step':
        void store
          .ask(run, { ask: message.ask, step: message.step })
          .catch((error: unknown) => onProblem(`the step could not be told: ${String(error)}`));
        return;
      case 'show-rows':
        return this.#showRows(message.step, message.node);
      case 'rerun':
      case 'resume': {
        const { requested, parameters = {} } = this.#feed.snapshot;
        const what = message.kind === 'rerun' ? { steps: requested } : { steps: [], resume: run };
        return actions.start({ ...what, parameters });
      }
      case 'open':
        // Only what the run named: a page must not be able to open anything else.
        if (this.#feed.names(message.path)) actions.openFile(message.path, message.line, message.column);
        else onProblem(`\`${message.path}\` is no file of this run`);
        return;
      case 'open-node':
        return this.#openNode(message.step, message.node);
      case 'open-artifact':
        return void this.#openArtifact(message.path);
      case 'show-compiled':
        if (this.#feed.names(message.path)) actions.showCompiled(message.path);
        return;
      case 'open-url':
        if (this.#feed.names(message.url)) actions.openUrl(message.url);
        else onProblem(`\`${message.url}\` is no address that this run printed`);
        return;
      case 'copy':
        return actions.copy(message.text, message.what);
      case 'copy-output':
        return actions.copyOutput(this.#texts(message.times));
      case 'save-output':
        return actions.saveOutput(this.#texts(message.times), `${run}.log`);
      case 'open-log':
        return actions.openLog(store.logPath(run));
    }
  }

  #openNode(step: string, node: string): void {
    const { actions, folder } = this.#options;
    const ran = this.#feed.snapshot.steps.find(({ id }) => id === step);
    const found = ran?.nodes.find((each) => each.node === node);
    if (found?.path === undefined) return;
    const { path, line, title, what } = found;
    if (line !== undefined || !isTest(what)) return actions.openFile(path, line, undefined);
    actions.openTest({ cwd: ran?.cwd ?? folder, names: [title, node], path });
  }

  async #openArtifact(path: string): Promise<void> {
    const { actions, onProblem } = this.#options;
    const artifacts = this.#feed.snapshot.steps.flatMap((step) => step.artifacts ?? []);
    const artifact = artifacts.find((each) => each.path === path);
    if (!artifact) return onProblem(`\`${path}\` is no file that this run left`);
    const now = await writtenAt(path);
    if (now === undefined) return actions.say(`${artifact.title} of this run is not there any more: ${path}`);
    const isSame = artifacts.some((each) => each.path === path && each.modifiedMs === now);
    const doubt = `${artifact.title} was written again after this run, ${new Date(now).toLocaleString()}.`;
    actions.openArtifact(path, isSame ? undefined : doubt);
  }

  #showRows(step: string, node: string): void {
    const { actions, folder, run, send } = this.#options;
    const ran = this.#feed.snapshot.steps.find(({ id }) => id === step);
    const rowsStep = ran?.nodes.find((each) => each.node === node)?.rowsStep;
    if (rowsStep === undefined) return;
    const say = (isRunning: boolean, text: string): void =>
      send({ kind: 'failing-rows', run, step, node, isRunning, text });
    say(true, '');
    actions.print(rowsStep, ran?.cwd ?? folder).then(
      (text) => say(false, text),
      (error: unknown) => say(false, error instanceof Error ? error.message : String(error)),
    );
  }

  /** The output as the page shows it, each line with its time where the page shows one. */
  #texts(times: TimeStamps): AsyncIterable<string> {
    const began = Date.parse(this.#feed.snapshot.startedAt);
    const { log } = this.#feed;
    return log === undefined ? nothing() : log.texts((at) => stampOf(at, began, times));
  }
}

async function* nothing(): AsyncIterable<string> {}

async function writtenAt(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => (found.isFile() ? Math.floor(found.mtimeMs) : undefined),
    () => undefined,
  );
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path)).isFile();
}
