import type { ExtensionHost } from '../host.ts';
import { dataOfRow } from '../plan/chosen-tasks.ts';
import { evidenceIn } from '../plan/evidence.ts';
import { stepsOfTask } from '../plan/named-steps.ts';
import { runStep } from './run-commands.ts';

/** Runs the step that a task of the Plan view is about; asks which where there are several. */
export async function runTaskStep(host: ExtensionHost, row: unknown): Promise<void> {
  const data = dataOfRow(row);
  if (!data || !('item' in data)) return;
  const evidence = evidenceIn(host.readiness.answer).of(data.uri, data.item.id);
  const steps = stepsOfTask(data.item, evidence, host.contents.steps);
  const choices = steps.map((step) => ({ label: step.id, description: step.detail, step }));
  const [only, ...others] = choices;
  const options = { title: data.item.title, placeHolder: 'Which step should run?' };
  const chosen = others.length === 0 ? only : await host.questions.pick(choices, options);
  if (chosen) await runStep(host, { step: chosen.step.id, folderUri: chosen.step.folderUri });
}
