const windowMs = 3 * 60_000;

/** Says how often a crashed server may be started again: three times within three minutes. */
export class RestartPolicy {
  readonly #now: () => number;
  #crashes: readonly number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes note of a crash; false when there were too many of late. */
  mayRestart(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < windowMs), now];
    return this.#crashes.length <= 3;
  }
}
