import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import { mask } from '../../../server/src/runs/redact.ts';
import type { ExtensionHost } from '../host.ts';
import type { Questions } from '../questions.ts';
import type { WhatToRun } from './driver-arguments.ts';
import { LastValues, questionsOf, type ParameterQuestion } from './parameter-values.ts';

type Asked = Pick<StepAnswer, 'id' | 'folderUri' | 'parameters'>;

/** Asks for the values of a step's parameters, one after the other; undefined where somebody thought better of it. */
export async function askParameters(
  { context, questions: ask }: ExtensionHost,
  { id, folderUri, parameters = [] }: Asked,
): Promise<Readonly<Record<string, string>> | undefined> {
  const kept = new LastValues(context.workspaceState);
  const questions = questionsOf(parameters, kept.of(id, folderUri));
  const values: Record<string, string> = {};
  for (const [at, question] of questions.entries()) {
    const title = questions.length === 1 ? id : `${id} (${at + 1}/${questions.length})`;
    const value = await (question.choices ? choose(ask, question, title) : type(ask, question, title));
    if (value === undefined) return undefined;
    values[question.name] = value;
  }
  if (questions.length > 0) await kept.keep(id, folderUri, values);
  return values;
}

/**
 * Asks again for values that no run keeps, as they are secret; undefined where somebody thought better of it.
 * A run that is gone on with remembers all others.
 */
export async function askHidden(
  { questions }: ExtensionHost,
  what: WhatToRun,
): Promise<WhatToRun | undefined> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(what.parameters ?? {})) {
    if (!value.includes(mask)) {
      if (what.resume === undefined) values[name] = value;
      continue;
    }
    const title = what.resume === undefined ? what.steps.join(', ') : `Resume ${what.resume}`;
    const prompt = `${name}: no run keeps its value, as it is secret`;
    const given = await questions.text({ title, prompt, password: true, ignoreFocusOut: true });
    if (given === undefined) return undefined;
    values[name] = given;
  }
  return { ...what, parameters: values };
}

function choose(
  ask: Questions,
  { name, prompt, value, choices = [] }: ParameterQuestion,
  title: string,
): Promise<string | undefined> {
  // The one that Enter takes stands first, as a Quick Pick has it.
  const sorted = [value, ...choices].filter(
    (each, at, all) => choices.includes(each) && all.indexOf(each) === at,
  );
  return ask.pickWord(sorted, {
    title,
    placeHolder: `${name}: ${prompt}`,
    ignoreFocusOut: true,
  });
}

function type(
  ask: Questions,
  { name, prompt, value, isSecret, whyNot }: ParameterQuestion,
  title: string,
): Promise<string | undefined> {
  return ask.text({
    title,
    prompt: `${name}: ${prompt}`,
    value,
    password: isSecret,
    ignoreFocusOut: true,
    validateInput: whyNot,
  });
}
