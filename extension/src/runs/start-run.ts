import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { logFile, runIdFor } from '../../../server/src/runs/run-folder.ts';
import type { ExtensionHost } from '../host.ts';
import { environmentsFor } from '../python-environment.ts';
import { readSettings } from '../settings.ts';
import { askHidden } from './ask-parameters.ts';
import { driverArguments, driverFailure, type DriverOptions, type WhatToRun } from './driver-arguments.ts';
import { saveBeforeRun } from './save-before-run.ts';

/** How often the log is looked for until the run has begun. */
const pollMs = 50;

/** How a run is begun that somebody else shows. */
export interface RunElsewhere {
  /** Its id, chosen by who shows it. */
  readonly runId: string;
}

/**
 * Runs steps of one workspace folder in a process of its own, which outlives this window, and shows the run.
 * Starts nothing in a workspace that is not trusted; whatever goes wrong is told to the user. True where it has begun.
 */
export async function startRun(
  host: ExtensionHost,
  folder: vscode.WorkspaceFolder,
  asked: WhatToRun,
  elsewhere?: RunElsewhere,
): Promise<boolean> {
  if (!(await isTrusted())) return false;
  const isSure = await isConfirmed(host, asked);
  const what = isSure && (await askHidden(host, asked));
  if (!what || !(await saveBeforeRun(folder))) return false;
  const runId = elsewhere?.runId ?? runIdFor(Date.now());
  const driver = startDriver(host, folder, runId, { ...what, isSure: isSure === 'said' });
  host.log.info(
    `run ${runId}: ${what.resume === undefined ? what.steps.join(' ') : `resumes ${what.resume}`}`,
  );
  const log = logFile(folder.uri.fsPath, runId);
  while (!existsSync(log) && driver.ended === undefined) await sleep(pollMs);
  if (existsSync(log)) {
    if (!elsewhere) host.showRun(folder, runId);
    return true;
  }
  const message = driver.ended ?? '';
  host.log.error(message);
  const show = 'Show Log';
  if ((await vscode.window.showErrorMessage(`Penstock: ${message}`, show)) === show) host.log.show();
  return false;
}

/** Asks once more before something is destroyed; false where somebody thought better of it. */
async function isConfirmed(
  { contents }: ExtensionHost,
  { steps }: WhatToRun,
): Promise<'said' | 'needless' | false> {
  const step = contents.steps.find(({ id, destroys }) => steps.includes(id) && destroys !== undefined);
  if (!step) return 'needless';
  const message = `Run ${step.id}? It cannot be undone.`;
  const run = 'Run';
  const options = { modal: true, ...(step.destroys === undefined ? {} : { detail: step.destroys }) };
  return (await vscode.window.showWarningMessage(message, options, run)) === run ? 'said' : false;
}

/** False, after telling the user, where the workspace is not trusted. */
export async function isTrusted(
  message = 'Penstock starts no program in Restricted Mode. Trust this workspace to run its steps.',
): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  if ((await vscode.window.showWarningMessage(message, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
  return false;
}

/** The process that drives the run; `ended` is why it ended, as a sentence, once it has. */
interface Driver {
  readonly ended: string | undefined;
}

function startDriver(
  host: ExtensionHost,
  folder: vscode.WorkspaceFolder,
  runId: string,
  what: WhatToRun & Pick<DriverOptions, 'isSure'>,
): Driver {
  const { context } = host;
  const settings = readSettings();
  const args = driverArguments({
    program: context.asAbsolutePath('dist/penstock.cjs'),
    folder: folder.uri.fsPath,
    runId,
    maxParallel: settings.run.maxParallel,
    environments: environmentsFor(folder.uri),
    where: settings.run.where,
    ...what,
  });
  // A file and not a pipe: the driver goes on writing when this window is gone, and a closed pipe would end it.
  mkdirSync(context.logUri.fsPath, { recursive: true });
  const errors = join(context.logUri.fsPath, `run-${runId}.log`);
  const descriptor = openSync(errors, 'w');
  const driver: { ended: string | undefined } = { ended: undefined };
  const child = spawn(process.execPath, args, {
    cwd: folder.uri.fsPath,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', descriptor],
  });
  closeSync(descriptor);
  child.on('error', (error) => {
    rmSync(errors, { force: true });
    driver.ended = `The run could not start: ${error.message}`;
  });
  child.on('exit', (exitCode) => {
    const printed = readFileSync(errors, 'utf8').trim();
    if (printed !== '') host.log.warn(`run ${runId}: ${printed}`);
    rmSync(errors, { force: true });
    driver.ended ??= driverFailure(exitCode, printed);
  });
  child.unref();
  return driver;
}

function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
