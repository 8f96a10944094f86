import * as vscode from 'vscode';
import { lineageRequest, type LineageAnswer } from '../../../server/src/protocol/requests.ts';
import { setContext } from '../contents.ts';
import type { ExtensionHost } from '../host.ts';

/** Keeps the context key by which a lineage is offered only for files that have one. */
export function offerLineage({ server, contents }: ExtensionHost): vscode.Disposable {
  let asked = 0;
  const tell = async (): Promise<void> => {
    const number = ++asked;
    const document = vscode.window.activeTextEditor?.document;
    const isFile = document?.uri.scheme === 'file';
    const answer = isFile
      ? await server.request<LineageAnswer | null>(lineageRequest, {
          uri: document.uri.toString(),
          // A file of many entries has a lineage when any of them has; its end comes after all.
          position: { line: document.lineCount, character: 0 },
          upstream: 0,
          downstream: 0,
        })
      : null;
    if (number === asked) await setContext('penstock.fileHasLineage', Boolean(answer));
  };
  void tell();
  return vscode.Disposable.from(vscode.window.onDidChangeActiveTextEditor(tell), contents.onChanged(tell));
}
