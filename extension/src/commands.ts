import * as vscode from 'vscode';
import { collectDiagnostics } from './commands/collect-diagnostics.ts';
import { showEnvironment } from './commands/show-environment.ts';
import { choosePlan, createManifest, createPlan } from './commands/file-commands.ts';
import { copyCommand } from './commands/copy-command.ts';
import { showCompiled } from './commands/compiled-commands.ts';
import { showGraph, showPlatformGraph } from './commands/graph-commands.ts';
import { showLineage } from './commands/lineage-commands.ts';
import {
  clearPlanFilter,
  filterPlan,
  groupPlanBy,
  markItem,
  nextOpenTask,
  searchPlan,
} from './commands/plan-commands.ts';
import {
  addTask,
  completeTask,
  copyTaskLink,
  moveTask,
  moveTaskDown,
  moveTaskUp,
  removeTask,
  setEffort,
  setPriority,
  tickCriterion,
  toggleDone,
  touchPlan,
  updateTotal,
} from './commands/plan-edit-commands.ts';
import {
  checkNow,
  checkReadiness,
  showReadiness,
  takeBackWaiver,
  waiveCheck,
  writeFigures,
} from './commands/readiness-commands.ts';
import {
  cancelRun,
  openDefinition,
  rerun,
  rerunLast,
  resumeRun,
  runStep,
  runStepWithParameters,
  runThis,
  runThisWithParameters,
  showRun,
  stepOfRow,
} from './commands/run-commands.ts';
import { runTaskStep } from './commands/run-task-step.ts';
import { compareRuns, exportRuns, searchRuns, showTrend } from './commands/report-commands.ts';
import { showFailingRows } from './commands/test-commands.ts';
import type { ExtensionHost } from './host.ts';
import { changeYamlNeighbour } from './neighbours/neighbours.ts';

type Command = (host: ExtensionHost, ...args: readonly unknown[]) => Promise<void>;

/** Every command of the manifest, and nothing else. */
const commands: Readonly<Record<string, Command>> = {
  'penstock.runStep': runStep,
  'penstock.runStepWithParameters': runStepWithParameters,
  'penstock.runThis': runThis,
  'penstock.runThisWithParameters': runThisWithParameters,
  'penstock.rerunLast': rerunLast,
  'penstock.rerun': rerun,
  'penstock.resumeRun': resumeRun,
  'penstock.cancelRun': cancelRun,
  'penstock.showRun': showRun,
  'penstock.searchOutput': async (host) => host.searchOutput(),
  'penstock.copyCommand': copyCommand,
  'penstock.compareRuns': compareRuns,
  'penstock.showTrend': showTrend,
  'penstock.exportRuns': exportRuns,
  'penstock.searchRuns': searchRuns,
  'penstock.showFailingRows': showFailingRows,
  'penstock.openDefinition': async (_host, row) => {
    const step = stepOfRow(row);
    if (step) await openDefinition(step);
  },
  'penstock.showLineage': showLineage,
  'penstock.showPlatformGraph': showPlatformGraph,
  'penstock.showGraph': showGraph,
  'penstock.showCompiled': showCompiled,
  'penstock.refreshCompiled': showCompiled,
  'penstock.showPlan': async () => {
    await vscode.commands.executeCommand('penstock.plan.focus');
  },
  'penstock.markItem': markItem,
  'penstock.nextOpenTask': nextOpenTask,
  'penstock.runTaskStep': runTaskStep,
  'penstock.groupPlanBy': groupPlanBy,
  'penstock.showReadiness': showReadiness,
  'penstock.checkReadiness': checkReadiness,
  'penstock.checkNow': checkNow,
  'penstock.waiveCheck': waiveCheck,
  'penstock.takeBackWaiver': takeBackWaiver,
  'penstock.writeFigures': writeFigures,
  'penstock.filterPlan': filterPlan,
  'penstock.searchPlan': searchPlan,
  'penstock.clearPlanFilter': clearPlanFilter,
  'penstock.toggleDone': toggleDone,
  'penstock.setPriority': setPriority,
  'penstock.setEffort': setEffort,
  'penstock.tickCriterion': tickCriterion,
  'penstock.addTask': addTask,
  'penstock.moveTask': moveTask,
  'penstock.moveTaskUp': moveTaskUp,
  'penstock.moveTaskDown': moveTaskDown,
  'penstock.removeTask': removeTask,
  'penstock.completeTask': completeTask,
  'penstock.touchPlan': touchPlan,
  'penstock.updateTotal': updateTotal,
  'penstock.copyTaskLink': copyTaskLink,
  'penstock.createPlan': createPlan,
  'penstock.choosePlan': choosePlan,
  'penstock.createManifest': createManifest,
  'penstock.refresh': async ({ contents, runs }) => {
    await Promise.all([contents.refresh(), runs.refresh()]);
  },
  'penstock.restartServer': ({ server }) => server.restart(),
  'penstock.showLog': async ({ log }) => {
    log.show();
  },
  'penstock.collectDiagnostics': collectDiagnostics,
  'penstock.showEnvironment': showEnvironment,
  'penstock.yamlNeighbour': changeYamlNeighbour,
};

/** Registers every command; what one throws is shown in a sentence and logged with its stack. */
export function registerCommands(host: ExtensionHost): vscode.Disposable {
  const registered = Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        // From the palette: what takes the focus itself, such as a view, would lose it to the page below.
        if (args.length === 0) await host.pages.atRest();
        await run(host, ...args);
      } catch (error) {
        host.log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        const show = 'Show Log';
        const message = `Penstock: ${error instanceof Error ? error.message : String(error)}`;
        if ((await vscode.window.showErrorMessage(message, show)) === show) host.log.show();
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
