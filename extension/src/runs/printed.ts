import type { RunEvent } from '../../../server/src/runs/run-event.ts';

/** What a step printed of the thing that it shows, and not of its own doings; where it failed, why. */
export class Printed {
  readonly #lines: string[] = [];
  readonly #errors: string[] = [];

  take(event: RunEvent): void {
    if (event.type === 'step-ended' && event.status !== 'succeeded' && event.message !== undefined)
      this.#errors.push(event.message);
    if (event.type !== 'output') return;
    if (event.level === 'error') this.#errors.push(event.text);
    else if (event.level === 'info' && event.node !== undefined) this.#lines.push(event.text);
  }

  get text(): string {
    const lines = this.#errors.length > 0 ? this.#errors : this.#lines;
    return lines.length === 0 ? 'There are no such rows any more.' : lines.join('\n').trim();
  }
}
