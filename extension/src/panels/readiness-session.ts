import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';
import {
  factsAndFiles,
  type ReadinessAnswer,
  type RunChecksParams,
} from '../../../server/src/protocol/readiness-requests.ts';
import type { ExportFormat, FromWebview, Lacking, ToWebview } from '../../../webviews/readiness/protocol.ts';
import { readinessViewOf, type ItemPlace, type Place, type ShownReadiness } from './readiness-view-of.ts';

export interface ReadinessSessionOptions {
  /** What is known now; undefined while nobody could tell. */
  readonly known: () => {
    readonly title: string;
    readonly answer: ReadinessAnswer | undefined;
    readonly plans: readonly PlanAnswer[];
    readonly trusted: boolean;
    /** Whether nobody can tell any more, because the server ended. */
    readonly failed: boolean;
  };
  readonly send: (message: ToWebview) => void;
  /** Looks at checks; resolves when they have been looked at and `known` tells it. */
  readonly check: (params: RunChecksParams) => Promise<void>;
  readonly open: (place: Place) => void;
  readonly waive: (check: string) => void;
  readonly takeBack: (check: string) => void;
  readonly mark: (item: ItemPlace) => void;
  readonly rank: (item: ItemPlace) => void;
  readonly writeFigures: () => void;
  readonly create: (what: Lacking) => void;
  readonly export: (format: ExportFormat, text: string) => void;
}

/** What one readiness panel shows, and what its page asks for. Knows no editor. */
export class ReadinessSession {
  readonly #options: ReadinessSessionOptions;
  #shown: ShownReadiness | undefined;
  /** What is being looked at, so that a page that comes back shows it. */
  readonly #checking = new Set<readonly string[]>();

  constructor(options: ReadinessSessionOptions) {
    this.#options = options;
  }

  /** Shows what is known now. */
  refresh(): void {
    const { answer, failed, ...known } = this.#options.known();
    if (!answer) {
      const message = failed
        ? 'The language server does not run; its log says why.'
        : 'Reading the workspace…';
      return this.#options.send({ kind: 'nothing', message });
    }
    this.#shown = readinessViewOf({ ...known, answer });
    this.#options.send({ kind: 'readiness', view: this.#shown.view });
    for (const checks of this.#checking) this.#options.send({ kind: 'checking', checks });
  }

  async receive(message: FromWebview): Promise<void> {
    const { open, waive, takeBack, mark, rank, writeFigures, create } = this.#options;
    switch (message.kind) {
      case 'ready':
        return this.refresh();
      case 'open': {
        // Only what is shown: a page must not be able to open anything else.
        const place = this.#shown?.places.get(message.place);
        return place && open(place);
      }
      case 'check': {
        const { checks } = message;
        const known = checks.filter((id) => this.#shown?.view.checks.some((check) => check.id === id));
        return known.length === 0 ? undefined : this.#check(known, { checks: known });
      }
      case 'check-all':
        return this.#check([], message.costly ? {} : factsAndFiles);
      case 'waive':
        return this.#isShown(message.check) ? waive(message.check) : undefined;
      case 'take-back':
        return this.#isWaived(message.check) ? takeBack(message.check) : undefined;
      case 'mark':
      case 'rank': {
        const item = this.#shown?.items.get(message.item);
        return item && (message.kind === 'mark' ? mark : rank)(item);
      }
      case 'write-figures':
        return writeFigures();
      case 'create':
        return create(message.what);
      case 'export':
        return this.#options.export(message.format, message.text);
    }
  }

  #isShown(check: string): boolean {
    return this.#shown?.view.checks.some(({ id }) => id === check) === true;
  }

  #isWaived(name: string): boolean {
    return this.#shown?.view.waivers.some(({ check }) => check === name) === true;
  }

  async #check(checks: readonly string[], params: RunChecksParams): Promise<void> {
    this.#checking.add(checks);
    this.#options.send({ kind: 'checking', checks });
    try {
      await this.#options.check(params);
    } finally {
      this.#checking.delete(checks);
      this.refresh();
    }
  }
}
