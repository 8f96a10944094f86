import type { RunHistory } from '../core/last-run.ts';
import type { Platform } from '../core/platform.ts';
import type { Step } from '../core/step.ts';

/**
 * Steps as they may be shown. What a pipeline runs and is called somebody typed, and may have typed what is secret
 * elsewhere; defaults of parameters stay, for a run is given them.
 */
export function shownSteps(platform: Platform, history: RunHistory | undefined): (step: Step) => Step {
  const masks = new Map<string, (text: string) => string>();
  return (step) => {
    if (!history || !isTyped(step)) return step;
    let mask = masks.get(step.project);
    if (!mask) masks.set(step.project, (mask = history.masking({ root: step.project }, platform.secrets())));
    return { ...step, title: mask(step.title), detail: mask(step.detail) };
  };
}

function isTyped({ work }: Step): boolean {
  return work.kind === 'pipeline' || work.isTemplate === true;
}
