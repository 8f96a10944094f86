import { expect, test } from 'vitest';
import { openFixture } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

async function found(project: string, path: string): Promise<readonly string[]> {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': project, [path]: 'select 1' });
  return platform.findings(path).map(({ severity, code }) => `${severity} ${code}`);
}

test('a file whose name has a space is refused, unless a flag says otherwise', async () => {
  expect(await found('name: shop\n', '/w/models/my orders.sql')).toEqual(['error dbt/invalid-name']);
  expect(await found('name: shop\n', '/w/seeds/my orders.csv')).toEqual(['error dbt/invalid-name']);
  expect(await found('name: shop\n', '/w/models/my folder/orders.sql')).toEqual([]);
  const flags = 'name: shop\nflags: { require_resource_names_without_spaces: false }\n';
  expect(await found(flags, '/w/models/my orders.sql')).toContain('warning dbt/invalid-name');
});
