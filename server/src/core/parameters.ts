import { closest } from './closest.ts';
import type { Parameter, Step } from './step.ts';

/** What may be set for a run of a step: its own parameters and those of all it is made of; of one name the first. */
export function parametersOf(
  step: Step,
  find: (id: string) => Step | undefined,
  within: readonly Step[] = [],
): readonly Parameter[] {
  const found = new Map((step.parameters ?? []).map((each) => [each.name, each]));
  const { work } = step;
  if (work.kind === 'pipeline' && !within.includes(step)) {
    for (const entry of work.steps) {
      const inner = find(entry.step);
      for (const each of inner ? parametersOf(inner, find, [...within, step]) : [])
        if (!found.has(each.name)) found.set(each.name, each);
    }
  }
  return [...found.values()];
}

/** Why a text is no value of a parameter, as the end of a sentence; undefined where it is one. */
export function whyNoValue({ type, options = [] }: Parameter, text: string): string | undefined {
  if (type === 'number' && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text))
    return `\`${text}\` is no number`;
  if (type === 'boolean' && text !== 'true' && text !== 'false')
    return `\`${text}\` is neither \`true\` nor \`false\``;
  if (type !== 'choice' || options.includes(text)) return undefined;
  return `\`${text}\` is none of its options (${options.map((option) => `\`${option}\``).join(', ')})`;
}

/** Why values cannot be taken for these parameters, in a sentence; undefined where they can. */
export function whyNotGiven(
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, string>,
): string | undefined {
  for (const name of given.keys()) {
    if (parameters.some((each) => each.name === name)) continue;
    const guess = closest(
      name,
      parameters.map((each) => each.name),
    );
    return guess === undefined
      ? `there is no parameter \`${name}\` here`
      : `there is no parameter \`${name}\` here; did you mean \`${guess}\`?`;
  }
  for (const parameter of parameters) {
    const { name } = parameter;
    const value = given.get(name) ?? parameter.default;
    if (value === undefined) return `parameter \`${name}\` has no value; give it one: --param ${name}=…`;
    const why = given.has(name) ? whyNoValue(parameter, value) : undefined;
    if (why !== undefined) return `parameter \`${name}\`: ${why}`;
  }
  return undefined;
}
