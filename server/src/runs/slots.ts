import type { Waiting } from './waiting.ts';

interface Place {
  readonly go: () => void;
  /** Its turn has come. */
  hasTurn: boolean;
}

/** So many may run at one time; who comes later waits, in order. */
export class Slots {
  readonly #limit: number;
  readonly #queue = new Set<Place>();
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Gives the way out, or undefined when it was given up while waiting. */
  async enter(onWait: (reason: string) => void, waiting: Waiting): Promise<(() => void) | undefined> {
    if (this.#taken < this.#limit) {
      this.#taken++;
      return () => this.#leave();
    }
    onWait(
      `waits for its turn: at most ${this.#limit} ${this.#limit === 1 ? 'step runs' : 'steps run'} at a time`,
    );
    const place = await new Promise<Place>((resolve) => {
      const mine: Place = { go: () => resolve(mine), hasTurn: false };
      this.#queue.add(mine);
      waiting.onGiveUp(mine.go);
    });
    this.#queue.delete(place);
    if (place.hasTurn && !waiting.givenUp) return () => this.#leave();
    if (place.hasTurn) this.#leave();
    return undefined;
  }

  /** The place is handed on, not given back, so that nobody slips in between. */
  #leave(): void {
    const [next] = this.#queue;
    if (!next) {
      this.#taken--;
      return;
    }
    this.#queue.delete(next);
    next.hasTurn = true;
    next.go();
  }
}
