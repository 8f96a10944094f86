import type { Clock } from '../../../server/src/runs/clock.ts';
import { isEcho, type Echo } from '../../../webviews/shared/protocol.ts';

/** What is looked at of a panel. */
export interface PagePanel {
  readonly active: boolean;
  readonly webview: {
    onDidReceiveMessage(listener: (message: unknown) => void): unknown;
    postMessage(message: unknown): unknown;
  };
  onDidDispose(listener: () => void): unknown;
}

export interface OpenPagesOptions {
  readonly clock: Clock;
  /** Whether the active editor is a page, of ours or of anybody. */
  readonly isPageActive: () => boolean;
}

/** VS Code's own delay is 50 ms. */
const secondStrokeMs = 60;
/** A page that is still loading does not answer. */
const patienceMs = 1000;

/**
 * The pages that are open, and when one that is being given the focus has it.
 *
 * When a list closes over a page, VS Code gives the page the focus in two strokes: at once, and 50 ms later by a message
 * into its frame. A list that opens before that message arrives loses the focus to the page, and what is typed with it.
 */
export class OpenPages {
  readonly #options: OpenPagesOptions;
  readonly #open = new Set<PagePanel>();
  readonly #asked = new Map<number, () => void>();
  #count = 0;

  constructor(options: OpenPagesOptions) {
    this.#options = options;
  }

  /** `receive` takes what the page says. */
  add(panel: PagePanel, receive: (message: unknown) => void): void {
    this.#open.add(panel);
    panel.onDidDispose(() => this.#open.delete(panel));
    panel.webview.onDidReceiveMessage((message) => {
      if (isEcho(message)) this.#asked.get(message.count)?.();
      else receive(message);
    });
  }

  /** Resolves when a list may open: what closed before it has given back the focus. */
  async atRest(): Promise<void> {
    if (!this.#options.isPageActive()) return;
    await this.#pause(secondStrokeMs);
    const page = Array.from(this.#open).find(({ active }) => active);
    if (page) await this.#echo(page);
  }

  /** Messages arrive in order, so what was sent before has arrived when this one comes back. */
  async #echo({ webview }: PagePanel): Promise<void> {
    const echo: Echo = { kind: 'echo', count: this.#count++ };
    const isBack = new Promise<void>((resolve) => this.#asked.set(echo.count, resolve));
    webview.postMessage(echo);
    await Promise.race([isBack, this.#pause(patienceMs)]);
    this.#asked.delete(echo.count);
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.#options.clock.after(delayMs, resolve));
  }
}
