import type { ExtensionHost } from '../host.ts';
import { askParameters } from '../runs/ask-parameters.ts';
import { commandText } from '../runs/command-text.ts';
import { copyStepCommand, copyText } from '../runs/copy-step-command.ts';
import { isTrusted } from '../runs/start-run.ts';
import { runOf } from './pick-run.ts';
import { pickStep, referenceOf, stepNamed } from './run-commands.ts';

/** Copies what a step would start, or what a run has started, secrets masked; asks for the step where none is given. */
export async function copyCommand(host: ExtensionHost, argument: unknown): Promise<void> {
  const entry = runOf(host, argument);
  if (entry) return copyText(commandText(await host.runs.snapshot(entry)));
  if (!(await isTrusted())) return;
  const named = referenceOf(argument);
  const step = named
    ? stepNamed(host, named)
    : await pickStep(host, host.contents.steps, 'The command of which step?');
  const parameters = step && (await askParameters(host, step));
  if (parameters) await copyStepCommand(host, step, parameters);
}
