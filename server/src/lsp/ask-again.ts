import type { FeatureHost } from './feature.ts';

/** A client need not hear of every letter that somebody types elsewhere. */
const askEveryMs = 1000;

/** Tells the client to ask anew, by a request of the protocol, some time after anything changed. */
export function askAgainAfterChanges(
  { connection, session }: Pick<FeatureHost, 'connection' | 'session'>,
  request: string,
): void {
  let due: ReturnType<typeof setTimeout> | undefined;
  session.onChanged(() => {
    due ??= setTimeout(() => {
      due = undefined;
      void connection.sendRequest(request).catch(() => undefined);
    }, askEveryMs);
  });
  session.onDisposed(() => clearTimeout(due));
}
