import {
  LSPErrorCodes,
  ResponseError,
  type ClientCapabilities,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { prepareRename, rename, renameFile, type Refusal, type Renaming } from '../language/rename.ts';
import { baseName } from '../core/path.ts';
import { toPath } from './convert.ts';
import { canDo, toWorkspaceEdit } from './edits.ts';
import type { Feature } from './feature.ts';
import { placeOf } from './place.ts';
import { runSafe } from './run-safe.ts';

/** Renames a name wherever it is written, together with the file that gives it. */
export const registerRename: Feature = ({ connection, session, open, client, log }) => {
  connection.onPrepareRename(async (params, token) => {
    const answer = await runSafe<PreparedRename | Refusal | undefined>(
      'preparing a rename',
      async () => {
        const place = await placeOf(session, params, token);
        const found = place && prepareRename(place.platform, place.path, place.offset);
        if (!place || !found) return undefined;
        if ('refused' in found) return found;
        return { range: place.source.rangeOf(found.span), placeholder: found.placeholder };
      },
      { fallback: undefined, log, token },
    );
    return orRefuse(answer) ?? null;
  });
  connection.onRenameRequest(async (params, token) => {
    const answer = await runSafe<WorkspaceEdit | Refusal | undefined>(
      'rename',
      async () => {
        await session.settled(token);
        const place = await placeOf(session, params, token);
        const found = place && rename(place.platform, place.path, place.offset, params.newName);
        if (!place || !found) return undefined;
        const refused = whyNot(found, client);
        if (refused) return refused;
        return toWorkspaceEdit(found as Renaming, { platform: place.platform, open, client });
      },
      { fallback: undefined, log, token },
    );
    return orRefuse(answer) ?? null;
  });
  return { renameProvider: client.textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true };
};

/** A file renamed in the explorer takes along whoever uses the name that it gave. */
export const registerFileRename: Feature = ({ connection, session, open, client, log }) => {
  const can = client.workspace?.fileOperations;
  // Word of it comes sooner than from who watches the disk, and until then names would seem to be missing.
  connection.workspace.onDidRenameFiles(({ files }) =>
    session.touchOnDisk(files.flatMap(({ oldUri, newUri }) => [toPath(oldUri), toPath(newUri)])),
  );
  connection.workspace.onWillRenameFiles(({ files }, token) =>
    runSafe<WorkspaceEdit | null>(
      'renaming files',
      async () => {
        const platform = await session.settled(token);
        const edits = files.flatMap(({ oldUri, newUri }) =>
          renameFile(platform, toPath(oldUri), toPath(newUri)),
        );
        return edits.length > 0 ? toWorkspaceEdit({ edits }, { platform, open, client }) : null;
      },
      { fallback: null, log, token },
    ),
  );
  const filters = [{ scheme: 'file', pattern: { glob: '**/*', matches: 'file' as const } }];
  return {
    workspace: {
      fileOperations: {
        ...(can?.willRename ? { willRename: { filters } } : {}),
        ...(can?.didRename ? { didRename: { filters } } : {}),
      },
    },
  };
};

function whyNot(found: Renaming | Refusal, client: ClientCapabilities): Refusal | undefined {
  if ('refused' in found) return found;
  const [move] = found.moves;
  if (!move || canDo(client, 'rename')) return undefined;
  return {
    refused: `this rename moves ${baseName(move.from)}, which this editor does not do for a language server; rename the file yourself and its users by hand`,
  };
}

interface PreparedRename {
  readonly range: Range;
  readonly placeholder: string;
}

/** A refusal is told to the person as the request's error. */
function orRefuse<T extends object>(answer: T | Refusal | undefined): T | undefined {
  if (answer && 'refused' in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused);
  return answer;
}
