import * as vscode from 'vscode';
import { readSettings } from '../settings.ts';
import { startAttachedRun } from './attached-run.ts';
import { attachedArguments } from './driver-arguments.ts';
import { Printed } from './printed.ts';
import { isTrusted } from './start-run.ts';

/** Runs a step of a workspace folder for what it prints of the thing that it shows; `cwd` says which project's step is meant. */
export async function printStep(
  context: vscode.ExtensionContext,
  { folder, step, cwd }: { readonly folder: string; readonly step: string; readonly cwd: string },
): Promise<string> {
  if (!(await isTrusted())) return 'Nothing runs in Restricted Mode.';
  const args = attachedArguments({
    program: context.asAbsolutePath('dist/penstock.cjs'),
    folder,
    environments: readSettings().server.python.environments,
    where: readSettings().run.where,
    steps: [step],
  });
  const printed = new Printed();
  const run = startAttachedRun(args, cwd, (event) => printed.take(event));
  const title = `Running ${step}`;
  const progress = { location: vscode.ProgressLocation.Window, title };
  const { problem } = await vscode.window.withProgress(progress, () => run.finished);
  return problem ?? printed.text;
}
