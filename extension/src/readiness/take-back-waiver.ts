import * as vscode from 'vscode';
import type { WaiverAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { ExtensionHost } from '../host.ts';
import { changeManifest } from './change-manifest.ts';
import { waiverRemoval } from './waiver-removal.ts';

/** Takes the waivers of a check out of `penstock.yaml`: from then on it counts again. Undo brings them back. */
export async function takeBackWaiver(
  { readiness }: Pick<ExtensionHost, 'readiness'>,
  check: string,
): Promise<void> {
  // Where they stand as the files read now.
  await readiness.refresh();
  const waivers = readiness.answer?.waivers.filter((each) => each.check === check) ?? [];
  if (!(await takeOut(waivers))) return;
  void vscode.window.showInformationMessage(
    waivers.length === 0 ? `Penstock: ${check} is not waived.` : `Penstock: ${check} is no longer waived.`,
  );
}

/** Takes waivers out of their files, the last ones first, so that the others stay where they are; false where one stays. */
export async function takeOut(waivers: readonly WaiverAnswer[]): Promise<boolean> {
  const fromBelow = waivers.toSorted((a, b) => b.range.start.line - a.range.start.line);
  for (const waiver of fromBelow) if (!(await takeOutOne(waiver))) return false;
  return true;
}

async function takeOutOne({ check, uri, range }: WaiverAnswer): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const { start, end } = range;
  const at = new vscode.Range(start.line, start.character, end.line, end.character);
  const isThere = document.getText(at).includes(check);
  const piece = isThere ? waiverRemoval(document.getText(), document.offsetAt(at.start)) : undefined;
  if (piece) {
    await changeManifest(document, piece);
    return true;
  }
  await vscode.window.showTextDocument(document, { selection: at });
  void vscode.window.showWarningMessage(
    'Penstock: the waiver is written in a way that it cannot be taken out of; remove it by hand.',
  );
  return false;
}
