import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systems } from '../systems/index.ts';
import { main } from './main.ts';

test('the schema is printed as it lies in the extension', async () => {
  let printed = '';
  const io = { out: (text: string) => void (printed += text), err: () => {}, cwd: process.cwd() };
  expect(await main(['schema'], { systems, version: '0', io })).toBe(0);
  expect(JSON.parse(printed)).toEqual(
    JSON.parse(readFileSync('server/schemas/penstock/penstock.json', 'utf8')),
  );
});
