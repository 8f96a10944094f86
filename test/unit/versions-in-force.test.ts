import { expect, test } from 'vitest';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { silentLog } from '../../server/src/core/log.ts';
import { Platform } from '../../server/src/core/platform.ts';
import type { ToolVersion, Versions } from '../../server/src/core/system.ts';
import { systems } from '../../server/src/systems/index.ts';
import { MemoryFiles } from '../support/memory-files.ts';

interface World {
  readonly installed?: ToolVersion;
  readonly chosen?: Versions;
}

async function open(
  texts: Readonly<Record<string, string>>,
  { installed, chosen = {} }: World = {},
): Promise<{ platform: Platform; files: MemoryFiles }> {
  const files = new MemoryFiles({ '/w/shop/dbt_project.yml': 'name: shop\n', ...texts });
  const platform = new Platform({
    systems,
    files,
    log: silentLog,
    pause: async () => {},
    versionOf: () => installed,
    versions: () => chosen,
  });
  await platform.load(['/w'], neverCancelled);
  return { platform, files };
}

function dbtOf(platform: Platform): string {
  const { version } = platform.projects().find(({ system }) => system === 'dbt')!;
  return version ? `${version.version} ${version.source}` : 'not known';
}

const lock = (version: string): string => `[[package]]\nname = "dbt-core"\nversion = "${version}"\n`;
const yaml = { '/w/penstock.yaml': 'versions:\n  dbt: 1.10\n  meltano: "3.9"\n' };
const chosen = { dbt: '1.9' };

test('the version in force is the installed one, else the pinned, the required, the one that settings say, that penstock.yaml says', async () => {
  const version = async (texts: Readonly<Record<string, string>>, world?: World): Promise<string> =>
    dbtOf((await open(texts, world)).platform);
  const required = { '/w/shop/dbt_project.yml': 'name: shop\nrequire-dbt-version: "=1.8.1"\n' };
  const locked = { '/w/uv.lock': lock('1.11.2') };
  const installed = { version: '2.0.0', source: 'from .venv' };
  expect(await version({})).toBe('not known');
  expect(await version(yaml)).toBe('1.10 from penstock.yaml');
  expect(await version(yaml, { chosen })).toBe('1.9 from the settings');
  expect(await version({ ...yaml, ...required }, { chosen })).toBe('1.8.1 from `require-dbt-version`');
  expect(await version({ ...yaml, ...required, ...locked }, { chosen })).toBe('1.11.2 from ../uv.lock');
  expect(await version({ ...yaml, ...required, ...locked }, { chosen, installed })).toBe('2.0.0 from .venv');
});

test('the nearest penstock.yaml counts, and one beside the project says nothing of it', async () => {
  const inner = { '/w/shop/penstock.yaml': 'versions: { dbt: "2.0" }\n' };
  expect(dbtOf((await open({ ...yaml, ...inner })).platform)).toBe('2.0 from penstock.yaml');
  const beside = { '/w/other/penstock.yaml': 'versions: { dbt: "2.0" }\n' };
  expect(dbtOf((await open(beside)).platform)).toBe('not known');
});

test('a change of penstock.yaml, or of a lock file above, has the project read again', async () => {
  const properties = '/w/shop/models/m.yml';
  const { platform, files } = await open({
    '/w/shop/models/a.sql': 'select 1 as id',
    [properties]: 'models:\n  - name: a\n    desciption: x\n',
  });
  const change = (path: string, text: string | undefined): readonly string[] => {
    if (text === undefined) files.texts.delete(path);
    else files.texts.set(path, text);
    platform.update([path]);
    return platform.findings(properties).map(({ severity }) => severity);
  };
  expect(change('/w/penstock.yaml', 'versions: { dbt: "2.0" }\n')).toEqual(['error']);
  expect(change('/w/penstock.yaml', 'versions: { dbt: "1.10" }\n')).toEqual(['warning']);
  expect(change('/w/uv.lock', lock('2.0.1'))).toEqual(['error']);
  expect(dbtOf(platform)).toBe('2.0.1 from ../uv.lock');
  expect(change('/w/uv.lock', undefined)).toEqual(['warning']);
  expect(change('/w/penstock.yaml', undefined)).toEqual(['warning']);
  expect(dbtOf(platform)).toBe('not known');
});
