import { expect, test } from 'vitest';
import type { Parameter } from '../../../server/src/core/step.ts';
import { LastValues, questionsOf } from './parameter-values.ts';

const parameters: readonly Parameter[] = [
  { name: 'scope', type: 'choice', options: ['low', 'high'], default: 'low', description: 'How much' },
  { name: 'full', type: 'boolean' },
  { name: 'days', type: 'number', default: '7' },
  { name: 'api_token', type: 'string' },
];

test('what is asked: a choice where there is one, the value of the last time before the default', () => {
  const questions = questionsOf(parameters, { scope: 'high', days: 'many', full: 'true' });
  expect(questions.map(({ prompt, choices, value, isSecret }) => [prompt, choices, value, isSecret])).toEqual(
    [
      ['How much', ['low', 'high'], 'high', false],
      ['Value of full', ['true', 'false'], 'true', false],
      ['Value of days', undefined, '7', false],
      ['Value of api_token', undefined, '', true],
    ],
  );
  const [, , days, token] = questions;
  expect(days?.whyNot('x')).toBe('`x` is no number');
  expect(days?.whyNot('8')).toBeUndefined();
  expect(token?.whyNot('')).toBeUndefined();
});

test('values are kept for each step and folder, and secret ones are not', async () => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => {
      kept.set(key, value);
      return Promise.resolve();
    },
  };
  const values = new LastValues(memory);
  expect(values.of('a', 'f')).toEqual({});
  await values.keep('a', 'f', { days: '3', api_token: 'hush' });
  await values.keep('b', 'f', { days: '4' });
  expect(new LastValues(memory).of('a', 'f')).toEqual({ days: '3' });
  expect(values.of('a', 'other')).toEqual({});
});
