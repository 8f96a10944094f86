import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command } from '../core/step.ts';
import { silentLog } from '../core/log.ts';
import { fromFsPath } from '../files/node-files.ts';
import type { ServicePlace } from '../runs/service-runner.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { compose } from '../systems/compose/index.ts';
import { dbt } from '../systems/dbt/index.ts';
import { servicePlaces } from '../runs/service-places.ts';
import { openFolder } from './workspace.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
  mkdirSync(workspace.path('dbt'));
  workspace.write('dbt/dbt_project.yml', 'name: shop\nversion: "1"\nprofile: shop\n');
});
afterEach(() => workspace.remove());

async function placesOf(
  files: Readonly<Record<string, string>>,
  program = 'dbt',
): Promise<ReturnType<ReturnType<typeof servicePlaces>>> {
  for (const [name, text] of Object.entries(files)) workspace.write(name, text);
  const systems = [dbt, compose];
  const platform = await openFolder({ systems, folder: workspace.folder, log: silentLog });
  const command: Command = {
    kind: 'command',
    executable: { name: program, install: '' },
    args: [],
    cwd: fromFsPath(workspace.path('dbt')),
    writes: [],
    cancel: [],
  };
  return servicePlaces(systems, platform.facts)(command);
}

const mounting = `
services:
  docs:
    image: example/dbt-docs:1
    volumes: [./dbt:/project]
  dbt:
    image: example/dbt:1
    profiles: [tools]
    volumes: [./dbt:/project, warehouse:/data]
volumes:
  warehouse:
`;

test('the service of the tool comes first, with its folder, profiles and mounts', async () => {
  const [first, second] = (await placesOf({ 'compose.yaml': mounting })) as readonly ServicePlace[];
  expect(second?.service).toBe('docs');
  expect(first).toMatchObject({
    service: 'dbt',
    project: { folder: workspace.folder, files: [], profiles: ['tools'] },
    mounts: [{ inside: '/project', here: workspace.path('dbt') }],
  });
  expect(first?.inside(fromFsPath(workspace.path('dbt/models')))).toBe('/project/models');
  expect(first?.inside(fromFsPath(workspace.path('elsewhere')))).toBeUndefined();
  expect(first?.toHost('/project/models/a.sql')).toBe(workspace.path('dbt/models/a.sql'));
  expect(first?.toHost('/data/shop.duckdb')).toBeUndefined();
});

test('a file that compose does not look for is named', async () => {
  const [first] = (await placesOf({ 'compose.prod.yaml': mounting })) as readonly ServicePlace[];
  expect(first?.project.files).toEqual([workspace.path('compose.prod.yaml')]);
});

test('a program that no system is for, and a project that nothing mounts, are at home here', async () => {
  expect(await placesOf({ 'compose.yaml': mounting }, 'sh')).toEqual([]);
  expect(await placesOf({ 'compose.yaml': 'services: {}\n' })).toEqual([]);
});

test('what cannot be known has its reason', async () => {
  const built = 'services:\n  dbt:\n    build: ./dbt\n';
  expect(await placesOf({ 'compose.yaml': built })).toEqual({
    unknown: expect.stringContaining('is built from this folder'),
  });
});
