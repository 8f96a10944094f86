import { expect, test } from 'vitest';
import { pinnedVersion } from './pinned-version.ts';

test.each([
  [{ 'requirements.txt': '# x\ndbt-core==1.9.3\ndbt-duckdb==1.9.1\n' }, '1.9.3', 'requirements.txt'],
  [{ 'requirements.txt': 'dbt==2.0.9 --hash=sha256:1\n' }, '2.0.9', 'requirements.txt'],
  [{ 'requirements.txt': 'dbt-core==2.0.0a4\n' }, '2.0.0a4', 'requirements.txt'],
  [{ 'pyproject.toml': 'dependencies = [\n  "dbt-core[x] == 1.8.0",\n]\n' }, '1.8.0', 'pyproject.toml'],
  [
    {
      'uv.lock': '[[package]]\nname = "dbt-core"\nversion = "1.10.2"\n',
      'requirements.txt': 'dbt-core==1.9.3\n',
    },
    '1.10.2',
    'uv.lock',
  ],
])('%j pins %s in %s', (files: Readonly<Record<string, string>>, version, name) => {
  expect(pinnedVersion((each) => files[each] ?? '', ['dbt-core', 'dbt'])).toEqual({
    version,
    source: `from ${name}`,
  });
});

test.each(['dbt-core>=1.9\n', 'dbt-core~=1.9.0\n', 'dbt-duckdb==1.9.1\n', 'not-dbt==1.9.1\n'])(
  '%j pins nothing',
  (text) => {
    const read = (name: string): string => (name === 'requirements.txt' ? text : '');
    expect(pinnedVersion(read, ['dbt-core', 'dbt'])).toBeUndefined();
  },
);
