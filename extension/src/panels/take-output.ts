import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import type { Questions } from '../questions.ts';

/** Limit: more than this can be pasted nowhere; a file takes it. */
const maxCopied = 20_000_000;

/** Puts output on the clipboard, as much of it as a clipboard takes. */
export async function copyOutput(text: AsyncIterable<string>): Promise<void> {
  let copied = '';
  for await (const piece of text) {
    if (copied.length + piece.length > maxCopied) {
      await vscode.env.clipboard.writeText(copied);
      void vscode.window.showWarningMessage(
        'Only the first 20 MB of the output were copied. Save it as a file to have all of it.',
      );
      return;
    }
    copied += piece;
  }
  await vscode.env.clipboard.writeText(copied);
  vscode.window.setStatusBarMessage('Copied output', 3000);
}

/** Asks for a file and writes output into it, a piece at a time. `path` is what is proposed. */
export async function saveOutput(
  questions: Questions,
  text: AsyncIterable<string>,
  path: string,
): Promise<void> {
  const uri = await questions.fileToSave({
    title: 'Save Output As',
    defaultUri: vscode.Uri.file(path),
    filters: { Logs: ['log', 'txt'] },
  });
  if (uri === undefined) return;
  await pipeline(Readable.from(text), createWriteStream(uri.fsPath));
  const open = 'Open';
  if ((await vscode.window.showInformationMessage(`Saved the output to ${uri.fsPath}.`, open)) === open)
    await vscode.window.showTextDocument(uri);
}
