import { expect, test } from 'vitest';
import { SourceFile } from '../../core/source-file.ts';
import { planMemory } from './item-memory.ts';
import type { PlanModel } from './model.ts';
import { readPlan } from './read-plan.ts';

const table = '| Task | Status |\n|--|--|\n| Load `a` | Todo |\n| Load `a` | Done |\n';
const list = '- [ ] Load\n  - [x] from the shop\n- [ ] Load\n';

test.each([
  ['a table', `# Tasks\n\n## Loads\n${table}`],
  ['a list with parts', `# Tasks\n\n## Loads\n${list}`],
  [
    'a list whose entries others tell of',
    `# Tasks\n\n## Loads\n- [ ] Load (@ann)\n  - Priority: High\n${list}`,
  ],
  [
    'two groups, of which one is called as the other one was',
    `# Tasks\n\n## Load\n${list}\n## Loads\n${list}`,
  ],
])('what stands in %s is not read again when its group is called otherwise', (_, text) => {
  const read = (source: SourceFile): PlanModel =>
    readPlan(source.path, source.text, undefined, planMemory(source));
  const opened = new SourceFile('/w/tasks.md', text, new SourceFile('/w/tasks.md', ''));
  const before = read(opened);
  const spans = before.entries.map(({ span }) => span);
  const renamed = text.replace('## Loads', '## Loading').replace('## Load\n', '## Loads\n');
  const after = read(new SourceFile('/w/tasks.md', renamed, opened));
  expect(after).toEqual(readPlan('/w/tasks.md', renamed));
  expect(after.entries.every(({ span }, at) => span === spans[at])).toBe(true);
});
