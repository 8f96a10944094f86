import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import { byKind, kindTitle } from '../views/systems-rows.ts';

/** An entry of the list that 'Run Step…' offers: a heading, or a step. */
export type StepChoice =
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind: 'step';
      readonly label: string;
      readonly description: string;
      readonly detail: string;
      readonly icon: string;
      readonly step: StepAnswer;
    };

/**
 * Steps under headings: those asked for last, newest first, then by system and kind.
 * `recent` holds public names of steps; `showProject` tells apart steps of the same name.
 */
export function stepChoices(steps: readonly StepAnswer[], recent: readonly string[]): readonly StepChoice[] {
  const projects = new Set(steps.map((step) => `${step.system} ${step.projectUri}`));
  const systems = [...new Set(steps.map((step) => step.system))];
  const severalProjects = projects.size > systems.length;
  const toChoice = (step: StepAnswer): StepChoice => ({
    kind: 'step',
    // The public name leads: it is what one types, in a pipeline and in a terminal too.
    label: step.id,
    description: severalProjects ? `${step.title} · ${projectName(step)}` : step.title,
    detail: step.detail,
    icon: step.icon,
    step,
  });
  const latest = recent.flatMap((id) => steps.filter((step) => step.id === id)).slice(0, 3);
  const others = steps.filter((step) => !latest.includes(step));
  const groups = systems.flatMap((system) =>
    byKind(others.filter((step) => step.system === system)).flatMap(([kind, ofKind]) => [
      heading(`${ofKind[0]?.systemTitle ?? system} · ${kindTitle(kind)}`),
      ...ofKind.map(toChoice),
    ]),
  );
  return latest.length === 0 ? groups : [heading('Recently Run'), ...latest.map(toChoice), ...groups];
}

function heading(label: string): StepChoice {
  return { kind: 'heading', label };
}

/** Where the step's project lies in its workspace folder, or the folder's name. */
function projectName(step: StepAnswer): string {
  const inside = step.projectUri.startsWith(`${step.folderUri}/`)
    ? step.projectUri.slice(step.folderUri.length + 1)
    : '';
  return decodeURIComponent(inside || step.folderUri.slice(step.folderUri.lastIndexOf('/') + 1));
}
