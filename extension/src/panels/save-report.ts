import * as vscode from 'vscode';
import type { ExportFormat } from '../../../webviews/readiness/protocol.ts';
import type { Questions } from '../questions.ts';

const files: Readonly<Record<ExportFormat, { readonly title: string; readonly extension: string }>> = {
  markdown: { title: 'Markdown', extension: 'md' },
  html: { title: 'HTML', extension: 'html' },
  svg: { title: 'SVG', extension: 'svg' },
};

/** Asks where to save a report, saves it, and offers to open it; a browser prints what is HTML. */
export async function saveReport(questions: Questions, format: ExportFormat, text: string): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const { title, extension } = files[format];
  const target = await questions.fileToSave({
    title: `Export Readiness as ${title}`,
    filters: { [title]: [extension] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, `readiness.${extension}`) } : {}),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = 'Open';
  const said = await vscode.window.showInformationMessage(
    `Penstock: saved ${vscode.workspace.asRelativePath(target)}.`,
    open,
  );
  if (said !== open) return;
  if (format === 'markdown') await vscode.window.showTextDocument(target);
  else await vscode.env.openExternal(target);
}
