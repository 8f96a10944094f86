import { expect, test } from 'vitest';
import { isInside } from './path.ts';
import { pinnedVersion } from './pinned-version.ts';
import type { ToolVersion } from './system.ts';

/** What `files`, by their path, pin for the project in `/w/dbt/shop`, where `/w` is the workspace. */
function pinnedIn(files: Readonly<Record<string, string>>): ToolVersion | undefined {
  return pinnedVersion(
    '/w/dbt/shop',
    { read: (path) => files[path] ?? '', isCovered: (folder) => isInside(folder, '/w') },
    ['dbt-core', 'dbt'],
  );
}

const lock = '[[package]]\nname = "dbt-core"\nversion = "1.10.2"\n';

test.each([
  [{ 'requirements.txt': '# x\ndbt-core==1.9.3\ndbt-duckdb==1.9.1\n' }, '1.9.3', 'requirements.txt'],
  [{ 'requirements.txt': 'dbt==2.0.9 --hash=sha256:1\n' }, '2.0.9', 'requirements.txt'],
  [{ 'requirements.txt': 'dbt-core==2.0.0a4\n' }, '2.0.0a4', 'requirements.txt'],
  [{ 'pyproject.toml': 'dependencies = [\n  "dbt-core[x] == 1.8.0",\n]\n' }, '1.8.0', 'pyproject.toml'],
  [{ 'uv.lock': lock, 'requirements.txt': 'dbt-core==1.9.3\n' }, '1.10.2', 'uv.lock'],
])('%j pins %s in %s', (files: Readonly<Record<string, string>>, version, name) => {
  const placed = Object.fromEntries(
    Object.entries(files).map(([each, text]) => [`/w/dbt/shop/${each}`, text]),
  );
  expect(pinnedIn(placed)).toEqual({ version, source: `from ${name}` });
});

test.each(['dbt-core>=1.9\n', 'dbt-core~=1.9.0\n', 'dbt-duckdb==1.9.1\n', 'not-dbt==1.9.1\n'])(
  '%j pins nothing',
  (text) => {
    expect(pinnedIn({ '/w/dbt/shop/requirements.txt': text })).toBeUndefined();
  },
);

test('the nearest folder up to the workspace’s that pins something counts', () => {
  const older = lock.replace('1.10.2', '1.9.0');
  expect(pinnedIn({ '/w/uv.lock': lock })).toEqual({ version: '1.10.2', source: 'from ../../uv.lock' });
  expect(pinnedIn({ '/w/uv.lock': lock, '/w/dbt/poetry.lock': older })).toEqual({
    version: '1.9.0',
    source: 'from ../poetry.lock',
  });
  // A lock file that knows nothing of dbt is none of its.
  expect(pinnedIn({ '/w/uv.lock': lock, '/w/dbt/uv.lock': '[[package]]\nname = "ruff"\n' })).toEqual({
    version: '1.10.2',
    source: 'from ../../uv.lock',
  });
  expect(pinnedIn({ '/uv.lock': lock })).toBeUndefined();
});
