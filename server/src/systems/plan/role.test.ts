import { expect, test } from 'vitest';
import { roleOf } from './role.ts';

test.each([
  ['/w/PROJECT_HISTORY.md', 'Shop', 'completed'],
  ['/w/a.md', 'History of the shop', 'completed'],
  ['/w/order-history-plan.md', 'Order History Plan', 'outstanding'],
  ['/w/a.md', 'Search history tasks', 'outstanding'],
  ['/w/SETUP_COMPLETE.md', 'Shop', 'completed'],
])('tells what %s called %j is for', (path, title, role) => {
  expect(roleOf(title, path)).toBe(role);
});
