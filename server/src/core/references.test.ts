import { expect, test } from 'vitest';
import { durationText, parseDuration } from './duration.ts';
import { whyNotGiven } from './parameters.ts';
import { fill, referencesIn } from './references.ts';
import type { Parameter } from './step.ts';

test.each([
  ['a ${{ parameters.tag }} b', ['parameter tag']],
  ['${{parameters.a-b}}${{ parameters.c }}', ['parameter a-b', 'parameter c']],
  ['${HOME}/x:${PATH:-none}', ['variable HOME', 'variable PATH']],
  ['$${HOME} $HOME {{ x }}', ['escape']],
  ['${{ parameter.tag }} ${{ }} ${{ parameters.x', ['unknown', 'unknown', 'unknown']],
])('the references of %j', (text, kinds) => {
  const found = referencesIn(text);
  expect(found.map((each) => ('name' in each ? `${each.kind} ${each.name}` : each.kind))).toEqual(kinds);
  for (const each of found)
    if ('name' in each) expect(text.slice(each.span.start, each.span.end)).toBe(each.name);
});

test('what a value holds is not looked at again, and variables are left where nobody asks for them', () => {
  const references = { parameter: () => '${HOME} ${{ parameters.x }}' };
  expect(fill('<${{ parameters.x }}> ${HOME} $${A}', references)).toEqual({
    text: '<${HOME} ${{ parameters.x }}> ${HOME} $${A}',
  });
});

test.each([
  ['90s', 90_000, '1 min 30 s'],
  ['5m', 300_000, '5 min'],
  ['1h', 3_600_000, '1 h'],
  ['1h30m', 5_400_000, '1 h 30 min'],
  ['1.5s', 1_500, '1.5 s'],
  ['5', undefined, ''],
  ['', undefined, ''],
  ['5 min', undefined, ''],
  ['1m1h', undefined, ''],
])('the duration %j', (text, ms, said) => {
  expect(parseDuration(text)).toBe(ms);
  if (ms !== undefined) expect(durationText(ms)).toBe(said);
});

const parameters: readonly Parameter[] = [
  { name: 'tag', type: 'string' },
  { name: 'count', type: 'number', default: '1' },
  { name: 'full', type: 'boolean', default: 'false' },
  { name: 'level', type: 'choice', options: ['low', 'high'], default: 'low' },
];

test.each([
  [{ tag: 'x' }, undefined],
  [{ tag: '' }, undefined],
  [{ tag: 'x', count: '-1.5e3', full: 'true', level: 'high' }, undefined],
  [{}, 'parameter `tag` has no value; give it one: --param tag=…'],
  [{ tag: 'x', coutn: '1' }, 'there is no parameter `coutn` here; did you mean `count`?'],
  [{ tag: 'x', count: 'many' }, 'parameter `count`: `many` is no number'],
  [{ tag: 'x', full: 'yes' }, 'parameter `full`: `yes` is neither `true` nor `false`'],
  [{ tag: 'x', level: 'mid' }, 'parameter `level`: `mid` is none of its options (`low`, `high`)'],
])('the values %j', (given, why) => {
  expect(whyNotGiven(parameters, new Map(Object.entries(given)))).toBe(why);
});
