import { expect, test } from 'vitest';
import { BlockTexts } from './block-texts.ts';
import { EntryMemory } from './entry-memory.ts';
import type { PlanMemory } from './item-memory.ts';
import { PieceMemory } from './piece-memory.ts';
import { readPlan } from './read-plan.ts';

const table = '| Task | Status |\n|--|--|\n| Load `a` | Todo |\n| Load `a` | Done |\n';
const list = '- [ ] Load\n  - [x] from the shop\n- [ ] Load\n';

test.each([
  ['a table', `# Tasks\n\n## Loads\n${table}`],
  ['a list with parts', `# Tasks\n\n## Loads\n${list}`],
  [
    'two groups, of which one is called as the other one was',
    `# Tasks\n\n## Load\n${list}\n## Loads\n${list}`,
  ],
])('what stands in %s is not read again when its group is called otherwise', (_, text) => {
  const memory: PlanMemory = {
    pieces: new PieceMemory(),
    texts: new BlockTexts(),
    entries: new EntryMemory(),
  };
  const before = readPlan('/w/tasks.md', text, undefined, memory);
  const spans = before.entries.map(({ span }) => span);
  const renamed = text.replace('## Loads', '## Loading').replace('## Load\n', '## Loads\n');
  const after = readPlan('/w/tasks.md', renamed, undefined, memory);
  expect(after).toEqual(readPlan('/w/tasks.md', renamed));
  expect(after.entries.every(({ span }, at) => span === spans[at])).toBe(true);
});
