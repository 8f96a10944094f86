import { closest } from './closest.ts';
import type { FindStep, Parameter, Step } from './step.ts';

/** What may be set for a run of a step: its own parameters and those of all it is made of; of one name the first. */
export function parametersOf(step: Step, find: FindStep, within: readonly Step[] = []): readonly Parameter[] {
  const { work, parameters = [] } = step;
  if (work.kind !== 'pipeline' || within.includes(step)) return parameters;
  const inner = work.steps.flatMap((entry) => {
    const each = find(entry.step, step);
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

/** A name or a value that a run does not take. */
export interface Refusal {
  /** There is no such parameter, it cannot have this value, or it has none and needs one. */
  readonly kind: 'unknown' | 'invalid' | 'missing';
  readonly name: string;
  /** In a sentence. */
  readonly why: string;
  /** The name, or the value, that was probably meant. */
  readonly meant?: string;
}

/** Why values cannot be taken for these parameters; the first alone counts to who runs them. `written` is how one is given. */
export function refusalsOf(
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, string>,
  written: (name: string) => string = (name) => `--param ${name}=…`,
): readonly Refusal[] {
  const names = parameters.map(({ name }) => name);
  const unknown = [...given.keys()].filter((name) => !names.includes(name));
  return [
    ...unknown.map((name): Refusal => {
      const why = `there is no parameter \`${name}\` here`;
      return withMeant({ kind: 'unknown', name, why }, closest(name, names));
    }),
    ...parameters.flatMap((parameter) => refusalOf(parameter, given.get(parameter.name), written) ?? []),
  ];
}

function refusalOf(
  parameter: Parameter,
  value: string | undefined,
  written: (name: string) => string,
): Refusal | undefined {
  const { name, isOption, default: otherwise, options = [] } = parameter;
  if (value === undefined) {
    if (isOption || otherwise !== undefined) return undefined;
    return {
      kind: 'missing',
      name,
      why: `parameter \`${name}\` has no value; give it one: ${written(name)}`,
    };
  }
  const why = whyNoValue(parameter, value);
  if (why === undefined) return undefined;
  return withMeant({ kind: 'invalid', name, why: `parameter \`${name}\`: ${why}` }, closest(value, options));
}

function withMeant(refusal: Refusal, meant: string | undefined): Refusal {
  return meant === undefined
    ? refusal
    : { ...refusal, why: `${refusal.why}; did you mean \`${meant}\`?`, meant };
}

/** Why values cannot be taken for these parameters, in a sentence; undefined where they can. */
export function whyNotGiven(...asked: Parameters<typeof refusalsOf>): string | undefined {
  return refusalsOf(...asked)[0]?.why;
}

/** How an entry of a pipeline gives its step's tool an option. */
export function writtenInEntry(name: string): string {
  return `with: { ${name}: … }`;
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
