import { ownName } from '../../core/step-name.ts';
import type { Parameter, Step } from '../../core/step.ts';
import type { StepOptions, StepSurroundings } from '../../core/step-options.ts';
import type { Project } from '../../core/system.ts';
import { isFrom } from './command-dialect.ts';
import { namespaces } from './names.ts';
import { pluginType } from './plugin-types.ts';
import { environmentOf, stepsOf, writtenBy } from './steps.ts';
import { loadOf, loadStep, stateClearStep, stateGetStep } from './step-names.ts';

/** What a run of Meltano can be told: the environment, what `run` and `install` take, which plugins, which state. */
export const meltanoStepOptions: StepOptions = { parameters: parametersOf, names, apply };

interface Option extends Pick<Parameter, 'name' | 'type' | 'description'> {
  /** The version of Meltano that has it first. */
  readonly since?: string;
}

const refreshCatalog: Option = {
  name: 'refresh-catalog',
  type: 'boolean',
  description: 'asks the source for its streams anew',
  since: '3.5',
};

/** Options of Meltano's commands, as it spells them. */
const byCommand: Readonly<Record<string, readonly Option[]>> = {
  run: [
    { name: 'full-refresh', type: 'boolean', description: 'leaves aside what was loaded before' },
    { name: 'state-id-suffix', type: 'string', description: 'keeps the state of this load apart' },
    { name: 'no-state-update', type: 'boolean', description: 'does not keep the place that is reached' },
    refreshCatalog,
    { name: 'force', type: 'boolean', description: 'runs although the same load seems to run already' },
    { name: 'dry-run', type: 'boolean', description: 'tells what would be run' },
  ],
  install: [
    { name: 'clean', type: 'boolean', description: 'installs anew what is there already' },
    { name: 'parallelism', type: 'number', description: 'how many plugins at once' },
  ],
  lock: [{ name: 'update', type: 'boolean', description: 'takes what Meltano Hub says now' }],
  state: [],
  config: [],
  select: [refreshCatalog],
};

const inEnvironment: ReadonlySet<string> = new Set(['run', 'state', 'config', 'select']);

function parametersOf(step: Step, around: StepSurroundings): readonly Parameter[] {
  const command = commandOf(step);
  const options = command === undefined ? [] : optionsOf(command, around.project);
  if (command === undefined || !Object.hasOwn(byCommand, command)) return [];
  return [
    ...pluginsOf(step, around),
    ...statesOf(step, around),
    ...(inEnvironment.has(command) ? [environmentParameter(around)] : []),
    ...options.map(({ name, type, description = '' }): Parameter => {
      const otherwise = type === 'boolean' ? { default: 'false' } : {};
      return { name, type, description, ...otherwise, isOption: true };
    }),
  ];
}

function names(_step: string, option: string): readonly string[] {
  if (option === 'environment') return [namespaces.environment];
  const type = option === 'extractor' || option === 'loader' ? pluginType(`${option}s`) : undefined;
  return type ? [type.namespace] : [];
}

function optionsOf(command: string, project: Project): readonly Option[] {
  return (byCommand[command] ?? []).filter(({ since }) => since === undefined || isFrom(project, since));
}

/** The word behind Meltano's own options. */
function commandOf({ work }: Step): string | undefined {
  return work.kind === 'command' ? work.args.find((word) => !word.startsWith('-')) : undefined;
}

function namesIn(namespace: string, { project, facts }: StepSurroundings): readonly string[] {
  return [...new Set([...facts.all(namespace, project.scope)].map(({ name }) => name))];
}

function environmentParameter(around: StepSurroundings): Parameter {
  const options = namesIn(namespaces.environment, around);
  const { name } = environmentOf(around.project, around.facts);
  const head = {
    name: 'environment',
    description: 'the environment of the project',
    isOption: true,
  } as const;
  const otherwise = name === '' ? {} : { default: name };
  return options.length === 0
    ? { ...head, type: 'string', ...otherwise }
    : { ...head, type: 'choice', options, ...otherwise };
}

/** A load wants an extractor and a loader; where there is one alone, that is meant. */
function pluginsOf(step: Step, around: StepSurroundings): readonly Parameter[] {
  const name = ownName(step);
  if (name !== loadStep && !name.startsWith(loadOf(''))) return [];
  const choice = (each: 'extractor' | 'loader'): Parameter => {
    const options = namesIn(pluginType(`${each}s`)!.namespace, around);
    const [only, ...others] = options;
    const otherwise = only !== undefined && others.length === 0 ? { default: only } : {};
    return { name: each, type: 'choice', description: `the ${each} of the load`, options, ...otherwise };
  };
  return name === loadStep ? [choice('extractor'), choice('loader')] : [choice('loader')];
}

function statesOf(step: Step, around: StepSurroundings): readonly Parameter[] {
  if (![stateGetStep, stateClearStep].includes(ownName(step))) return [];
  const [extractor, loader] = ['extractors', 'loaders'].map(
    (key) => namesIn(pluginType(key)!.namespace, around)[0],
  );
  const { name } = environmentOf(around.project, around.facts);
  const likely = extractor && loader && name ? `${name}:${extractor}-to-${loader}` : undefined;
  const example = likely === undefined ? '' : `: \`${likely}\``;
  return [
    { name: 'state-id', type: 'string', description: `which state, as the list of states has it${example}` },
  ];
}

function apply(
  step: Step,
  given: ReadonlyMap<string, string>,
  around: StepSurroundings,
): Step | { readonly refused: string } {
  const parameters = parametersOf(step, around);
  const environment = given.get('environment');
  const meant = environment === undefined ? step : inNamed(step, environment, around);
  const command = commandOf(meant);
  const { work } = meant;
  if (work.kind !== 'command' || command === undefined) return meant;
  const valueOf = (name: string): readonly string[] => {
    const value = given.get(name) ?? parameters.find((each) => each.name === name)?.default;
    return value === undefined || !parameters.some((each) => each.name === name) ? [] : [value];
  };
  const stateId = given.get('state-id') ?? '';
  if (stateId.startsWith('-'))
    return { refused: `\`${stateId}\` is an option, which no state is; take it out` };
  const blocks = [...valueOf('extractor'), ...valueOf('loader')];
  const words = optionsOf(command, around.project).flatMap((option) => wordsOf(option, given));
  const at = work.args.indexOf(command) + 1;
  const args = [
    ...work.args.slice(0, at),
    ...words,
    ...work.args.slice(at),
    ...blocks,
    ...valueOf('state-id'),
  ];
  const writes = blocks.length === 0 ? work.writes : writtenBy(blocks, around, environment);
  return { ...meant, work: { ...work, args, writes } };
}

/** The same step in another environment, which may also write other files. */
function inNamed(step: Step, environment: string, { project, facts }: StepSurroundings): Step {
  const id = ownName(step);
  const listed = stepsOf(project, facts, environment).find((each) => each.id === id);
  if (listed && listed.work.kind === 'command' && listed.work.args.includes(`--environment=${environment}`))
    return { ...step, work: listed.work };
  const { work } = step;
  if (work.kind !== 'command') return step;
  const args = work.args.filter((word) => !word.startsWith('--environment='));
  const at = args[0]?.startsWith('--log-format=') ? 1 : 0;
  return { ...step, work: { ...work, args: args.toSpliced(at, 0, `--environment=${environment}`) } };
}

function wordsOf({ name, type }: Option, given: ReadonlyMap<string, string>): readonly string[] {
  const value = given.get(name);
  if (value === undefined || value === '' || value === 'false') return [];
  return type === 'boolean' ? [`--${name}`] : [`--${name}=${value}`];
}
