import { expect, test } from 'vitest';
import type { Command, Parameter, PipelineEntry, Step } from '../core/step.ts';
import { planRun, type PlannedStep, type PlanRequest } from './run-plan.ts';

function command(id: string, more: Partial<Command> = {}, parameters: readonly Parameter[] = []): Step {
  const work: Command = {
    kind: 'command',
    executable: { name: 'tool', install: '' },
    args: [],
    cwd: '/w',
    writes: [],
    cancel: [],
    ...more,
  };
  return { id, title: id, detail: '', system: 'test', project: '/w', kind: 'command', work, parameters };
}

function pipeline(
  id: string,
  steps: readonly PipelineEntry[],
  more: { readonly env?: Record<string, string>; readonly parameters?: readonly Parameter[] } = {},
): Step {
  const { env, parameters } = more;
  const work = { kind: 'pipeline', steps, ...(env ? { env } : {}) } as const;
  return { ...command(id), work, ...(parameters ? { parameters } : {}) };
}

function plan(step: Step, others: readonly Step[], more: Partial<PlanRequest> = {}): readonly PlannedStep[] {
  return planRun({ requested: [step], find: (id) => others.find((each) => each.id === id), ...more });
}

const commandOf = (planned: PlannedStep | undefined): Command | string =>
  planned?.work.kind === 'command' ? planned.work.command : (planned?.work.message ?? '');

const level: Parameter = { name: 'level', type: 'choice', options: ['low', 'high'], default: 'low' };

test('variables are set from the outside in, and may refer to those around them and above them', () => {
  const inner = pipeline(
    'inner',
    [{ id: 't', step: 'tool', needs: [], env: { C: '${B}-c', PATH: '/e:${PATH}', D: '${NONE:-none}' } }],
    { env: { B: '${A}-b', A: 'inner' } },
  );
  const outer = pipeline('outer', [{ id: 'i', step: 'inner', needs: [] }], {
    env: { A: '${HOME_A}', PATH: '/o:${PATH}', LITERAL: '$${A} $A' },
  });
  const environment = { HOME_A: 'a', PATH: '/usr/bin' };
  const [only] = plan(outer, [inner, command('tool', { env: { A: 'own', OWN: 'own' } })], { environment });
  expect(commandOf(only)).toMatchObject({
    env: {
      A: 'inner',
      B: 'a-b',
      C: 'a-b-c',
      D: 'none',
      PATH: '/e:/o:/usr/bin',
      OWN: 'own',
      LITERAL: '${A} $A',
    },
  });
});

test('a variable that nothing sets keeps the run from beginning', () => {
  const one = pipeline('p', [{ id: 't', step: 'tool', needs: [], env: { A: '${NOWHERE}' } }]);
  expect(commandOf(plan(one, [command('tool')])[0])).toBe(
    '`${NOWHERE}` in `A` of its `env` is not set; set the variable, or write what else to take: `${NOWHERE:-…}`',
  );
});

test('parameters stand in words, folders and files, each word staying one', () => {
  const text = '${{ parameters.level }}';
  const own = command(
    'p/c',
    { isTemplate: true, args: ['--x', `a ${text}`], cwd: `/w/${text}`, writes: [`/w/${text}.duckdb`] },
    [level],
  );
  const given = new Map([['level', 'very high']]);
  expect(commandOf(plan(own, [])[0])).toMatchObject({ args: ['--x', 'a low'], cwd: '/w/low' });
  expect(commandOf(plan(own, [], { parameters: given })[0])).toMatchObject({
    args: ['--x', 'a very high'],
    cwd: '/w/very high',
    writes: ['/w/very high.duckdb'],
  });
});

test('a command says the same alone and in its pipeline', () => {
  const env = { PATH: '/p:${PATH}' };
  const own = command('p/c', { isTemplate: true, env });
  const whole = pipeline('p', [{ id: 'c', step: 'p/c', needs: [] }], { env });
  const environment = { PATH: '/usr/bin' };
  for (const step of [own, whole])
    expect(commandOf(plan(step, [own], { environment })[0])).toMatchObject({ env: { PATH: '/p:/usr/bin' } });
});

test('a selection narrows the step in the words of its system, with parameters put in', () => {
  const entry: PipelineEntry = {
    id: 't',
    step: 'tool',
    needs: [],
    selection: { select: ['tag:${{ parameters.level }}'], exclude: [] },
  };
  const one = pipeline('p', [entry], { parameters: [level] });
  const narrow: NonNullable<PlanRequest['narrow']> = (step, { select }) => ({
    ...step,
    work: { ...(step.work as Command), args: ['--only', ...select] },
  });
  expect(commandOf(plan(one, [command('tool')], { narrow })[0])).toMatchObject({
    args: ['--only', 'tag:low'],
  });
  expect(commandOf(plan(one, [command('tool')])[0])).toBe('`tool` cannot be narrowed by a selection');
});

test('the digest follows what is done, not how patiently', () => {
  const digest = (entry: Partial<PipelineEntry>, own: Partial<Command> = {}): string | undefined =>
    plan(pipeline('p', [{ id: 't', step: 'tool', needs: [], ...entry }]), [command('tool', own)], {
      narrow: (step) => step,
    })[0]?.head.digest;
  const plain = digest({});
  expect(plain).toMatch(/^[0-9a-f]{16}$/);
  expect(digest({ timeoutMs: 5, allowFailure: true })).toBe(plain);
  expect(digest({ env: { A: '1' } })).not.toBe(plain);
  expect(digest({ selection: { select: ['a'], exclude: [] } })).not.toBe(plain);
  expect(digest({}, { args: ['x'] })).not.toBe(plain);
});

test('options of a tool are those of the entry, or those of the run where a step runs by itself', () => {
  const entry = { id: 't', step: 'tool', needs: [], options: { target: '${{ parameters.level }}' } };
  const daily = pipeline('daily', [entry, { id: 'u', step: 'tool', needs: ['t'] }], { parameters: [level] });
  const adjust: PlanRequest['adjust'] = (step, ofEntry) => ({
    ...step,
    work: { ...(step.work as Command), args: [JSON.stringify([...(ofEntry ?? [['given', 'yes']])])] },
  });
  const tool = command('tool');
  const argsOf = (planned: PlannedStep | undefined): unknown => (commandOf(planned) as Command).args;
  const parameters = new Map([['level', 'high']]);
  const [first, second] = plan(daily, [tool], { adjust, parameters });
  expect([argsOf(first), argsOf(second)]).toEqual([['[["target","high"]]'], ['[]']]);
  expect(argsOf(plan(tool, [], { adjust })[0])).toEqual(['[["given","yes"]]']);
  const [refused] = plan(daily, [tool], { adjust: () => ({ refused: 'no such option' }), parameters });
  expect(commandOf(refused)).toBe('no such option');
  const unknown = pipeline('daily', [{ ...entry, options: { target: '${{ parameters.nme }}' } }]);
  expect(commandOf(plan(unknown, [tool], { adjust })[0])).toBe(
    '`${{ parameters.nme }}` in `with` has no value; declare the parameter, or give it one',
  );
});
