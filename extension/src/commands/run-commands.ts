import * as vscode from 'vscode';
import { fileStepsRequest, type StepAnswer } from '../../../server/src/protocol/requests.ts';
import { CursorLines } from '../cursor/cursor-lines.ts';
import { toldOf } from '../cursor/told-of.ts';
import type { ExtensionHost } from '../host.ts';
import type { RunEntry } from '../runs/run-stores.ts';
import { askOptions, type StepToRun } from '../runs/ask-options.ts';
import { askParameters } from '../runs/ask-parameters.ts';
import { copyStepCommand } from '../runs/copy-step-command.ts';
import { isTrusted, startRun } from '../runs/start-run.ts';
import { stepsAt } from '../steps/step-at.ts';
import { stepChoices } from '../steps/step-choices.ts';
import { isResumable } from '../views/runs-rows.ts';
import { pickRun, runOf } from './pick-run.ts';

/** A step by name, for menus, lenses and keybindings; without a folder the first one that has such a step. */
export interface StepReference {
  readonly step: string;
  readonly folderUri?: string;
}

/** Runs the step of a row, of a lens or by name; asks where none is given. */
export async function runStep(host: ExtensionHost, argument: unknown): Promise<void> {
  if (!(await isTrusted())) return;
  const named = referenceOf(argument);
  if (named === undefined) {
    const step = await pickStep(host, host.contents.steps, 'Which step should run?');
    if (step) await runAnswer(host, step);
    return;
  }
  const step = stepNamed(host, named);
  if (step) await runAnswer(host, step);
  else warnNoStep(named);
}

/** The step that a name means. One that is not listed, such as a model's test, is known by it to whoever runs it. */
export function stepNamed(
  { contents }: ExtensionHost,
  { step, folderUri }: StepReference,
): StepToRun | undefined {
  const listed = contents.steps.find(
    (each) => each.id === step && (folderUri === undefined || each.folderUri === folderUri),
  );
  return listed ?? (folderUri === undefined ? undefined : { id: step, folderUri });
}

function warnNoStep({ step }: StepReference): void {
  void vscode.window.showWarningMessage(`Penstock: there is no step ${step} in this workspace any more.`);
}

/** Shows all that may be set for a run of a step, then runs it; asks for the step where none is given. */
export async function runStepWithParameters(host: ExtensionHost, argument: unknown): Promise<void> {
  if (!(await isTrusted())) return;
  const named = referenceOf(argument);
  const step = named
    ? stepNamed(host, named)
    : await pickStep(host, host.contents.steps, 'Which step should run?');
  if (step) await runAsked(host, step);
  else if (named) warnNoStep(named);
}

async function runAsked(host: ExtensionHost, step: StepToRun): Promise<void> {
  const wanted = await askOptions(host, step);
  if (!wanted) return;
  const meant = { ...step, id: wanted.step };
  if (wanted.what === 'copy') await copyStepCommand(host, meant, wanted.parameters);
  else await startStep(host, meant, wanted.parameters);
}

/** Runs what the cursor is in: a job, a model, a pipeline. */
export async function runThis(host: ExtensionHost): Promise<void> {
  const step = await stepAtCursor(host);
  if (step) await runAnswer(host, step);
}

/** Shows all that may be set for a run of what the cursor is in, then runs it. */
export async function runThisWithParameters(host: ExtensionHost): Promise<void> {
  const step = await stepAtCursor(host);
  if (step) await runAsked(host, step);
}

async function stepAtCursor(host: ExtensionHost): Promise<StepAnswer | undefined> {
  const cursor = CursorLines.active();
  if (!cursor) return undefined;
  try {
    return (await isTrusted()) ? await stepAt(host, cursor) : undefined;
  } finally {
    cursor.dispose();
  }
}

async function stepAt(host: ExtensionHost, cursor: CursorLines): Promise<StepAnswer | undefined> {
  const { document } = cursor;
  const uri = document.uri.toString();
  const known = await toldOf(document, () => stepsOfFile(host, uri));
  const textAt = (line: number): string => (line < document.lineCount ? document.lineAt(line).text : '');
  const [line = 0] = cursor.now;
  const steps = stepsAt(known, uri, line, textAt);
  const [only, ...others] = steps;
  if (only === undefined) {
    void vscode.window.showInformationMessage(
      'Penstock: this file defines no step. Use Run Step… to choose one.',
    );
    return undefined;
  }
  return others.length === 0 ? only : pickStep(host, steps, 'This file defines several steps. Which one?');
}

/** The steps of a file as it reads now: what is listed may be of before the last edit. */
async function stepsOfFile({ contents, server }: ExtensionHost, uri: string): Promise<readonly StepAnswer[]> {
  if (contents.steps.some((step) => step.uri === uri))
    await contents.refresh({ plan: false, systems: false, steps: true });
  const listed = contents.steps.filter((step) => step.uri === uri);
  if (listed.length > 0) return listed;
  // What only the file knows of: single tests, sources, the models it describes.
  return (await server.request<readonly StepAnswer[]>(fileStepsRequest, { uri })) ?? [];
}

/** Runs again what ran last, whether or not it succeeded. */
export async function rerunLast(host: ExtensionHost): Promise<void> {
  const [last] = host.runs.entries;
  if (last) await rerunEntry(host, last);
  else void vscode.window.showInformationMessage('Penstock: nothing has run yet.');
}

/** Runs again what a row or a panel shows; asks where none is given. */
export async function rerun(host: ExtensionHost, argument: unknown): Promise<void> {
  const entry =
    runOf(host, argument) ?? (await pickRun(host, host.runs.entries, 'Which run should be repeated?'));
  if (entry) await rerunEntry(host, entry);
}

/** Shows a run in its panel; asks where none is given. */
export async function showRun(host: ExtensionHost, argument: unknown): Promise<void> {
  const entry =
    runOf(host, argument) ?? (await pickRun(host, host.runs.entries, 'Which run do you want to see?'));
  if (!entry) return;
  await host.runs.markSeen(entry);
  host.showRun(entry.folder, entry.summary.id);
}

/** Ends a running run: gently first, then harder. Asks where several run. */
export async function cancelRun(host: ExtensionHost, argument: unknown): Promise<void> {
  const running = host.runs.entries.filter((entry) => entry.summary.status === 'running');
  const [only, ...others] = running;
  const given = runOf(host, argument);
  const entry =
    given ?? (others.length === 0 ? only : await pickRun(host, running, 'Which run should be cancelled?'));
  if (entry === undefined) {
    if (only === undefined) void vscode.window.showInformationMessage('Penstock: nothing is running.');
    return;
  }
  await host.runs.cancel(entry);
}

/** Goes on with a run where it failed: what a row shows, else the newest one that can be resumed. */
export async function resumeRun(host: ExtensionHost, argument: unknown): Promise<void> {
  const entry = runOf(host, argument) ?? host.runs.entries.find(({ summary }) => isResumable(summary));
  if (entry) {
    const { id: resume, parameters = {} } = entry.summary;
    await startRun(host, entry.folder, { steps: [], resume, parameters });
  } else void vscode.window.showInformationMessage('Penstock: no run has failed that could be resumed.');
}

/** With the parameters that it had, as a repetition should. */
async function rerunEntry(host: ExtensionHost, { folder, summary }: RunEntry): Promise<void> {
  const { requested: steps, parameters = {} } = summary;
  await startRun(host, folder, { steps, parameters });
}

async function runAnswer(host: ExtensionHost, step: StepToRun): Promise<void> {
  if (step.asksFirst) return runAsked(host, step);
  const parameters = await askParameters(host, step);
  if (parameters) await startStep(host, step, parameters);
}

async function startStep(
  host: ExtensionHost,
  { id, folderUri }: StepToRun,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(folderUri));
  if (folder) await startRun(host, folder, { steps: [id], parameters });
  else
    void vscode.window.showWarningMessage(
      `Penstock: the folder of ${id} is no longer part of this workspace.`,
    );
}

interface StepItem extends vscode.QuickPickItem {
  readonly step?: StepAnswer;
}

const openButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('go-to-file'),
  tooltip: 'Open Definition',
};

/** Asks for a step; undefined where somebody thought better of it. */
export function pickStep(
  host: ExtensionHost,
  steps: readonly StepAnswer[],
  placeholder: string,
): Promise<StepAnswer | undefined> {
  const recent = [...new Set(host.runs.entries.flatMap(({ summary }) => summary.requested))];
  return host.questions.list<StepItem, StepAnswer | undefined>((pick, answer) => {
    pick.title = 'Run Step';
    pick.placeholder = steps.length === 0 ? 'No step was found in this workspace.' : placeholder;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.items = stepChoices(steps, recent).map((choice): StepItem => {
      if (choice.kind === 'heading') return { label: choice.label, kind: vscode.QuickPickItemKind.Separator };
      const { label, description, detail, icon, step } = choice;
      return {
        label,
        description,
        detail,
        iconPath: new vscode.ThemeIcon(icon),
        step,
        buttons: step.uri === undefined ? [] : [openButton],
      };
    });
    pick.onDidAccept(() => answer(pick.selectedItems[0]?.step));
    pick.onDidTriggerItemButton(({ item }) => {
      if (item.step) void openDefinition(item.step);
      answer(undefined);
    });
  });
}

/** Opens the place where a step is defined. */
export async function openDefinition(step: StepAnswer): Promise<void> {
  if (step.uri === undefined) return;
  const { start } = step.range ?? { start: { line: 0, character: 0 } };
  const at = new vscode.Position(start.line, start.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(step.uri), { selection: new vscode.Range(at, at) });
}

/** What a command was given: a name, a lens' reference, or a row that carries a step. */
export function referenceOf(argument: unknown): StepReference | undefined {
  if (typeof argument === 'string') return { step: argument };
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('step' in argument && typeof argument.step === 'string') return argument as StepReference;
  const step = stepOfRow(argument);
  return step && { step: step.id, folderUri: step.folderUri };
}

/** The step that a row of the Systems view carries. */
export function stepOfRow(row: unknown): StepAnswer | undefined {
  if (typeof row !== 'object' || row === null || !('data' in row)) return undefined;
  const { data } = row;
  return typeof data === 'object' && data !== null && 'id' in data && 'folderUri' in data
    ? (data as StepAnswer)
    : undefined;
}
