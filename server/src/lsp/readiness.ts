import { RequestType } from 'vscode-languageserver/node';
import { OperationCancelled, type CancellationToken } from '../core/cancellation.ts';
import { checkNamespace, type Cost } from '../core/evidence.ts';
import type { Platform } from '../core/platform.ts';
import {
  readinessChangedNotification,
  readinessRequest,
  runChecksRequest,
  trustNotification,
  type ReadinessAnswer,
  type RunChecksParams,
  type TrustParams,
} from '../protocol/readiness-requests.ts';
import { takeSnapshot, type ReadinessSnapshot } from '../readiness/snapshot.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { readinessAnswer } from './readiness-answer.ts';
import { runSafe } from './run-safe.ts';

/** Waits this long after an edit before checks follow it: what is being typed is no evidence yet. */
const quietMs = 300;

const all: ReadonlySet<Cost> = new Set<Cost>(['instant', 'seconds', 'network', 'command']);
const instant: ReadonlySet<Cost> = new Set<Cost>(['instant']);
const withFiles: ReadonlySet<Cost> = new Set<Cost>(['instant', 'seconds']);

const nothing = takeSnapshot({ plans: [], projects: [] });

/** What plans claim beside what checks show: asked for, looked at again, and told of when it is another. */
export const registerReadiness: Feature = (host) => {
  const { connection, session, log, readiness } = host;
  const follower = new Follower(host);
  session.onChanged(() => follower.follow());
  session.onDisposed(() => follower.stop());
  const answered = async (
    token: CancellationToken,
    look: (platform: Platform) => Promise<ReadinessSnapshot>,
  ): Promise<ReadinessAnswer> => {
    const platform = await session.settled(token);
    const snapshot = await look(platform);
    follower.seen(snapshot);
    return readinessAnswer(snapshot, platform, await readiness.trend(platform));
  };
  connection.onRequest(readinessRequest, (token) =>
    runSafe<ReadinessAnswer | null>(
      'readiness',
      () =>
        answered(token, (platform) =>
          readiness.look(platform, { token, costs: withFiles, onlyNew: new Set<Cost>(['seconds']) }),
        ),
      { fallback: null, log, token },
    ),
  );
  connection.onRequest(
    new RequestType<RunChecksParams | null, ReadinessAnswer | null, void>(runChecksRequest),
    (params, token) =>
      runSafe<ReadinessAnswer | null>(
        'running checks',
        () =>
          answered(token, (platform) =>
            readiness.look(platform, {
              token,
              isAsked: true,
              costs: params?.costs ? new Set(params.costs) : all,
              ...(params?.checks ? { checks: new Set(params.checks) } : {}),
            }),
          ),
        { fallback: null, log, token },
      ),
  );
  connection.onNotification(trustNotification, ({ isTrusted }: TrustParams) => {
    readiness.isTrusted = isTrusted;
    follower.follow();
  });
  return {};
};

/** Lets instant checks follow edits, one look at a time, and tells when the outcome is another. */
class Follower {
  readonly #host: FeatureHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #token = { isCancellationRequested: false };
  #last: string | undefined;

  constructor(host: FeatureHost) {
    this.#host = host;
  }

  /** Looks again once nobody has typed for a while; a look under way is given up. */
  follow(): void {
    this.#token.isCancellationRequested = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), quietMs);
  }

  /** Takes note of what the client knows, and tells it when that is news. */
  seen(snapshot: ReadinessSnapshot): void {
    const outcome = outcomeOf(snapshot);
    const isNews = this.#last !== undefined && this.#last !== outcome;
    this.#last = outcome;
    if (isNews) void this.#host.connection.sendNotification(readinessChangedNotification);
  }

  stop(): void {
    this.#token.isCancellationRequested = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { session, readiness, log } = this.#host;
    const token = (this.#token = { isCancellationRequested: false });
    try {
      const platform = await session.settled(token);
      // Where nobody asks for anything, nobody is kept busy.
      if (this.#last === undefined && !hasChecks(platform)) return;
      if (this.#last === undefined) this.#last = outcomeOf(nothing);
      this.seen(await readiness.look(platform, { token, costs: instant }));
    } catch (error) {
      if (!(error instanceof OperationCancelled))
        log.error(`checks could not follow an edit: ${String(error)}`);
    }
  }
}

function hasChecks({ facts }: Platform): boolean {
  for (const { data } of facts.all(checkNamespace)) if (data?.['plan'] !== undefined) return true;
  return false;
}

/** All of a snapshot but when it was taken. */
function outcomeOf({ verdict, checks, items, categories, waivers }: ReadinessSnapshot): string {
  const shown = checks.map(({ checkedMs: _checked, durationMs: _duration, ...rest }) => rest);
  return JSON.stringify([verdict, shown, items, categories, waivers]);
}
