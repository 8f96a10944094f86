import type { Clock } from './clock.ts';

/** Waits that end early, all at once, when they are given up. */
export class Waiting {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #givenUp = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get givenUp(): boolean {
    return this.#givenUp;
  }

  giveUp(): void {
    this.#givenUp = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  /** Calls back when it is given up, at once where it is already. */
  onGiveUp(listener: () => void): void {
    if (this.#givenUp) listener();
    else this.#listeners.add(listener);
  }

  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        stop();
        this.#listeners.delete(end);
        resolve();
      };
      const stop = this.#clock.after(delayMs, end);
      this.onGiveUp(end);
    });
  }
}
