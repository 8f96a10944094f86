import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

async function versionOf(required: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const line = required === '' ? '' : `require-dbt-version: ${required}\n`;
  const texts = { '/w/dbt_project.yml': `name: shop\n${line}`, '/w/models/a.sql': 'select 1', ...files };
  const { platform } = await openFixture([dbt], texts);
  const found = platform.projectOf('/w/models/a.sql')?.version;
  return found ? `${found.version} ${found.source}` : '';
}

test.each([
  ['"=1.9.2"', '1.9.2'],
  ['">=1.7.5,<1.8.0"', '1.7.5'],
  ['[">1.6.0", "<=1.8.3"]', '1.8.3'],
  ['">=2.0.0"', '2.0.0'],
  ['[">=1.5.0", "<1.11.0"]', '1.10.0'],
])('the newest that fits %s is %s', async (required, version) => {
  expect(await versionOf(required)).toBe(`${version} from \`require-dbt-version\``);
});

test.each(['', '">=1.3.0"', '[">=1.3.0", "<2.0.0"]', '"{{ x }}"', '">=3.0.0"', '"<1.0.0,>2.0.0"'])(
  '%j tells of none',
  async (required) => {
    expect(await versionOf(required)).toBe('');
  },
);

test('what is pinned beside the project counts first, and decides what is refused', async () => {
  const files = { '/w/requirements.txt': 'dbt-core==2.0.0\ndbt-duckdb\n' };
  expect(await versionOf('"=1.9.2"', files)).toBe('2.0.0 from requirements.txt');
  const { platform, files: disk } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1 as id',
    '/w/models/m.yml': 'models:\n  - name: a\n    desciption: x\n',
    ...files,
  });
  const severities = (): readonly string[] =>
    platform.findings('/w/models/m.yml').map(({ severity }) => severity);
  expect(severities()).toEqual(['error']);
  disk.texts.set('/w/requirements.txt', 'dbt-core==1.10.0\n');
  platform.update(['/w/requirements.txt']);
  expect(severities()).toEqual(['warning']);
});
