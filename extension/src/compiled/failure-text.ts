import type { RunEvent } from '../../../server/src/runs/run-event.ts';

/** Limit: of a tool that complains at length, the end says what is wrong. */
const mostLines = 40;

/** Collects what a run says until it has ended, for the case that it failed. */
export class RunWords {
  readonly #messages = new Map<string, string>();
  #errors: string[] = [];
  #others: string[] = [];
  #ending: string | undefined;
  #status: string | undefined;
  #waiting: string | undefined;

  note(event: RunEvent): void {
    if (event.type === 'step-waiting') this.#waiting = event.reason;
    if (event.type === 'step-started') this.#waiting = undefined;
    if (event.type === 'output') this.#noteLine(event.level, event.text);
    if (event.type === 'node-ended' && event.status === 'failed' && event.message !== undefined)
      this.#messages.set(event.node, event.message);
    if (event.type === 'step-ended') this.#ending = event.message;
    if (event.type === 'run-ended') this.#status = event.status;
  }

  /** Why it has not begun yet, while that is so. */
  get waiting(): string | undefined {
    return this.#waiting;
  }

  get hasSucceeded(): boolean {
    return this.#status === 'succeeded';
  }

  get wasCancelled(): boolean {
    return this.#status === 'cancelled';
  }

  /** What went wrong, in the tool's own words: what it says of a node, else its errors, else all it said last. */
  reason(): string {
    const said = [...new Set(this.#messages.values())];
    if (said.length > 0) return said.join('\n\n').trim();
    const lines = this.#errors.length > 0 ? this.#errors : this.#others;
    const text = [...lines, ...(this.#ending === undefined ? [] : [this.#ending])].join('\n').trim();
    return text === '' ? 'It ended without a word.' : text;
  }

  #noteLine(level: string, text: string): void {
    if (level === 'debug') return;
    const lines = level === 'error' ? this.#errors : this.#others;
    lines.push(text);
    if (lines.length > mostLines) lines.shift();
  }
}
