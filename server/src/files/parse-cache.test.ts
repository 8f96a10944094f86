import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kept } from '../core/kept.ts';
import { cacheFolder } from './cache-folder.ts';
import { createNodeFiles, fromFsPath } from './node-files.ts';
import { createParseCache } from './parse-cache.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-cache-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const folder = (): string => join(root, 'penstock');
const pause = async (): Promise<void> => {};
const cache = (build = 'one'): ReturnType<typeof createParseCache> =>
  createParseCache({ folder: folder(), build, pause, least: 0 });
const onlyFile = (): string => join(folder(), readdirSync(folder())[0]!);

function kept(name: string): Kept {
  const stamp = { size: 3, modifiedMs: 1.25, changedMs: 2 ** 41 + 0.5, inode: 2 ** 40 };
  const path = `/w/${name}.yml`;
  const span = { start: 1, end: 600_000_000 };
  const key = { namespace: 'a.b', scope: '/w', name };
  const reading = {
    system: 'toy',
    claim: {
      kind: 'k',
      format: 'yaml',
      readsText: true,
      priority: -1.5,
      data: { folders: ['a', ''], none: null },
    },
    facts: [
      { fact: 'definition', ...key, span, what: 'ä ✓ \ud83d', exclusive: false, data: { '': 'x' }, path },
      { fact: 'use', namespaces: ['a.b', 'c'], scope: '/w', name, span, role: 'r', path },
    ],
    findings: [{ code: 'a/b', severity: 'error', span, message: 'wrong' }],
    suppressions: [],
    hasSecrets: true,
    isAside: true,
  } satisfies Exclude<ReturnType<Kept['files']['get']>, undefined>['reading'];
  return {
    files: new Map([
      [path, { ground: { stamp, projects: 'g\n' }, reading }],
      ['/w/other', { ground: { stamp, projects: '' }, reading: undefined }],
    ]),
    names: new Map([[path, reading.findings]]),
    asked: new Map([[path, ['/w/other', '/w/seed.csv']]]),
    environment: new Map([
      ['HOME', true],
      ['GONE', false],
    ]),
  };
}

/** All of it, whatever is unpacked late. */
function unpacked({ files, names, asked, environment }: Kept): unknown {
  const readings = [...files].map(([path, { ground, reading }]) => {
    if (!reading) return [path, ground];
    const { system, claim, facts, findings, suppressions, hasSecrets, isAside } = reading;
    return [path, ground, { system, claim, facts, findings, suppressions, hasSecrets, isAside }];
  });
  return [readings, [...names], [...asked], [...environment]];
}

test('what is kept for some folders comes back for them alone', async () => {
  await cache().write(['/w'], kept('a'));
  await cache().write(['/w', '/v'], kept('b'));
  expect(unpacked(cache().read(['/w'])!)).toEqual(unpacked(kept('a')));
  expect(unpacked(cache().read(['/w', '/v'])!)).toEqual(unpacked(kept('b')));
  expect(cache().read(['/v'])).toBeUndefined();
});

test('a platform of few files is not kept: it is read anew as quickly', async () => {
  await createParseCache({ folder: folder(), build: 'one', pause }).write(['/w'], kept('a'));
  expect(cache().read(['/w'])).toBeUndefined();
});

test('another build starts anew', async () => {
  await cache('one').write(['/w'], kept('a'));
  expect(cache('two').read(['/w'])).toBeUndefined();
});

test('nobody else may read it, and what others could have written is not trusted', async () => {
  await cache().write(['/w'], kept('a'));
  if (process.platform === 'win32') return;
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
  chmodSync(onlyFile(), 0o622);
  expect(cache().read(['/w'])).toBeUndefined();
});

test('a file that is cut short or damaged is as good as none, and is replaced', async () => {
  await cache().write(['/w'], kept('a'));
  const whole = readFileSync(onlyFile());
  for (let length = 0; length < whole.length; length += 7) {
    truncateSync(onlyFile(), length);
    expect(cache().read(['/w'])).toBeUndefined();
    writeFileSync(onlyFile(), whole);
  }
  for (let at = 0; at < whole.length; at += 5) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 0x10;
    writeFileSync(onlyFile(), damaged);
    expect([undefined, JSON.stringify(unpacked(kept('a')))]).toContain(reread());
  }
  await cache().write(['/w'], kept('b'));
  expect(unpacked(cache().read(['/w'])!)).toEqual(unpacked(kept('b')));
});

function reread(): string | undefined {
  const found = cache().read(['/w']);
  return found && JSON.stringify(unpacked(found));
}

test('of writers at the same time one wins, and nothing is left over', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  await Promise.all(names.map((name) => cache().write(['/w'], kept(name))));
  expect(names.map((name) => JSON.stringify(unpacked(kept(name))))).toContain(reread());
  expect(readdirSync(folder())).toHaveLength(1);
});

test('what has not been used for a month goes', async () => {
  await cache().write(['/old'], kept('a'));
  const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
  utimesSync(onlyFile(), monthAgo, monthAgo);
  await cache().write(['/w'], kept('b'));
  expect(cache().read(['/old'])).toBeUndefined();
  expect(cache().read(['/w'])).toBeDefined();
});

test('a folder that cannot be made costs nothing but the head start', async () => {
  writeFileSync(folder(), 'a file stands where the folder should');
  await cache().write(['/w'], kept('a'));
  expect(cache().read(['/w'])).toBeUndefined();
});

test('a file written a moment ago has no stamp, for it may be written again within one tick of the clock', () => {
  const files = createNodeFiles({ pause });
  const path = fromFsPath(join(root, 'a.yml'));
  writeFileSync(join(root, 'a.yml'), 'x');
  expect(files.stamp!(path)).toBeUndefined();
  expect(files.stamp!(fromFsPath(join(root, 'gone.yml')))).toBeUndefined();
  expect(files.stamp!(fromFsPath(root))).toBeUndefined();
});

test('the cache lies where each system keeps what can be made anew', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'penstock'));
  expect(cacheFolder({}, 'linux')).toMatch(/\.cache.penstock$/);
  expect(cacheFolder({ LOCALAPPDATA: 'L' }, 'win32')).toBe(join('L', 'penstock', 'cache'));
  expect(cacheFolder({}, 'darwin')).toMatch(/Library.Caches.penstock$/);
});
