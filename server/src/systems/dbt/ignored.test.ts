import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { isIgnored, readIgnored } from './ignored.ts';
import { dbt } from './index.ts';

test.each([
  ['*.sql', 'models/a.sql', true],
  ['a.sql', 'models/deep/a.sql', true],
  ['/a.sql', 'models/a.sql', false],
  ['models/wip', 'models/wip/a.sql', true],
  ['models/wip', 'models/wip2/a.sql', false],
  ['wip/', 'models/wip/a.sql', true],
  ['wip/', 'models/wip', false],
  ['models/**/old.sql', 'models/x/y/old.sql', true],
  ['models/**/old.sql', 'models/old.sql', true],
  ['models/**', 'models/old.sql', true],
  ['models/?.sql', 'models/a.sql', true],
  ['models/[ab].sql', 'models/c.sql', false],
  ['models/[!ab].sql', 'models/c.sql', true],
  ['*.sql\n!keep.sql', 'models/keep.sql', false],
  ['# models\n\nx(1).sql', 'models/x(1).sql', true],
  ['/', 'models/a.sql', false],
  ['[z-a].sql', 'models/b.sql', false],
])('%j leaves out %s: %s', (lines, path, expected) => {
  expect(isIgnored(path, readIgnored(lines))).toBe(expected);
});

test('what .dbtignore names is nobody’s model, and an edit of it counts at once', async () => {
  const { platform, files } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/.dbtignore': 'wip/\n',
    '/w/models/a.sql': 'select 1',
    '/w/models/wip/b.sql': "select * from {{ ref('nothing') }}",
  });
  expect(platform.has('/w/models/wip/b.sql')).toBe(false);
  files.texts.set('/w/.dbtignore', 'a.sql\n');
  platform.update(['/w/.dbtignore']);
  expect([platform.has('/w/models/a.sql'), platform.has('/w/models/wip/b.sql')]).toEqual([false, true]);
  files.texts.delete('/w/.dbtignore');
  platform.update(['/w/.dbtignore']);
  expect([platform.has('/w/models/a.sql'), platform.has('/w/models/wip/b.sql')]).toEqual([true, true]);
});
