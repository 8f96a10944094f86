import {
  CreateFile,
  RenameFile,
  TextDocumentEdit,
  type ClientCapabilities,
  type ResourceOperationKind,
  type TextEdit as LspTextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextEdit } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import { rangeIn, toUri } from './convert.ts';
import type { OpenDocuments } from './open-files.ts';

/** Edits as core means them: files that are made, texts as they are now, then files that move. */
export interface Change {
  readonly creates?: readonly { readonly path: string; readonly text: string }[];
  readonly edits: readonly TextEdit[];
  readonly moves?: readonly { readonly from: string; readonly to: string }[];
}

export interface EditHost {
  readonly platform: Platform;
  readonly open: OpenDocuments;
  readonly client: ClientCapabilities;
}

/** True where the client carries out this operation on files as part of an edit. */
export function canDo({ workspace }: ClientCapabilities, operation: ResourceOperationKind): boolean {
  const edit = workspace?.workspaceEdit;
  return edit?.documentChanges === true && edit.resourceOperations?.includes(operation) === true;
}

/** The edit in the richest form that the client reads; what it cannot do must have been left out before. */
export function toWorkspaceEdit({ creates = [], edits, moves = [] }: Change, host: EditHost): WorkspaceEdit {
  const byFile = new Map<string, LspTextEdit[]>();
  for (const { path, span, newText } of edits) {
    const own = byFile.get(path) ?? [];
    if (own.length === 0) byFile.set(path, own);
    own.push({ range: rangeIn(host.platform, path, span), newText });
  }
  if (host.client.workspace?.workspaceEdit?.documentChanges !== true) {
    return { changes: Object.fromEntries([...byFile].map(([path, own]) => [toUri(path), own])) };
  }
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      ...creates.flatMap(({ path, text }) => [
        CreateFile.create(toUri(path), { ignoreIfExists: false, overwrite: false }),
        TextDocumentEdit.create({ uri: toUri(path), version: null }, [
          { range: { start, end: start }, newText: text },
        ]),
      ]),
      ...[...byFile].map(([path, own]) =>
        TextDocumentEdit.create(
          { uri: host.open.uri(path), version: host.open.at(path)?.version ?? null },
          own,
        ),
      ),
      ...moves.map(({ from, to }) => RenameFile.create(host.open.uri(from), toUri(to), { overwrite: false })),
    ],
  };
}
