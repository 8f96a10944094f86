import type { Parameter } from '../../core/step.ts';
import type { StepOptions } from '../../core/step-options.ts';

/** Options of Compose's commands, as it spells them. */
const byCommand: Readonly<Record<string, readonly Parameter[]>> = {
  up: [
    { name: 'build', type: 'boolean', description: 'builds images first', default: 'false', isOption: true },
    {
      name: 'pull',
      type: 'choice',
      options: ['always', 'missing', 'never'],
      description: 'when images are fetched',
      isOption: true,
    },
    {
      name: 'wait',
      type: 'boolean',
      description: 'waits until services are running or healthy',
      default: 'false',
      isOption: true,
    },
  ],
  logs: [
    { name: 'since', type: 'string', description: 'from when on: `10m`, `2026-11-30T08:00`', isOption: true },
  ],
};

/** What a run of Compose can be told. */
export const composeStepOptions: StepOptions = {
  parameters: ({ work }) => (work.kind === 'command' ? optionsOf(work.args) : []),
  apply: (step, given) => {
    const { work } = step;
    if (work.kind !== 'command') return step;
    const words = optionsOf(work.args).flatMap(({ name, type }) => {
      const value = given.get(name) ?? '';
      if (type === 'boolean') return value === 'true' ? [`--${name}`] : [];
      return value === '' ? [] : [`--${name}=${value}`];
    });
    const at = commandAt + 1;
    return {
      ...step,
      work: { ...work, args: [...work.args.slice(0, at), ...words, ...work.args.slice(at)] },
    };
  },
};

/** Where the command stands, behind `compose --progress plain`. */
const commandAt = 3;

function optionsOf(args: readonly string[]): readonly Parameter[] {
  return byCommand[args[commandAt] ?? ''] ?? [];
}
