import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { changeManifest } from './change-manifest.ts';
import { dayAfter, dayProblem } from './days.ts';
import { manifestFor } from './manifest-for.ts';
import { takeOut } from './take-back-waiver.ts';
import { waiverEdit, type NewWaiver } from './waiver-edit.ts';

/** How long a waiver lasts where nobody says otherwise. */
const usualDays = 14;

/** Who answers for waivers, as somebody last said. */
const byKey = 'penstock.waiver.by';

/** Asks why the team goes on without a check, who answers for it, and until when, and writes it where it is reviewed. */
export async function waiveCheck(
  host: Pick<ExtensionHost, 'readiness' | 'context' | 'questions'>,
  check: string,
): Promise<void> {
  const title = (step: number): string => `Waive ${check} (${step}/3)`;
  const reason = await host.questions.text({
    title: title(1),
    prompt: 'Why can the team go on without it? It is reviewed with penstock.yaml.',
    placeHolder: 'the office machine is moved',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A waiver needs a reason.' : undefined),
  });
  if (reason === undefined) return;
  const { globalState } = host.context;
  const by = await host.questions.text({
    title: title(2),
    prompt: 'Who answers for it?',
    placeHolder: 'Ada',
    value: globalState.get(byKey, ''),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A waiver needs somebody who answers for it.' : undefined),
  });
  if (by === undefined) return;
  const who = by.trim();
  await globalState.update(byKey, who);
  const today = new Date();
  const until = await host.questions.text({
    title: title(3),
    prompt: 'The last day that it counts',
    value: dayAfter(today, usualDays),
    ignoreFocusOut: true,
    validateInput: (text) => dayProblem(text, today),
  });
  if (until === undefined) return;
  await write(host, { check, reason: reason.trim(), by: who, until: until.trim() });
}

async function write(host: Pick<ExtensionHost, 'readiness' | 'questions'>, waiver: NewWaiver): Promise<void> {
  const uri = await manifestFor(host, waiver.check);
  if (!uri) return;
  // One that is over would go on being the one that counts.
  const earlier = host.readiness.answer?.waivers.filter(({ check }) => check === waiver.check) ?? [];
  if (!(await takeOut(earlier))) return;
  const document = await openOrNew(uri);
  const piece = waiverEdit(document.getText(), waiver);
  if (!piece) {
    await vscode.window.showTextDocument(document);
    void vscode.window.showWarningMessage(
      'Penstock: the waivers here are written in a way that nothing can be added to; add this one by hand.',
    );
    return;
  }
  await changeManifest(document, piece);
  const open = 'Show It';
  const said = `Penstock: ${waiver.check} is waived until ${waiver.until}.`;
  if ((await vscode.window.showInformationMessage(said, open)) !== open) return;
  const at = document.positionAt(document.getText().indexOf(waiver.check, piece.start));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

async function openOrNew(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch (error) {
    // A look may fail for other reasons, too, and what lies there is not to be emptied.
    if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) throw error;
    await vscode.workspace.fs.writeFile(uri, new Uint8Array());
  }
  return vscode.workspace.openTextDocument(uri);
}
