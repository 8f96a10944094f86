import { OperationCancelled, type CancellationToken, type Pause } from '../core/cancellation.ts';
import type { Cost } from '../core/evidence.ts';
import type { Platform } from '../core/platform.ts';
import type { CheckRunner } from '../readiness/check-runner.ts';
import { nextEntry, type ReadinessHistory } from '../readiness/history.ts';
import { ReadinessBoard } from '../readiness/readiness-board.ts';
import { readinessFindings, type ReadinessFinding } from '../readiness/readiness-findings.ts';
import type { ReadinessSnapshot } from '../readiness/snapshot.ts';
import { trendOf, type Trend } from '../readiness/trend.ts';
import type { Session } from './session.ts';

/** What to look at; as in `Wanted`, but for what the session knows itself. */
export interface Look {
  readonly token: CancellationToken;
  readonly costs: ReadonlySet<Cost>;
  readonly checks?: ReadonlySet<string>;
  readonly onlyNew?: ReadonlySet<Cost>;
  /** Whether somebody wanted to know now, so that the outcome is kept; what follows from typing is not. */
  readonly isAsked?: boolean;
}

export interface ReadinessSessionOptions {
  readonly runner?: CheckRunner | undefined;
  /** Where what changes is kept; nowhere where absent. */
  readonly history?: ReadinessHistory | undefined;
  readonly pause: Pause;
  readonly isTrusted: boolean;
}

/** The readiness of one client's workspace: what checks answered, and the newest snapshot. */
export class ReadinessSession {
  readonly #session: Session;
  readonly #board: ReadinessBoard;
  readonly #listeners: ((taken: Taken) => void)[] = [];
  readonly #history: ReadinessHistory | undefined;
  #recording: Promise<unknown> = Promise.resolve();
  #latest: ReadinessSnapshot | undefined;
  #shown: string | undefined;
  #findings: ReadonlyMap<string, readonly ReadinessFinding[]> = new Map();
  /** Whether somebody vouches for the workspace, so that checks may connect and start programs. */
  isTrusted: boolean;

  constructor(
    session: Session,
    { runner = lookingAtNothing, history, pause, isTrusted }: ReadinessSessionOptions,
  ) {
    this.#history = history;
    this.#session = session;
    this.#board = new ReadinessBoard({ runner, pause, now: Date.now });
    this.isTrusted = isTrusted;
  }

  /** As it was last seen; undefined before anybody looked. */
  get latest(): ReadinessSnapshot | undefined {
    return this.#latest;
  }

  /** What evidence shows to be wrong in a file, as it was last seen. */
  findings(path: string): readonly ReadinessFinding[] {
    return this.#findings.get(path) ?? [];
  }

  /** What the history tells; undefined where none is kept, or nobody has looked yet. */
  async trend({ folders: [folder] }: Platform): Promise<Trend | undefined> {
    await this.#recording;
    const latest = this.#latest;
    if (!latest || !this.#history || folder === undefined) return undefined;
    return trendOf(await this.#history.read(folder), { waivers: latest.waivers, nowMs: latest.takenMs });
  }

  /** Calls back whenever there is a newer snapshot. */
  onTaken(listener: (taken: Taken) => void): void {
    this.#listeners.push(listener);
  }

  async look(platform: Platform, look: Look): Promise<ReadinessSnapshot> {
    const { settings } = this.#session;
    const snapshot = await this.#board.snapshot(platform, {
      settings,
      limits: {
        isTrusted: this.isTrusted,
        allowedHosts: settings.readiness.allowHosts,
        environments: settings.python.environments,
        folders: platform.folders,
        secrets: platform.secrets(),
      },
      ...look,
    });
    if (look.token.isCancellationRequested) throw new OperationCancelled();
    const taken = this.#take(snapshot);
    // One line after the other, each about what the one before it left; nothing is written where nobody vouches for it.
    if (look.isAsked && this.isTrusted)
      this.#recording = this.#recording.then(() => this.#record(snapshot, platform));
    for (const listener of this.#listeners) listener(taken);
    return snapshot;
  }

  async #record(snapshot: ReadinessSnapshot, { folders: [folder] }: Platform): Promise<void> {
    if (!this.#history || folder === undefined) return;
    const entry = nextEntry(await this.#history.read(folder), snapshot);
    if (entry) await this.#history.append(folder, entry);
  }

  #take(snapshot: ReadinessSnapshot): Taken {
    const shown = shownOf(snapshot);
    const isNews = shown !== this.#shown;
    this.#shown = shown;
    const before = this.#findings;
    const after = Map.groupBy(readinessFindings(snapshot), ({ path }) => path);
    const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)),
    );
    this.#latest = snapshot;
    this.#findings = after;
    return { paths: new Set(paths), isNews };
  }
}

/** What a newer snapshot says that the one before it did not. */
export interface Taken {
  /** The files whose findings are others now. */
  readonly paths: ReadonlySet<string>;
  /** Whether any check or task stands otherwise. */
  readonly isNews: boolean;
}

/** All that is shown of a snapshot but when it was taken; what is only claimed, plans tell. */
function shownOf({ total, categories, items, checks }: ReadinessSnapshot): string {
  return JSON.stringify([
    total,
    categories,
    items.filter((item) => item.checks.length > 0),
    checks.map(({ id, state, seen, location }) => [id, state, seen, location]),
  ]);
}

/** Where nobody can look at the world, only facts answer. */
const lookingAtNothing: CheckRunner = { run: async () => {} };
