import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { withEdits } from '../../core/plan-edit.ts';
import { prepareRename, rename } from '../../language/rename.ts';
import { systems } from '../index.ts';

const tasks = `# Tasks
## Loading
| Task | Status | Dependencies |
|--|--|--|
| **Load orders** | Open | |
| Step 2: Load items | Open | Load orders complete, Budget |
`;
const ideas = `# Ideas
| Task | Status | Depends on |
|--|--|--|
| Show the orders | Planned | load orders |
| Show the items | Planned | Step 2 |
`;
const penstock = `plan: [tasks.md, ideas.md]
checks:
  a: { file: x, items: [loading/load-orders, loading/step-2-load-items] }
  b:
    file: y
    items:
      - loading/load-orders
`;
const texts = { '/w/tasks.md': tasks, '/w/ideas.md': ideas, '/w/penstock.yaml': penstock };

/** The texts after a rename at a text of a file; the sentence that refuses it. */
async function renamed(path: keyof typeof texts, at: string, newName: string): Promise<unknown> {
  const { platform } = await openFixture(systems, texts);
  const found = rename(platform, path, texts[path].indexOf(at) + 3, newName);
  if (!found || 'refused' in found) return found?.refused;
  return Object.fromEntries(
    Object.entries(texts).flatMap(([each, text]) => {
      const own = found.edits.filter((edit) => edit.path === each);
      return own.length === 0 ? [] : [[each, withEdits(text, own)]];
    }),
  );
}

const expected = {
  '/w/tasks.md': tasks
    .replace('**Load orders**', '**Fetch sales**')
    .replace('Load orders complete', 'Fetch sales complete'),
  '/w/ideas.md': ideas.replace('load orders', 'Fetch sales'),
  '/w/penstock.yaml': penstock.replaceAll('loading/load-orders', 'loading/fetch-sales'),
};

test.each([
  ['/w/tasks.md', 'Load orders**'],
  ['/w/tasks.md', 'Load orders complete'],
  ['/w/ideas.md', 'load orders'],
  ['/w/penstock.yaml', 'loading/load-orders'],
] as const)('renames a task from %s at %s, wherever it is named', async (path, at) => {
  expect(await renamed(path, at, 'Fetch sales')).toEqual(expected);
});

test('leaves dependencies alone that still mean the task', async () => {
  expect(await renamed('/w/tasks.md', 'Step 2: Load items', 'Step 2: Fetch items')).toEqual({
    '/w/tasks.md': tasks.replace('Load items', 'Fetch items'),
    '/w/penstock.yaml': penstock.replace('step-2-load-items', 'step-2-fetch-items'),
  });
});

test.each([
  ['Step 2: Load items', 'there is a task `Step 2: Load items` under `Loading` already; choose another name'],
  ['a | b', '`|` cannot stand in the name of a task'],
  ['Load this, that', 'what waits for the task could not name `Load this, that`; choose plainer words'],
  ['', 'the name of a task cannot be empty'],
])('refuses %j: %s', async (newName, refused) => {
  expect(await renamed('/w/tasks.md', 'Load orders**', newName)).toBe(refused);
});

test('offers the title to begin with, also where the id stands', async () => {
  const { platform } = await openFixture(systems, texts);
  const start = penstock.indexOf('loading/load-orders');
  expect(prepareRename(platform, '/w/penstock.yaml', start + 2)).toEqual({
    span: { start, end: start + 'loading/load-orders'.length },
    placeholder: 'Load orders',
  });
  expect(prepareRename(platform, '/w/tasks.md', tasks.indexOf('Budget') + 2)).toBeUndefined();
});
