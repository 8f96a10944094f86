import type { FeatureHost } from './feature.ts';

/** A client need not hear of every letter that somebody types elsewhere. */
const askEveryMs = 1000;

/** Tells the client to ask anew, by a request of the protocol. One that refuses it, or is gone, misses only the news. */
export function askAgain(connection: FeatureHost['connection'], request: string): void {
  void connection.sendRequest(request).catch(() => undefined);
}

/** Tells the client to ask anew some time after anything changed. */
export function askAgainAfterChanges(
  { connection, session }: Pick<FeatureHost, 'connection' | 'session'>,
  request: string,
): void {
  let due: ReturnType<typeof setTimeout> | undefined;
  session.onChanged(() => {
    due ??= setTimeout(() => {
      due = undefined;
      askAgain(connection, request);
    }, askEveryMs);
  });
  session.onDisposed(() => clearTimeout(due));
}
