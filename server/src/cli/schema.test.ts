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

test('the schema of what readiness prints is printed by its name, and no other', async () => {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    cwd: process.cwd(),
  };
  expect(await main(['schema', 'readiness'], { systems, version: '0', io })).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ title: 'penstock readiness --format json' });
  expect(await main(['schema', 'graph'], { systems, version: '0', io })).toBe(2);
  expect(err).toBe('penstock schema: there is no schema of graph; leave it out, or write `readiness`\n');
});
