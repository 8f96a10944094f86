import * as vscode from 'vscode';
import {
  readinessRequest,
  runChecksRequest,
  type ReadinessAnswer,
  type RunChecksParams,
} from '../../../server/src/protocol/readiness-requests.ts';
import { setContext, type Contents } from '../contents.ts';
import type { LanguageServer } from '../language-client.ts';

/** What plans claim beside what checks show, asked for again whenever the server says that it is another. */
export class Readiness implements vscode.Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #answer: ReadinessAnswer | undefined;
  #isStale = false;
  #refreshing: Promise<void> | undefined;

  readonly onChanged = this.#changed.event;

  constructor(server: LanguageServer, contents: Contents) {
    this.#server = server;
    this.#subscriptions = [
      this.#changed,
      server.onReadinessChanged(() => void this.refresh()),
      contents.onChanged(() => void this.refresh()),
    ];
  }

  /** As it was last told; undefined before that. */
  get answer(): ReadinessAnswer | undefined {
    return this.#answer;
  }

  /** Asks for what is known. Calls while an answer is awaited make one more round. */
  refresh(): Promise<void> {
    this.#isStale = true;
    return (this.#refreshing ??= this.#refreshAll());
  }

  /** Looks at checks; false when the server could not tell. */
  async check(params: RunChecksParams, token?: vscode.CancellationToken): Promise<boolean> {
    const answer = await this.#server.request<ReadinessAnswer | null>(runChecksRequest, params, token);
    if (answer) await this.#take(answer);
    return Boolean(answer);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #refreshAll(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const answer = await this.#server.request<ReadinessAnswer | null>(readinessRequest);
      if (answer) await this.#take(answer);
    }
    // In the same breath as the last look at what is stale: a call in between would be lost.
    this.#refreshing = undefined;
  }

  async #take(answer: ReadinessAnswer): Promise<void> {
    this.#answer = answer;
    this.#changed.fire();
    await Promise.all([
      setContext('penstock.hasChecks', answer.checks.length > 0),
      setContext('penstock.hasWaivers', answer.waivers.length > 0),
    ]);
  }
}
