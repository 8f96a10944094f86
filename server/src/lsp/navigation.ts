import { define, findReferences } from '../language/define.ts';
import { findSymbols, outline } from '../language/symbols.ts';
import { rangeIn, toDocumentSymbol, toLocation, toPath } from './convert.ts';
import type { Feature } from './feature.ts';
import { placeOf } from './place.ts';
import { runSafe } from './run-safe.ts';
import { SymbolKind } from 'vscode-languageserver/node';

export const registerDefinition: Feature = ({ connection, session, log }) => {
  connection.onDefinition((params, token) =>
    runSafe(
      'definition',
      async () => {
        const place = await placeOf(session, params, token);
        const found = place && define(place.platform, place.path, place.offset);
        if (!found) return null;
        return found.targets.map((target) => ({
          originSelectionRange: place.source.rangeOf(found.origin),
          targetUri: toLocation(target, place.platform).uri,
          targetRange: rangeIn(place.platform, target.path, target.span),
          targetSelectionRange: rangeIn(place.platform, target.path, target.span),
        }));
      },
      { fallback: null, log, token },
    ),
  );
  return { definitionProvider: true };
};

export const registerReferences: Feature = ({ connection, session, log }) => {
  connection.onReferences((params, token) =>
    runSafe(
      'references',
      async () => {
        await session.settled(token);
        const place = await placeOf(session, params, token);
        if (!place) return [];
        const found = findReferences(place.platform, place.path, place.offset, {
          withDefinition: params.context.includeDeclaration,
        });
        return found.map((location) => toLocation(location, place.platform));
      },
      { fallback: [], log, token },
    ),
  );
  return { referencesProvider: true };
};

export const registerSymbols: Feature = ({ connection, session, log }) => {
  connection.onDocumentSymbol((params, token) =>
    runSafe(
      'document symbols',
      async () => {
        const platform = await session.now(token);
        const path = toPath(params.textDocument.uri);
        const source = platform.source(path);
        return source ? outline(platform, path).map((symbol) => toDocumentSymbol(symbol, source)) : [];
      },
      { fallback: [], log, token },
    ),
  );
  connection.onWorkspaceSymbol(({ query }, token) =>
    runSafe(
      'workspace symbols',
      async () => {
        const platform = await session.settled(token);
        return findSymbols(platform, query).map((definition) => ({
          name: definition.name,
          kind: definition.data?.['parameters'] === undefined ? SymbolKind.Class : SymbolKind.Function,
          containerName: definition.what,
          location: toLocation(definition, platform),
        }));
      },
      { fallback: [], log, token },
    ),
  );
  return { documentSymbolProvider: true, workspaceSymbolProvider: true };
};
