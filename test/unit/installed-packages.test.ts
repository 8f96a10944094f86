import { expect, test } from 'vitest';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import { openFixture } from '../support/check.ts';

test('names stay silent until packages are installed, are checked then, and silent again when they go', async () => {
  const { platform, files } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/packages.yml': 'packages:\n- package: acme/tools\n  version: 1.0.0\n',
    '/w/models/a.sql': "select * from {{ ref('from_package') }} join {{ ref('nowhere') }} using (id)",
  });
  const found = (): string[] =>
    platform.findings('/w/models/a.sql').map((finding) => finding.message.split('`')[1]!);
  expect(found()).toEqual([]);
  const installed = [
    '/w/dbt_packages/tools/dbt_project.yml',
    '/w/dbt_packages/tools/models/from_package.sql',
  ];
  files.texts.set(installed[0]!, 'name: tools\n');
  files.texts.set(installed[1]!, "select {{ ref('broken_inside') }}");
  platform.update(installed);
  expect(found()).toEqual(['nowhere']);
  expect(platform.findings(installed[1]!)).toEqual([]);
  for (const path of installed) files.texts.delete(path);
  platform.update(installed);
  expect(found()).toEqual([]);
});
