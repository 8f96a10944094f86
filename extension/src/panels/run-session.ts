import type { Clock } from '../../../server/src/runs/clock.ts';
import type { RunStore } from '../../../server/src/runs/run-store.ts';
import type { FromWebview, ToWebview } from '../../../webviews/run/protocol.ts';
import type { WhatToRun } from '../runs/driver-arguments.ts';
import { RunFeed } from './run-feed.ts';

/** What of the editor a panel's session needs. */
export interface SessionActions {
  /** `line` is one-based. */
  openFile(path: string, line: number | undefined): void;
  openLog(path: string): void;
  /** `what` names the thing for a person: `output`. */
  copy(text: string, what: string): void;
  start(what: WhatToRun): void;
}

export interface RunSessionOptions {
  readonly store: Pick<RunStore, 'follow' | 'cancel' | 'logPath'>;
  readonly folder: string;
  readonly run: string;
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

  constructor(options: RunSessionOptions) {
    this.folder = options.folder;
    this.run = options.run;
    this.#options = options;
    const { store: source, folder, run, clock, send } = options;
    this.#feed = new RunFeed({ source, folder, run, clock, send });
  }

  /** Sends the whole run, now and as it goes on. */
  start(): void {
    this.#feed.start();
  }

  /** The page is gone, or shows another run. */
  stop(): void {
    this.#feed.stop();
  }

  receive(message: FromWebview): void {
    const { store, actions, run, onProblem } = this.#options;
    switch (message.kind) {
      case 'ready':
        return this.#feed.start();
      case 'cancel':
        void store
          .cancel(run)
          .catch((error: unknown) => onProblem(`the run could not be cancelled: ${String(error)}`));
        return;
      case 'rerun':
      case 'resume': {
        const { requested, parameters = {} } = this.#feed.snapshot;
        const what = message.kind === 'rerun' ? { steps: requested } : { steps: [], resume: run };
        return actions.start({ ...what, parameters });
      }
      case 'open':
        // Only what the run named: a page must not be able to open anything else.
        if (this.#feed.names(message.path)) actions.openFile(message.path, message.line);
        else onProblem(`\`${message.path}\` is no file of this run`);
        return;
      case 'copy':
        return actions.copy(message.text, message.what);
      case 'open-log':
        return actions.openLog(store.logPath(run));
    }
  }
}
