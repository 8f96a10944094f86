import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const pages = join(root, 'docs', 'rules');

/** Codes written whole in core, language, readiness and the systems; some systems put theirs together from a family and a name. */
function codesInSource(): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const room of [
    'server/src/core',
    'server/src/language',
    'server/src/readiness',
    'server/src/systems',
  ]) {
    for (const file of readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
      const text = readFileSync(join(root, room, file), 'utf8');
      for (const [, code] of text.matchAll(/(?:code|id): ['"`]([a-z]+\/[a-z-]+)['"`]/g)) codes.add(code!);
    }
  }
  return codes;
}

test('every finding’s code has a page that begins with it', () => {
  const missing = [...codesInSource()].filter((code) => !existsSync(join(pages, `${code}.md`)));
  expect(missing).toEqual([]);
  const wrong = readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((page) => page.endsWith('.md'))
    .map((page) => page.replaceAll('\\', '/').slice(0, -3))
    .filter((code) => !readFileSync(join(pages, `${code}.md`), 'utf8').startsWith(`# ${code}\n`));
  expect(wrong).toEqual([]);
});
