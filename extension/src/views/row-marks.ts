import * as vscode from 'vscode';
import type { RowMark } from './row.ts';

const scheme = 'penstock-row';

/** A resource that stands for a mark and for no file: rows are decorated by what they are about. */
export function markUri(mark: RowMark): vscode.Uri {
  return vscode.Uri.from({ scheme, path: '/', query: JSON.stringify(mark) });
}

/** Draws the marks of rows. */
export function showRowMarks(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== scheme) return undefined;
      const { letter, color, text } = JSON.parse(uri.query) as RowMark;
      return new vscode.FileDecoration(letter, text, new vscode.ThemeColor(color));
    },
  });
}
