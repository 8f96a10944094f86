import * as vscode from 'vscode';
import type { Location } from 'vscode-languageclient/node';
import {
  fileStepsRequest,
  showReferencesCommand,
  type FileStepsParams,
  type StepAnswer,
} from '../../../server/src/protocol/requests.ts';
import type { StepReference } from '../commands/run-commands.ts';
import type { ExtensionHost } from '../host.ts';
import { createLens } from './code-lens.ts';
import { onSettingsChanged, readSettings } from '../settings.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { lastRunLenses, type LastRunLens } from '../steps/last-run-lens.ts';
import { lensTitle } from '../steps/lens-title.ts';

/** What can be done with each thing of a file, above it: run, test, build a model, run a job, a pipeline of any system. */
export function offerCodeLenses({ contents, server, runs, log }: ExtensionHost): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const refresh = (): void => changed.fire();
  // Logs are read once somebody looks at a file with steps, and lenses shown anew when they would say something else.
  let isAsked = false;
  let said = '';
  const lastRuns = new KnownRuns(
    { log, contents, runs },
    {
      isWanted: () => isAsked,
      changed: () => {
        const now = JSON.stringify(
          lastRuns.all.map(({ snapshot: { id, status, steps } }) => [
            id,
            status,
            steps.map((step) => step.status),
          ]),
        );
        if (now !== said) refresh();
        said = now;
      },
    },
  );
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async ({ uri }) => {
      // Without a step in the workspace there is none in the file, so that other people's files ask nothing.
      if (!readSettings().codeLens || !vscode.workspace.isTrusted || contents.steps.length === 0) return [];
      const params: FileStepsParams = { uri: uri.toString() };
      const steps = (await server.request<readonly StepAnswer[]>(fileStepsRequest, params)) ?? [];
      if (steps.length > 0 && !isAsked) {
        isAsked = true;
        void lastRuns.read();
      }
      return [
        ...steps.flatMap((step, at) => [
          toLens(step, steps),
          ...graphLens(step),
          ...(isLastOfLine(steps, at) ? optionsLens(step, steps) : []),
        ]),
        ...lastRunLenses(steps, lastRuns.nodes, new Date()).map(toRunLens),
      ];
    },
  };
  return vscode.Disposable.from(
    changed,
    lastRuns,
    vscode.languages.registerCodeLensProvider({ scheme: 'file' }, provider),
    vscode.commands.registerCommand(showReferencesCommand, showReferences),
    contents.onChanged(refresh),
    onSettingsChanged(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}

/** What a pipeline runs, and what waits for what. */
function graphLens(step: StepAnswer): readonly vscode.CodeLens[] {
  if (step.kind !== 'pipeline') return [];
  const command = {
    title: '$(type-hierarchy-sub) Show Graph',
    tooltip: `The steps of ${step.id} and what waits for what`,
    command: 'penstock.showGraph',
    arguments: [referenceTo(step)],
  };
  return [createLens(rangeOf(step), command)];
}

function isLastOfLine(steps: readonly StepAnswer[], at: number): boolean {
  const next = steps[at + 1];
  return next === undefined || rangeOf(next).start.line !== rangeOf(steps[at]!).start.line;
}

/** All that may be set for a run of what stands first on the line. */
function optionsLens(last: StepAnswer, steps: readonly StepAnswer[]): readonly vscode.CodeLens[] {
  const { line } = rangeOf(last).start;
  const first = steps.find((step) => rangeOf(step).start.line === line && step.hasOptions);
  if (!first || first.asksFirst) return [];
  const command = {
    title: '$(settings-gear)',
    tooltip: `Run ${first.id} with parameters…`,
    command: 'penstock.runStepWithParameters',
    arguments: [referenceTo(first)],
  };
  return [new vscode.CodeLens(rangeOf(first), command)];
}

function toRunLens({ step, title, tooltip, place }: LastRunLens): vscode.CodeLens {
  return createLens(rangeOf(step), {
    title,
    tooltip,
    command: 'penstock.showRun',
    arguments: [{ folder: place.folderUri, run: place.run }],
  });
}

function referenceTo({ id, folderUri }: StepAnswer): StepReference {
  return { step: id, folderUri };
}

function rangeOf({ range }: StepAnswer): vscode.Range {
  const { start, end } = range ?? { start: fileStart, end: fileStart };
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function toLens(step: StepAnswer, ofFile: readonly StepAnswer[]): vscode.CodeLens {
  return createLens(rangeOf(step), {
    title: lensTitle(step, ofFile),
    tooltip: `${step.id}: ${step.detail}`,
    command: 'penstock.runStep',
    arguments: [referenceTo(step)],
  });
}

const fileStart = { line: 0, character: 0 };

/** The server's lens names places as the protocol writes them; the editor wants its own kind. */
async function showReferences(
  uri: string,
  at: Location['range']['start'],
  places: readonly Location[],
): Promise<void> {
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    vscode.Uri.parse(uri),
    new vscode.Position(at.line, at.character),
    places.map(({ uri: file, range: { start, end } }) => {
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      return new vscode.Location(vscode.Uri.parse(file), range);
    }),
  );
}
