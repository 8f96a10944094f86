import * as vscode from 'vscode';
import {
  stepsRequest,
  systemsRequest,
  type ChangedParams,
  type PlanAnswer,
  type StepAnswer,
  type SystemAnswer,
} from '../../server/src/protocol/requests.ts';
import { planChangesRequest, type PlanChanges } from '../../server/src/protocol/plan-requests.ts';
import type { LanguageServer } from './language-client.ts';
import { ToldPlans } from './plan/told-plans.ts';

/** What the server found in the workspace, asked for again whenever it says that something changed. */
export class Contents implements vscode.Disposable {
  readonly #server: LanguageServer;
  readonly #plansTold = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #stale: ChangedParams = { plan: false, systems: false, steps: false };
  #refreshing: Promise<void> | undefined;
  readonly #told = new ToldPlans();
  #systems: readonly SystemAnswer[] = [];
  #steps: readonly StepAnswer[] = [];

  /** Plans were told anew, while somebody types in one and before all else. */
  readonly onPlansTold = this.#plansTold.event;
  /** Systems or steps were told anew, which they are after any change once nothing more is typed for a while. */
  readonly onChanged = this.#changed.event;

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#subscriptions = [
      this.#plansTold,
      this.#changed,
      server.onChanged((changed) => void this.refresh(changed)),
      server.onStateChanged((state) => void setContext('penstock.failed', state === 'failed')),
    ];
  }

  get plans(): readonly PlanAnswer[] {
    return this.#told.plans;
  }

  get systems(): readonly SystemAnswer[] {
    return this.#systems;
  }

  get steps(): readonly StepAnswer[] {
    return this.#steps;
  }

  /** Plans as their documents read now: those that are known may be of before the last edit. */
  async currentPlans(): Promise<readonly PlanAnswer[]> {
    await this.refresh({ plan: true, systems: false, steps: false });
    return this.#told.plans;
  }

  /**
   * The plan that a document holds as it reads when this is called, or after an edit that came since: `version` says so.
   * Asked for only where it changed since it was known; undefined where it is none.
   */
  async planOf(document: vscode.TextDocument): Promise<PlanAnswer | undefined> {
    const isIt = ({ uri }: PlanAnswer): boolean => uri === document.uri.toString();
    const known = this.#told.plans.find(isIt);
    if (!known || isOf(known, document)) return known;
    return (await this.currentPlans()).find(isIt);
  }

  /** Asks for what changed, everything by default. Calls while an answer is awaited make one more round. */
  refresh(changed: ChangedParams = { plan: true, systems: true, steps: true }): Promise<void> {
    this.#stale = {
      plan: this.#stale.plan || changed.plan,
      systems: this.#stale.systems || changed.systems,
      steps: this.#stale.steps || changed.steps,
    };
    return (this.#refreshing ??= this.#refreshAll());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #refreshAll(): Promise<void> {
    while (this.#stale.plan || this.#stale.systems || this.#stale.steps) {
      const { plan, systems, steps } = this.#stale;
      this.#stale = { plan: false, systems: false, steps: false };
      const answers = await Promise.all([
        plan
          ? this.#server.request<PlanChanges>(planChangesRequest, { since: this.#told.revision })
          : undefined,
        systems ? this.#server.request<readonly SystemAnswer[]>(systemsRequest) : undefined,
        steps ? this.#server.request<readonly StepAnswer[]>(stepsRequest) : undefined,
      ]);
      if (answers[0]) {
        this.#told.take(answers[0]);
        this.#plansTold.fire();
      }
      this.#systems = answers[1] ?? this.#systems;
      this.#steps = answers[2] ?? this.#steps;
      if (answers[1] ?? answers[2]) await this.#tell();
    }
    // In the same breath as the last look at what is stale: a call in between would be lost.
    this.#refreshing = undefined;
  }

  async #tell(): Promise<void> {
    this.#changed.fire();
    const hasPipelines = this.#steps.some(({ kind }) => kind === 'pipeline');
    await Promise.all([
      setContext('penstock.ready', true),
      setContext('penstock.hasPlan', this.plans.length > 0),
      setContext('penstock.hasSteps', this.#steps.length > 0),
      setContext('penstock.hasPipelines', hasPipelines),
    ]);
  }
}

function isOf({ version }: PlanAnswer, document: vscode.TextDocument): boolean {
  return version === null ? !document.isDirty : version === document.version;
}

/** Sets a key that `when` clauses of the manifest read. */
export async function setContext(key: string, value: unknown): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
