import { closest } from './closest.ts';
import { isInside, pathFrom, resolvePath } from './path.ts';
import { meantReading, ownName } from './step-name.ts';
import type { Step } from './step.ts';
import type { StepList } from './step-list.ts';

export type FoundStep = { readonly step: Step } | NoStep;

/** Why a name means no step, in a sentence. */
export interface NoStep {
  readonly step: undefined;
  readonly message: string;
  /** True where several projects have it and nothing tells which is meant. */
  readonly isAmbiguous?: boolean;
}

/**
 * The step that a name means. Where several projects have it, the one that `cwd` lies in is meant, or the only one
 * below it; `name@folder` says which, seen from `folder`, where no step has all of it for a name. All paths are URI paths.
 */
export function findStep(name: string, steps: readonly Step[], place: StepPlace): FoundStep {
  const exact = steps.filter((step) => step.id === name);
  const step = exact.find(({ label }) => label === undefined) ?? exact[0];
  return step ? { step } : meantBy(name, steps, place);
}

/** The same of a name that is written in a file of `folder`, from where all of it is seen. */
export function findWritten(
  name: string,
  steps: readonly Step[],
  { folder, forms }: Omit<StepPlace, 'cwd'>,
): FoundStep {
  const written = (step: Step): string => `${ownName(step)}@${pathFrom(folder, step.project) || '.'}`;
  return meantBy(name, steps, { folder, cwd: folder, forms }, written);
}

/** `written` is how a person names one of several steps there. */
function meantBy(
  name: string,
  steps: readonly Step[],
  { folder, cwd, forms }: StepPlace,
  written = ({ id }: Step): string => id,
): FoundStep {
  const isThere = (each: string): boolean => formsOf(each, steps, forms).length > 0;
  const { name: own, label } = meantReading(name, isThere);
  const named = formsOf(own, steps, forms);
  const meant =
    label === undefined
      ? nearest(named, cwd)
      : named.filter((step) => step.project === resolvePath(folder, label));
  if (meant.length === 1) return { step: meant[0]! };
  const choices = (meant.length > 1 ? meant : named).map((step) => `\`${written(step)}\``).join(', ');
  if (meant.length > 1) {
    const message = `several projects have a step \`${name}\`; say which: ${choices}`;
    return { step: undefined, message, isAmbiguous: true };
  }
  if (label !== undefined && named.length > 0)
    return {
      step: undefined,
      message: `no project at \`${label}\` has a step \`${own}\`; there is ${choices}`,
    };
  const guess = closest(
    name,
    steps.map((step) => step.id),
  );
  const hint = guess === undefined ? '`penstock steps` lists them' : `did you mean \`${guess}\`?`;
  return { step: undefined, message: `there is no step \`${name}\`; ${hint}` };
}

export interface StepPlace {
  readonly folder: string;
  readonly cwd: string;
  /** Knows the steps that are not in the list, but made of one that is. */
  readonly forms?: Pick<StepList, 'listedName' | 'variant'> | undefined;
}

/** The steps of that name, of every project; those that are not listed are made of the one that is. */
function formsOf(name: string, steps: readonly Step[], forms: StepPlace['forms']): readonly Step[] {
  const listed = forms?.listedName(name) ?? name;
  const named = steps.filter((step) => ownName(step) === listed);
  if (!forms || listed === name) return named;
  return named.flatMap((step) => forms.variant(step, name) ?? []);
}

/** The innermost project around `cwd`, else those below it, else all. */
function nearest(steps: readonly Step[], cwd: string): readonly Step[] {
  const around = steps.filter((step) => isInside(cwd, step.project));
  const deepest = Math.max(...around.map((step) => step.project.length));
  if (around.length > 0) return around.filter((step) => step.project.length === deepest);
  const below = steps.filter((step) => isInside(step.project, cwd));
  return below.length > 0 ? below : steps;
}
