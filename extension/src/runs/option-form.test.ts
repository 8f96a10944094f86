import { expect, test } from 'vitest';
import type { Parameter } from '../../../server/src/core/step.ts';
import { OptionForm } from './option-form.ts';

const target: Parameter = {
  name: 'target',
  type: 'choice',
  options: ['dev', 'prod'],
  default: 'dev',
  isOption: true,
};
const refresh: Parameter = { name: 'full-refresh', type: 'boolean', default: 'false', isOption: true };
const failFast: Parameter = { name: 'fail-fast', type: 'boolean', isOption: true };
const select: Parameter = { name: 'select', type: 'selection', isOption: true };
const token: Parameter = { name: 'vars.api_token', type: 'string', isOption: true };
const day: Parameter = { name: 'day', type: 'string', description: 'the day' };

const shown = (form: OptionForm): readonly string[] =>
  form.rows.map(({ name, value, isSet }) => `${name} ${value}${isSet ? ' *' : ''}`);

test('each parameter with its present value; what is kept from the last time is there again', () => {
  const form = new OptionForm([target, refresh, select, day], { target: 'prod', 'full-refresh': 'maybe' });
  expect(shown(form)).toEqual(['target prod *', 'full-refresh false', 'select not set', 'day must be set']);
  expect(form.summary).toBe('target: prod');
  expect(form.missing).toBe(day);
});

test('a flag reads as what it does, also where the configuration of its tool may switch it on', () => {
  const form = new OptionForm([refresh, failFast], {});
  expect(shown(form)).toEqual(['full-refresh false', 'fail-fast false unless configured']);
  form.toggle(failFast);
  form.toggle(failFast);
  expect(shown(form)).toEqual(['full-refresh false', 'fail-fast false *']);
});

test('the default sets nothing, and nothing leaves an option to its tool', () => {
  const form = new OptionForm([target, select, day], { target: 'prod', select: 'tag:daily' });
  form.set(target, 'dev');
  form.set(select, '');
  form.set(day, '');
  expect(form.values).toEqual({ day: '' });
  expect(form.missing).toBeUndefined();
});

test('a flag goes on and off; one whose default only the tool knows can be left to it', () => {
  const form = new OptionForm([refresh, failFast], {});
  const states = [0, 1, 2, 3].map(() => {
    form.toggle(refresh);
    form.toggle(failFast);
    return form.values;
  });
  expect(states).toEqual([
    { 'full-refresh': 'true', 'fail-fast': 'true' },
    { 'fail-fast': 'false' },
    { 'full-refresh': 'true' },
    { 'fail-fast': 'true' },
  ]);
  form.toggle(refresh);
  expect(form.summary).toBe('full-refresh, fail-fast');
});

test('one value or all are reset', () => {
  const form = new OptionForm([target, select], { target: 'prod', select: 'orders' });
  form.reset('target');
  expect(form.values).toEqual({ select: 'orders' });
  form.reset();
  expect(form.values).toEqual({});
});

test('a secret is not shown', () => {
  const form = new OptionForm([token], {});
  form.set(token, 'abc');
  expect(shown(form)).toEqual(['vars.api_token ••• *']);
  expect(form.summary).toBe('vars.api_token: •••');
  expect(form.values).toEqual({ 'vars.api_token': 'abc' });
});
