import { closest } from './closest.ts';
import type { Parameter, Step } from './step.ts';

/** What may be set for a run of a step: its own parameters and those of all it is made of; of one name the first. */
export function parametersOf(
  step: Step,
  find: (id: string) => Step | undefined,
  within: readonly Step[] = [],
): readonly Parameter[] {
  const { work, parameters = [] } = step;
  if (work.kind !== 'pipeline' || within.includes(step)) return parameters;
  const inner = work.steps.flatMap((entry) => {
    const each = find(entry.step);
    return each ? parametersOf(each, find, [...within, step]) : [];
  });
  return firstOfEachName([...parameters, ...inner]);
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

/** Why values cannot be taken for these parameters, in a sentence; undefined where they can. `written` is how one is given. */
export function whyNotGiven(
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, string>,
  written: (name: string) => string = (name) => `--param ${name}=…`,
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
    const { name, isOption } = parameter;
    const value = given.get(name) ?? parameter.default;
    if (value === undefined && isOption) continue;
    if (value === undefined) return `parameter \`${name}\` has no value; give it one: ${written(name)}`;
    const why = given.has(name) ? whyNoValue(parameter, value) : undefined;
    if (why !== undefined) return `parameter \`${name}\`: ${why}`;
  }
  return undefined;
}

/** What each parameter of a run is: what was given, or its default; what nobody sets of a tool's options is left to the tool. */
export function valuesOf(
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    parameters.flatMap(
      ({ name, isOption, default: otherwise = '' }): readonly (readonly [string, string])[] => {
        const value = given.get(name);
        return value === undefined && isOption ? [] : [[name, value ?? otherwise]];
      },
    ),
  );
}

/** Those of every name that came first. */
export function firstOfEachName(parameters: readonly Parameter[]): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  for (const each of parameters) if (!found.has(each.name)) found.set(each.name, each);
  return [...found.values()];
}
