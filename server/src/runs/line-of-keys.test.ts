import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineOfKeys } from './line-of-keys.ts';

function lineIn(text: string, message: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-keys-'));
  try {
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, text);
    const line = lineOfKeys(file, message);
    return line === undefined ? undefined : text.split('\n')[line - 1]?.trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const text = `# the shop
services:
  web:
    image: [web]
    ports:
      - '80'
      - host: 1
    imag: web
  a.b:
    image: 1
  a:
    b: { image: 2 }
volume: {}
`;

test.each([
  ['services.web.image must be a string', 'image: [web]'],
  ["services.web additional properties 'imag' not allowed", 'imag: web'],
  ['services.web.imag false schema', 'imag: web'],
  ["services.web.ports.1 additional properties 'host' not allowed", '- host: 1'],
  ['services.web.ports.0 must be a number', "- '80'"],
  ["additional properties 'volume' not allowed", 'volume: {}'],
  ["services.web value must be one of 'x'", 'web:'],
  ['services.a.b missing property', undefined],
  ['services.a.b.image must be a string', undefined],
  ['services.web.nothing must be a string', undefined],
  ['something else', undefined],
])('%s', (message, line) => {
  expect(lineIn(text, message)).toBe(line);
});

test('of what Compose says of files whose keys it names nearly everything has a line', () => {
  const recorded = new URL('../systems/compose/test-support/agreement.txt', import.meta.url);
  const cases = readFileSync(recorded, 'utf8').split(/^== /mu).slice(1);
  const said = cases.flatMap((each) => {
    const [, message, body] = /refuses: validating compose\.yaml: (.+)\n([^]*)/u.exec(each) ?? [];
    return message === undefined || body === undefined
      ? []
      : [[message, lineIn(body.split(/^-- /mu)[0]!, message)]];
  });
  expect(said.length).toBeGreaterThan(40);
  expect(said.filter(([, line]) => line === undefined).map(([message]) => message)).toEqual([]);
});

test('a file that is gone has no lines', () => {
  expect(lineOfKeys('/nowhere/compose.yaml', 'services.web must be a mapping')).toBeUndefined();
});
