import { expect, test } from 'vitest';
import { toldOf } from './told-of.ts';

test('what is told of a document that changed meanwhile is asked for anew', async () => {
  const document = { version: 1 };
  const asked: number[] = [];
  const answer = await toldOf(document, async () => {
    asked.push(document.version);
    const read = document.version;
    await Promise.resolve();
    if (asked.length < 3) document.version++;
    return read;
  });
  expect([answer, asked]).toEqual([3, [1, 2, 3]]);
});

test('a document that never rests has its answer, too', async () => {
  const document = { version: 1 };
  const answer = await toldOf(document, async () => document.version++);
  expect(answer).toBe(5);
});
