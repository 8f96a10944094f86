import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { stripText } from '../core/yaml/text-scan.ts';
import { readYamlEvents } from '../core/yaml/yaml-events.ts';
import { maxDepth } from '../core/yaml/yaml-options.ts';
import { AheadMemory } from './ahead-memory.ts';
import { createNodeFiles, fromFsPath } from './node-files.ts';
import { ReadAhead } from './read-ahead.ts';
import { readFiles } from './read-files.ts';

const program = fileURLToPath(new URL('../reader.ts', import.meta.url));
const pause = async (): Promise<void> => {};
const disk = createNodeFiles({ pause });

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

function folderWith(texts: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-ahead-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Files that are told apart by their texts. */
function numbered(count: number): { readonly folder: string; readonly paths: readonly string[] } {
  const names = Array.from({ length: count }, (_, at) => `${at}.sql`);
  const folder = folderWith(Object.fromEntries(names.map((name) => [name, `select ${name}`])));
  return { folder, paths: names.map((name) => join(folder, name)) };
}

/** What a thread has read of files by the time that it has read all of them. */
function readAll(paths: readonly string[], withStamps = false): readonly ReturnType<AheadMemory['take']>[] {
  const memory = new AheadMemory();
  readFiles({ paths, withStamps, shared: memory.shared });
  return paths.map((_, file) => memory.take(file));
}

test('what is read ahead is what lies on disk; what is large, empty or no file is left out', () => {
  const texts = {
    'a.sql': 'select 1',
    'b.md': 'é ü 😀',
    'c.bin': Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00, 0xc3]),
    'd.sql': 'x'.repeat(32 * 1024 - 1),
  };
  const folder = folderWith({ ...texts, 'e.sql': 'x'.repeat(32 * 1024), 'f.sql': '' });
  mkdirSync(join(folder, 'g.sql'));
  const there = Object.keys(texts).map((name) => join(folder, name));
  const left = ['e.sql', 'f.sql', 'g.sql', 'h.sql'].map((name) => join(folder, name));
  const found = readAll([...left, ...there]);
  expect(found.slice(0, left.length)).toEqual(left.map(() => undefined));
  expect(found.slice(left.length)).toEqual(
    there.map((path) => {
      const { text } = disk.read(fromFsPath(path)) as { readonly text: string };
      return { text, stamp: undefined, yaml: undefined };
    }),
  );
});

test('a stamp is the one that is given without reading ahead, also where there is none', () => {
  const lasting = fileURLToPath(new URL('../../../vitest.config.ts', import.meta.url));
  const fresh = join(folderWith({ 'a.sql': 'select 1' }), 'a.sql');
  for (const path of [lasting, fresh])
    for (const found of readAll([path], true)) expect(found?.stamp).toEqual(disk.stamp!(fromFsPath(path)));
  expect(disk.stamp!(fromFsPath(lasting))).toBeDefined();
});

test('of a YAML file is told what js-yaml says of its text without the outer white space', () => {
  const texts = {
    'a.yml': 'a: [b, "c\\n"]\nd: &e |+\n  f\n\n\n',
    'b.yaml': '\n  - a: 1\n---\nb\n',
    'c.yml': '\ufeffa: ü\n',
  };
  const folder = folderWith({ ...texts, 'd.yml': 'a: [', 'e.yml': '%TAG ! tag:x,1:\n---\n!a b\n', 'f.yml': '[' + '[],'.repeat(9000) + ']' }); // prettier-ignore
  const told = (names: readonly string[]): unknown =>
    readAll(names.map((name) => join(folder, name))).map((found) => found?.yaml);
  expect(told(Object.keys(texts))).toEqual(
    Object.values(texts).map((text) => readYamlEvents(stripText(text), maxDepth)),
  );
  expect(told(['d.yml', 'e.yml', 'f.yml'])).toEqual([undefined, undefined, undefined]);
});

test('a thread reads far more files than there is room for, and only a little ahead', async () => {
  const { paths } = numbered(3000);
  const ahead = new ReadAhead(program, { paths, withStamps: false });
  let found = 0;
  for (const [at, path] of paths.entries()) {
    const text = ahead.at(path)?.text;
    if (text !== undefined) found++;
    expect([text, `select ${at}.sql`, undefined]).toContain(text);
    if (text !== undefined) expect(text).toBe(`select ${at}.sql`);
    expect(ahead.at(path)?.text).toBe(text);
    if (at % 10 === 0) await setTimeout(5);
  }
  expect(found).toBeGreaterThan(500);
  expect(ahead.at(paths[0]!)).toBeUndefined();
  ahead.end();
});

test('files that nobody asks for keep nobody from those behind them', async () => {
  const { paths } = numbered(3000);
  const ahead = new ReadAhead(program, { paths, withStamps: false });
  const asked = paths.filter((_, at) => at < 20 || at >= 2000);
  let found = 0;
  for (const [at, path] of asked.entries()) {
    if (ahead.at(path)) found++;
    if (at % 10 === 0) await setTimeout(5);
  }
  expect(found).toBeGreaterThan(200);
  ahead.end();
});

const failing: Readonly<Record<string, string | undefined>> = {
  'is not there': undefined,
  'cannot be read': 'const =',
  throws: 'throw new Error("no")',
  'ends at once': 'process.exit(1)',
  'does nothing': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
};

test.each(Object.entries(failing))('a thread whose program %s costs no file', async (_, script) => {
  const { folder, paths } = numbered(400);
  const broken = join(folder, 'reader.cjs');
  if (script !== undefined) writeFileSync(broken, script);
  const files = createNodeFiles({ pause, reader: { program: broken, least: 1 } });
  const all = paths.map(fromFsPath);
  const end = files.expect!(new Set(all), { withStamps: false });
  for (const [at, path] of all.entries()) {
    expect(files.read(path)).toEqual({ kind: 'text', text: `select ${at}.sql` });
    if (at % 40 === 0) await setTimeout(5);
  }
  end!();
});

test('what is expected is read as it was at some moment since, and afterwards as it is', async () => {
  const { paths } = numbered(100);
  const files = createNodeFiles({ pause, reader: { program, least: 100 } });
  const all = new Set(paths.map(fromFsPath));
  const end = files.expect!(all, { withStamps: true })!;
  await setTimeout(500);
  for (const path of paths) writeFileSync(path, 'changed');
  for (const [at, path] of [...all].entries()) {
    const read = files.read(path);
    expect(['changed', `select ${at}.sql`]).toContain(read.kind === 'text' && read.text);
  }
  end();
  for (const path of all) expect(files.read(path)).toEqual({ kind: 'text', text: 'changed' });
});

test('few files are not read ahead', () => {
  const files = createNodeFiles({ pause, reader: { program, least: 100 } });
  const paths = new Set(Array.from({ length: 99 }, (_, at) => `/w/${at}.sql`));
  expect(files.expect!(paths, { withStamps: false })).toBeUndefined();
  expect(createNodeFiles({ pause }).expect!(new Set([...paths, '/w/99.sql']), { withStamps: false })).toBeUndefined(); // prettier-ignore
});
