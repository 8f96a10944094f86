import type { Parameter } from '../../core/step.ts';
import type { StepOptions } from '../../core/step-options.ts';
import { splitWords } from '../../core/split-words.ts';

/** What a run of a suite can be told, in pytest's own words. */
export const pytestOptions: StepOptions = {
  parameters: () => parameters,
  apply: (step, given) => {
    const { work } = step;
    if (work.kind !== 'command') return step;
    const valueOf = (name: string): string => given.get(name) ?? '';
    const words = [
      ...(valueOf('keyword') === '' ? [] : ['-k', valueOf('keyword')]),
      ...(valueOf('marker') === '' ? [] : ['-m', valueOf('marker')]),
      ...(valueOf('last-failed') === 'true' ? ['--last-failed'] : []),
      ...(valueOf('exit-first') === 'true' ? ['--exitfirst'] : []),
      ...splitWords(valueOf('arguments')),
    ];
    return { ...step, work: { ...work, args: [...work.args, ...words] } };
  },
};

const parameters: readonly Parameter[] = [
  {
    name: 'keyword',
    type: 'string',
    description: 'tests whose names match: `load and not slow`',
    isOption: true,
  },
  { name: 'marker', type: 'string', description: 'tests with a marker: `not integration`', isOption: true },
  {
    name: 'last-failed',
    type: 'boolean',
    description: 'what failed the last time alone',
    default: 'false',
    isOption: true,
  },
  {
    name: 'exit-first',
    type: 'boolean',
    description: 'ends at the first failure',
    default: 'false',
    isOption: true,
  },
  { name: 'arguments', type: 'string', description: 'files, tests and further options', isOption: true },
];
