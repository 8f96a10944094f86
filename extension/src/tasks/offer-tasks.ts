import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { readSettings } from '../settings.ts';
import { offeredSteps, readTaskStep, taskArguments, type TaskStep } from './task-step.ts';

/** The type of tasks that run a step. */
const taskType = 'penstock';

/** Steps as tasks: listed in _Run Task…_, and as `tasks.json` names them. The command line drives them, so they are runs like all others. */
export function offerTasks(host: ExtensionHost): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    provideTasks: () =>
      offeredSteps(host.contents.steps).flatMap(({ id, folderUri, detail }) => {
        const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(folderUri));
        if (!folder) return [];
        const task = taskOf(host, folder, { type: taskType, step: id }, { step: id, parameters: {} });
        task.detail = detail;
        return [task];
      }),
    resolveTask: ({ definition, scope }) => {
      const step = readTaskStep(definition);
      const folder = folderOf(scope);
      // What it was written as stays as it is: another object would be another task.
      return step && folder ? taskOf(host, folder, definition, step) : undefined;
    },
  });
}

function taskOf(
  { context }: ExtensionHost,
  folder: vscode.WorkspaceFolder,
  definition: vscode.TaskDefinition,
  step: TaskStep,
): vscode.Task {
  const settings = readSettings();
  const args = taskArguments({
    program: context.asAbsolutePath('dist/penstock.cjs'),
    folder: folder.uri.fsPath,
    maxParallel: settings.run.maxParallel,
    environments: settings.server.python.environments,
    ...step,
  });
  const execution = new vscode.ProcessExecution(process.execPath, [...args], {
    cwd: folder.uri.fsPath,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  // Failures of runs are problems already, wherever the run was started: a matcher would tell them twice.
  const task = new vscode.Task(definition, folder, step.step, 'Penstock', execution, []);
  // Its command line is ours, and may hold values of parameters.
  task.presentationOptions = { echo: false };
  return task;
}

/** A task of the user's own settings is run in the first folder. */
function folderOf(scope: vscode.Task['scope']): vscode.WorkspaceFolder | undefined {
  return typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
}
