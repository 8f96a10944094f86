import { OperationCancelled, type CancellationToken, type Pause } from '../core/cancellation.ts';
import type { Cost } from '../core/evidence.ts';
import type { Platform } from '../core/platform.ts';
import type { CheckRunner } from '../readiness/check-runner.ts';
import { ReadinessBoard } from '../readiness/readiness-board.ts';
import type { ReadinessSnapshot } from '../readiness/snapshot.ts';
import type { Session } from './session.ts';

/** What to look at; as in `Wanted`, but for what the session knows itself. */
export interface Look {
  readonly token: CancellationToken;
  readonly costs: ReadonlySet<Cost>;
  readonly checks?: ReadonlySet<string>;
  readonly onlyNew?: ReadonlySet<Cost>;
}

/** The readiness of one client's workspace: what checks answered, and the newest snapshot. */
export class ReadinessSession {
  readonly #session: Session;
  readonly #board: ReadinessBoard;
  readonly #listeners: (() => void)[] = [];
  #latest: ReadinessSnapshot | undefined;
  /** Whether somebody vouches for the workspace, so that checks may connect and start programs. */
  isTrusted: boolean;

  constructor(
    session: Session,
    {
      runner = lookingAtNothing,
      pause,
      isTrusted,
    }: { readonly runner?: CheckRunner | undefined; readonly pause: Pause; readonly isTrusted: boolean },
  ) {
    this.#session = session;
    this.#board = new ReadinessBoard({ runner, pause, now: Date.now });
    this.isTrusted = isTrusted;
  }

  /** As it was last seen; undefined before anybody looked. */
  get latest(): ReadinessSnapshot | undefined {
    return this.#latest;
  }

  /** Calls back whenever there is a newer snapshot. */
  onTaken(listener: () => void): void {
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
    this.#latest = snapshot;
    for (const listener of this.#listeners) listener();
    return snapshot;
  }
}

/** Where nobody can look at the world, only facts answer. */
const lookingAtNothing: CheckRunner = { run: async () => {} };
