import type { CodeLens } from 'vscode-languageserver/node';
import type { NameKey } from '../core/facts.ts';
import { dependentsOf, nodesIn } from '../language/dependents.ts';
import { checkNowCommand } from '../protocol/readiness-requests.ts';
import { showReferencesCommand } from '../protocol/requests.ts';
import { toLocation } from './convert.ts';
import { askAgain, askAgainAfterChanges } from './ask-again.ts';
import { evidenceLenses } from './evidence-at.ts';
import type { Feature } from './feature.ts';
import { fileOf } from './place.ts';
import { runSafe } from './run-safe.ts';

/**
 * How many things depend on a model, above it, and how tasks and checks stand. Offered to clients that can show the
 * places, and that can look at checks.
 */
export const registerCodeLenses: Feature = (host) => {
  const { connection, session, client, commands, readiness, log } = host;
  const [showsPlaces, checks] = [commands.has(showReferencesCommand), commands.has(checkNowCommand)];
  if (!showsPlaces && !checks) return {};
  connection.onCodeLens((params, token) =>
    runSafe<CodeLens[]>(
      'code lenses',
      async () => {
        const file = await fileOf(session, params, token);
        if (!file) return [];
        const { uri } = params.textDocument;
        const { latest, isTrusted } = readiness;
        const evidence = checks && latest ? evidenceLenses(latest, { ...file, isTrusted }) : [];
        if (!showsPlaces) return [...evidence];
        const dependents = nodesIn(file.platform, file.path).map(({ key, span }) => ({
          range: file.source.rangeOf(span),
          data: { key, uri } satisfies LensData,
        }));
        return [...dependents, ...evidence];
      },
      { fallback: [], log, token },
    ),
  );
  connection.onCodeLensResolve((lens, token) =>
    runSafe<CodeLens>(
      'a code lens',
      async () => {
        const platform = await session.settled(token);
        const { key, uri } = lens.data as LensData;
        const { count, places } = dependentsOf(platform, key);
        const title = count === 0 ? 'no dependents' : count === 1 ? '1 dependent' : `${count} dependents`;
        const locations = places.map((place) => toLocation(place, platform));
        return {
          range: lens.range,
          command: { title, command: showReferencesCommand, arguments: [uri, lens.range.start, locations] },
        };
      },
      { fallback: lens, log, token },
    ),
  );
  if (client.workspace?.codeLens?.refreshSupport) {
    const refresh = 'workspace/codeLens/refresh';
    askAgainAfterChanges({ connection, session }, refresh);
    if (checks)
      readiness.onTaken(({ isNews }) => {
        if (isNews) askAgain(connection, refresh);
      });
  }
  return { codeLensProvider: { resolveProvider: true } };
};

interface LensData {
  readonly key: NameKey;
  readonly uri: string;
}
