import type { Command as Process, Parameter, Step } from '../../../core/step.ts';
import type { StepOptions, StepSurroundings } from '../../../core/step-options.ts';
import { layoutOf } from '../layout.ts';
import { selectArguments, whyNoSelection } from '../selection.ts';
import { databasesOf } from '../written-files.ts';
import { dbtVersion } from '../version.ts';
import { commandIn, optionsOf, type Command, type CommandOption } from './command-options.ts';
import { macroArguments, projectVariables, type NamedValue } from './named-values.ts';
import { readValue, typedValue } from './typed-value.ts';

/** What a run of a dbt command can be told: dbt's own options, the project's variables, the arguments of a macro. */
export const dbtStepOptions: StepOptions = { parameters: parametersOf, apply };

function parametersOf(step: Step, { project, facts }: StepSurroundings): readonly Parameter[] {
  const { work } = step;
  const command = work.kind === 'command' ? commandIn(work.args) : undefined;
  if (work.kind !== 'command' || !command) return [];
  const named = namedValues(command, work.args, { project, facts });
  return [
    ...optionsOf(command, dbtVersion(project)).map((option) =>
      optionParameter(option, work.args, { project, facts }),
    ),
    ...named.map(({ parameter }) => parameter),
    ...(command === 'run-operation'
      ? [mapping('args', 'more arguments of the macro, as YAML: `{role: reporter}`')]
      : []),
    mapping('vars', 'more variables, as YAML: `{start: 2026-01-01}`'),
  ];
}

function mapping(name: string, description: string): Parameter {
  return { name, type: 'string', description, isOption: true };
}

function namedValues(
  command: Command,
  args: readonly string[],
  around: StepSurroundings,
): readonly NamedValue[] {
  return [
    ...(command === 'run-operation' ? macroArguments(args[args.indexOf(command) + 1] ?? '', around) : []),
    ...projectVariables(around),
  ];
}

function optionParameter(
  { name, type, description = '', options, negative }: CommandOption,
  args: readonly string[],
  around: StepSurroundings,
): Parameter {
  const head = { name, description, isOption: true } as const;
  if (name === 'target') return { ...head, ...targetOf(around) };
  const isOff = type === 'boolean' && negative === undefined;
  const otherwise = isOff ? 'false' : valueAt(args, `--${name}`);
  return {
    ...head,
    type,
    ...(options ? { options } : {}),
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

/** The outputs of the project's profile; any text where nobody sees it, as it may lie in the user's home. */
function targetOf({ project, facts }: StepSurroundings): Pick<Parameter, 'type' | 'options' | 'default'> {
  const { profile } = layoutOf(project);
  const targets = [...facts.all('dbt.target', project.scope)].filter(
    ({ prefix }) => profile !== undefined && prefix === `${profile}.`,
  );
  if (targets.length === 0) return { type: 'string' };
  const names = targets.map(({ name, prefix = '' }) => name.slice(prefix.length));
  const selected = targets.findIndex(({ data }) => data?.['selected'] === 'true');
  return {
    type: 'choice',
    options: [...new Set(names)],
    ...(selected < 0 ? {} : { default: names[selected]! }),
  };
}

function valueAt(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}

function apply(
  step: Step,
  given: ReadonlyMap<string, string>,
  { project, facts }: StepSurroundings,
): Step | { readonly refused: string } {
  const { work } = step;
  const command = work.kind === 'command' ? commandIn(work.args) : undefined;
  if (work.kind !== 'command' || !command) return step;
  const why = whyNot(given);
  if (why !== undefined) return { refused: why };
  const named = namedValues(command, work.args, { project, facts });
  const args = [
    ...withSelection(work.args, given),
    ...optionsOf(command, dbtVersion(project)).flatMap((option) => wordsOf(option, given)),
    ...valueWords('args', named, given),
    ...valueWords('vars', named, given),
  ];
  const target = given.get('target');
  const [output, ...others] = work.writes;
  const writes =
    target === undefined || output === undefined || others.length === 0
      ? work.writes
      : [output, ...databasesOf(project, facts, target)];
  return { ...step, work: { ...work, args, writes } satisfies Process };
}

function whyNot(given: ReadonlyMap<string, string>): string | undefined {
  for (const name of ['select', 'exclude']) {
    const why = whyNoSelection([given.get(name) ?? '']);
    if (why !== undefined) return why;
  }
  for (const name of ['threads', 'port', 'limit']) {
    const value = given.get(name);
    if (value !== undefined && !/^-?\d+$/u.test(value))
      return `parameter \`${name}\` must be a whole number, which \`${value}\` is not`;
  }
  for (const name of ['args', 'vars']) {
    const value = given.get(name);
    const read = value === undefined ? {} : readValue(value);
    if (read === undefined || typeof read !== 'object' || read === null || Array.isArray(read))
      return `parameter \`${name}\` must be a mapping in YAML: \`{name: value}\``;
  }
  return undefined;
}

/** What is given stands in place of what the step selects by itself. */
function withSelection(args: readonly string[], given: ReadonlyMap<string, string>): readonly string[] {
  const replaced = ['select', 'limit', 'indirect-selection'].filter((name) => given.has(name));
  const kept = replaced.reduce((words, name) => without(words, `--${name}`), args);
  return [...kept, ...selectArguments(textsOf(given.get('select')), textsOf(given.get('exclude')))];
}

function textsOf(text = ''): readonly string[] {
  return text.trim() === '' ? [] : [text.trim()];
}

function without(args: readonly string[], option: string): readonly string[] {
  const at = args.indexOf(option);
  return at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
}

function wordsOf(
  { name, type, negative }: CommandOption,
  given: ReadonlyMap<string, string>,
): readonly string[] {
  const value = given.get(name);
  if (value === undefined || type === 'selection' || value === '') return [];
  if (type !== 'boolean') return [`--${name}`, value];
  if (value === 'true') return [`--${name}`];
  return negative === undefined ? [] : [`--${negative}`];
}

/** `--vars '{"start": "2026-01-01"}'`: what is given by name stands over what the whole mapping says. */
function valueWords(
  option: 'args' | 'vars',
  named: readonly NamedValue[],
  given: ReadonlyMap<string, string>,
): readonly string[] {
  const own = named.flatMap(({ of, key, parameter, isText }) => {
    const value = given.get(parameter.name);
    return of === option && value !== undefined ? [[key, typedValue(value, parameter, isText)]] : [];
  });
  const whole = readValue(given.get(option) ?? '');
  const all = { ...(whole as object | null), ...(Object.fromEntries(own) as object) };
  return Object.keys(all).length === 0 ? [] : [`--${option}`, JSON.stringify(all)];
}
