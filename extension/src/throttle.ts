import type { Clock } from '../../server/src/runs/clock.ts';

export interface ThrottleOptions {
  readonly clock: Clock;
  /** How long what is asked for waits, so that more can be asked for meanwhile. */
  readonly pauseMs: number | (() => number);
  readonly act: () => void;
}

/** Lets something happen a while after it was asked for, once, however often it is asked for until then. */
export class Throttle {
  readonly #options: ThrottleOptions;
  #callOff: (() => void) | undefined;

  constructor(options: ThrottleOptions) {
    this.#options = options;
  }

  soon(): void {
    const { clock, pauseMs } = this.#options;
    this.#callOff ??= clock.after(typeof pauseMs === 'number' ? pauseMs : pauseMs(), () => this.now());
  }

  /** At once, and not again for what was asked for before. */
  now(): void {
    this.stop();
    this.#options.act();
  }

  /** Forgets what was asked for. */
  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
