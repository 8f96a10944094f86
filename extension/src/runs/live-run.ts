import { systemClock } from '../../../server/src/runs/clock.ts';
import { RunModel, type RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunStore } from '../../../server/src/runs/run-store.ts';
import { Throttle } from '../throttle.ts';

/** Shortest time between two calls of `onProgress`. */
const tellEveryMs = 250;

interface LiveRunListener {
  /** The run got further. */
  readonly onProgress: () => void;
  /** Nothing more will come. */
  readonly onEnd: () => void;
}

/** A running run, followed in its log. */
export class LiveRun {
  readonly #model: RunModel;
  readonly #following: { dispose(): void };
  readonly #progress: Throttle;

  constructor(store: RunStore, id: string, { onProgress, onEnd }: LiveRunListener) {
    this.#model = new RunModel(id);
    this.#progress = new Throttle({ clock: systemClock, pauseMs: tellEveryMs, act: onProgress });
    this.#following = store.follow(
      id,
      (events) => {
        for (const event of events) this.#model.apply(event);
        if (events.length > 0) this.#progress.soon();
      },
      onEnd,
      // Printed lines change nothing that a tree or a status bar shows, and come by the thousand.
      { withoutOutput: true },
    );
  }

  snapshot(): RunSnapshot {
    return this.#model.snapshot();
  }

  dispose(): void {
    this.#following.dispose();
    this.#progress.stop();
  }
}
