import { RequestType } from 'vscode-languageserver/node';
import { firstOfEachName, parametersOf } from '../core/parameters.ts';
import type { RunHistory } from '../core/last-run.ts';
import type { Platform } from '../core/platform.ts';
import { findStep } from '../core/find-step.ts';
import { finderOf } from '../core/told-options.ts';
import { stepOptionsRequest, type StepOptionsAnswer, type StepParams } from '../protocol/requests.ts';
import { toPath } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';
import { shownSteps } from './shown-steps.ts';

export const registerStepOptions: Feature = ({ connection, session, history, log }) => {
  connection.onRequest(
    new RequestType<StepParams, StepOptionsAnswer | null, void>(stepOptionsRequest),
    (params, token) =>
      runSafe<StepOptionsAnswer | null>(
        'options of a step',
        async () => optionsAnswer(await session.settled(token), params, history),
        { fallback: null, log, token },
      ),
  );
  return {};
};

function optionsAnswer(
  platform: Platform,
  { step: name, folderUri }: StepParams,
  history: RunHistory | undefined,
): StepOptionsAnswer | null {
  const folder = toPath(folderUri);
  const { step } = findStep(name, platform.steps(), { folder, cwd: folder, forms: platform.stepList });
  if (!step) return null;
  const around = { projects: platform.projects(), facts: platform.facts };
  const parameters = [...parametersOf(step, finderOf(platform)), ...platform.stepList.options(step, around)];
  const { title } = shownSteps(platform, history)(step);
  return { title, parameters: firstOfEachName(parameters) };
}
