import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Artifact } from '../core/artifact.ts';
import { ArtifactScan } from './artifact-scan.ts';
import { ArtifactStore } from './artifact-store.ts';
import { fromFsPath } from './node-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'penstock-artifact-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const value = {
  metadata: { nodes: { not: { this: 1 } }, note: 'a "quoted" {brace' },
  nodes: { 'model.a': { columns: { 'x"y': { type: 'int' } } }, 'model.é{': { columns: {} }, plain: 3 },
  sources: {},
  results: [{ id: 'first', message: '}{][\\"' }, 4, { id: 'second' }],
};

function membersOf(json: string, size: number): readonly (readonly [string, unknown])[] {
  const found: (readonly [string, unknown])[] = [];
  const scan = new ArtifactScan(['nodes', 'results'], (key, text) => found.push([key, JSON.parse(text)]));
  const bytes = Buffer.from(json);
  for (let at = 0; at < bytes.length; at += size) scan.push(bytes.subarray(at, at + size));
  return found;
}

test('members of the wanted sections, however the text is cut into pieces', () => {
  const expected = [
    ['model.a', value.nodes['model.a']],
    ['model.é{', { columns: {} }],
    ['', value.results[0]],
    ['', value.results[2]],
  ];
  for (const json of [JSON.stringify(value), JSON.stringify(value, undefined, 2)])
    for (const size of [1, 2, 3, 7, 64, 10_000]) expect(membersOf(json, size)).toEqual(expected);
});

test('what is cut off or no JSON gives what could be read', () => {
  const json = JSON.stringify(value);
  expect(membersOf(json.slice(0, json.indexOf('plain')), 10)).toHaveLength(2);
  expect(membersOf('not json } ] {"nodes":{"a":{}}}', 5)).toEqual([]);
});

test('an artifact is read once until it changes, and is gone when it is removed', async () => {
  const path = join(folder, 'results.json');
  let reads = 0;
  const artifact: Artifact = {
    path: fromFsPath(path),
    sections: ['results'],
    read: (entry) => {
      reads++;
      const { id } = entry as { id?: unknown };
      return typeof id === 'string' ? [id, id.toUpperCase()] : undefined;
    },
  };
  const store = new ArtifactStore();
  const entries = async (): Promise<unknown> => {
    const found = (await store.of([artifact]))(artifact.path);
    return found && Object.fromEntries(found);
  };
  expect(await entries()).toBeUndefined();
  writeFileSync(path, JSON.stringify({ results: [{ id: 'a' }, { id: 2 }] }));
  expect(await entries()).toEqual({ a: 'A' });
  expect(await entries()).toEqual({ a: 'A' });
  expect(reads).toBe(2);
  writeFileSync(path, JSON.stringify({ results: [{ id: 'a' }, { id: 'bc' }] }));
  expect(await entries()).toEqual({ a: 'A', bc: 'BC' });
  rmSync(path);
  expect(await entries()).toBeUndefined();
});
