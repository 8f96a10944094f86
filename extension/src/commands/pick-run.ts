import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import type { RunEntry } from '../runs/run-stores.ts';
import { runLook, runName, whenText } from '../views/runs-rows.ts';

/** A run by its folder and id, for menus, panels and other extensions. */
export interface RunReference {
  /** Of the workspace folder: its URI, or its path in the file system. */
  readonly folder: string;
  readonly run: string;
}

/** The run that a command was given, as a reference or as a row that carries one; undefined where it is gone. */
export function runOf(host: ExtensionHost, argument: unknown): RunEntry | undefined {
  const reference = referenceOf(argument);
  return reference && host.runs.find(reference.folder, reference.run);
}

export async function pickRun(
  { questions }: Pick<ExtensionHost, 'questions'>,
  entries: readonly RunEntry[],
  placeHolder: string,
): Promise<RunEntry | undefined> {
  const severalFolders = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const items = entries.map((entry) => ({
    label: runName(entry.summary),
    description: `${runLook(entry.summary).label} · ${whenText(entry.summary, Date.now())}${severalFolders ? ` · ${entry.folder.name}` : ''}`,
    iconPath: new vscode.ThemeIcon(runLook(entry.summary).icon.id),
    entry,
  }));
  const chosen = await questions.pick(items, { placeHolder, matchOnDescription: true });
  return chosen?.entry;
}

function referenceOf(argument: unknown): RunReference | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if (
    'folder' in argument &&
    'run' in argument &&
    typeof argument.folder === 'string' &&
    typeof argument.run === 'string'
  ) {
    return { folder: argument.folder, run: argument.run };
  }
  return 'data' in argument ? referenceOf(argument.data) : undefined;
}
