import type { Waiting } from './waiting.ts';

/** So many may run at one time; who comes later waits, in order. */
export class Slots {
  readonly #waiting: Waiting;
  readonly #limit: number;
  readonly #queue: (() => void)[] = [];
  #taken = 0;

  constructor(limit: number, waiting: Waiting) {
    this.#limit = limit;
    this.#waiting = waiting;
  }

  /** Gives the way out, or undefined when it was given up while waiting. */
  async enter(onWait: (reason: string) => void): Promise<(() => void) | undefined> {
    if (this.#taken < this.#limit) {
      this.#taken++;
    } else {
      onWait(
        `waits for its turn: at most ${this.#limit} ${this.#limit === 1 ? 'step runs' : 'steps run'} at a time`,
      );
      await new Promise<void>((resolve) => {
        this.#queue.push(resolve);
        this.#waiting.onGiveUp(resolve);
      });
    }
    return this.#waiting.givenUp ? undefined : () => this.#leave();
  }

  /** The place is handed on, not given back, so that nobody slips in between. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#taken--;
  }
}
