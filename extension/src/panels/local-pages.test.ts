import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalPages } from './local-pages.ts';

let folder: string;
const pages = new LocalPages();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-pages-'));
  mkdirSync(join(folder, 'target/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'target/index.html'), '<h1>docs</h1>');
  writeFileSync(join(folder, 'target/manifest.json'), '{}');
  writeFileSync(join(folder, 'target/assets/größe.css'), 'a {}');
});
afterAll(() => {
  pages.dispose();
  rmSync(folder, { recursive: true });
});

/** Asks for the path as it stands: a client of the web would tidy it up. */
function ask(
  address: string,
  path: (word: string) => string,
  method = 'GET',
): Promise<readonly [number | undefined, string | undefined, string]> {
  const { port, pathname } = new URL(address);
  const word = pathname.split('/')[1] ?? '';
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: path(word), method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve([response.statusCode, response.headers['content-type'], text]));
    })
      .on('error', reject)
      .end();
  });
}

test('a page and what lies beside it have an address, the same for all of its folder', async () => {
  const address = await pages.addressOf(join(folder, 'target/index.html'));
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/index\.html$/);
  expect(await pages.addressOf(join(folder, 'target/index.html'))).toBe(address);
  expect(await ask(address, (word) => `/${word}/index.html?cb=1`)).toEqual([
    200,
    'text/html; charset=utf-8',
    '<h1>docs</h1>',
  ]);
  const json = 'application/json; charset=utf-8';
  expect(await ask(address, (word) => `/${word}/manifest.json`)).toEqual([200, json, '{}']);
  expect(await ask(address, (word) => `/${word}/manifest.json`, 'HEAD')).toEqual([200, json, '']);
  expect(await ask(address, (word) => `/${word}/assets/gr%C3%B6%C3%9Fe.css`)).toEqual([
    200,
    'text/css; charset=utf-8',
    'a {}',
  ]);
});

test.each([
  ['a file above the folder', (word: string) => `/${word}/../secret.txt`],
  ['a file above it, in disguise', (word: string) => `/${word}/%2e%2e%2fsecret.txt`],
  ['a file above it, by a way round', (word: string) => `/${word}/assets/../../secret.txt`],
  ['a file from the root', (word: string) => `/${word}//etc/passwd`],
  ['a folder', (word: string) => `/${word}/assets`],
  ['what is not there', (word: string) => `/${word}/none.html`],
  ['a name that is none', (word: string) => `/${word}/%zz`],
  ['who does not know the address', () => `/${'0'.repeat(32)}/index.html`],
  ['nobody', () => '/'],
])('%s is refused', async (_what, path) => {
  const address = await pages.addressOf(join(folder, 'target/index.html'));
  expect((await ask(address, path))[0]).toBe(404);
});

test('nothing can be sent', async () => {
  const address = await pages.addressOf(join(folder, 'target/index.html'));
  expect((await ask(address, (word) => `/${word}/index.html`, 'POST'))[0]).toBe(404);
});
