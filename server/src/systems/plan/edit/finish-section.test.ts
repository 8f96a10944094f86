import { expect, test } from 'vitest';
import { withEdits, type PlanEdit } from '../../../core/plan-edit.ts';
import { finishAtRandom } from '../fixtures/finish-at-random.ts';
import { editedPlan, openPlan } from '../fixtures/open-plan.ts';
import { plan } from '../index.ts';

const date = '2026-11-29';
const load = '### Load 🚧 IN PROGRESS\n\nAll orders.\n\n#### How\n\n```\n### no heading\n```';
const open = (section: string): string => `# Plan\n\n## Build\n\n${section}\n\n### Show 📋\n\nWith charts.\n`;
const rest = '# Plan\n\n## Build\n\n### Show 📋\n\nWith charts.\n';

/** What becomes of a document and of the one of finished tasks; the sentence that refuses it. */
function completed(from: string, to: string, item: string): readonly string[] | string {
  const [here, there] = [openPlan(from), openPlan(to, '/w/completed.md')];
  const outcome = plan.editPlan!(here, { kind: 'complete', item, date }, there);
  if (outcome.kind === 'refused') return outcome.message;
  return [here, there].map(({ source }) =>
    withEdits(
      source.text,
      outcome.edits.filter(({ path }) => path === source.path),
    ),
  );
}

const body = load.slice(load.indexOf('\n'));
const done = '# Completed\n\n## Early\n\n';

test.each<[name: string, section: string, before: string, after: string, item?: string]>([
  ['a sign behind', load, `${done}### Old ✅\n\nText.\n`, `${done}### Old ✅\n\nText.\n\n### Load (${date}) ✅${body}\n`],
  ['a sign before', load, `${done}### ✅ Old\n`, `${done}### ✅ Old\n\n### ✅ Load (${date})${body}\n`],
  ['a word', load, `${done}### Old (Shipped)\n`, `${done}### Old (Shipped)\n\n### Load (${date}) (Shipped)${body}\n`],
  ['a word with the day', load, `${done}### Old - done\n### Older (✅ July 2025)\n`, `${done}### Old - done\n### Older (✅ July 2025)\n### Load (✅ November 2026)${body}\n`],
  ['the day in its manner', load, `${done}### Old (July 3, 2025) ✅\n`, `${done}### Old (July 3, 2025) ✅\n\n### Load (November 29, 2026) ✅${body}\n`],
  ['the newest first', load, `${done}### B (2026-02-01) ✅\n\nText.\n\n### A (2026-01-01) ✅\n`, `${done}### Load (${date}) ✅${body}\n\n### B (2026-02-01) ✅\n\nText.\n\n### A (2026-01-01) ✅\n`],
  ['the group of the same name', load, `${done}### A ✅\n\n## Build\n\n### B ✅\n\n## End\n`, `${done}### A ✅\n\n## Build\n\n### B ✅\n\n### Load (${date}) ✅${body}\n\n## End\n`],
  ['another level', load, '# Completed\n\n## Old ✅\n', `# Completed\n\n## Old ✅\n\n## Load (${date}) ✅${body.replace('####', '###')}\n`],
  ['other line breaks', load, `${done}### Old ✅\n`.replaceAll('\n', '\r\n'), `${done}### Old ✅\n\n### Load (${date}) ✅${body}\n`.replaceAll('\n', '\r\n')],
  ['no tasks yet', load, '# Completed\n\nWhat we did.\n', `# Completed\n\nWhat we did.\n\n## Load (${date}) ✅${body.replace('####', '###')}\n`],
  ['nothing', load, '', `### Load (${date}) ✅${body}\n`],
  ['a line with the day', '### Load\n**Priority**: P0\n**Effort**: 3 d', `${done}### Old ✅\n**Completed**: July 2025\n`, `${done}### Old ✅\n**Completed**: July 2025\n\n### Load ✅\n**Completed**: November 2026\n**Priority**: P0\n**Effort**: 3 d\n`],
  ['a line with the day, set apart', '### Load\nText', `${done}### Old ✅\n\n- **Completed:** July 2025\n`, `${done}### Old ✅\n\n- **Completed:** July 2025\n\n### Load ✅\n\n- **Completed:** November 2026\n\nText\n`],
  ['a line with the day in both', '### Load\n\n**Finished**: 2025-01-01\n\nText', `${done}### Old ✅\n\n**Completed**: 1.7.2025\n`, `${done}### Old ✅\n\n**Completed**: 1.7.2025\n\n### Load ✅\n\n**Completed**: 29.11.2026\n\nText\n`],
  ['a line with the status', '### Load\n\n**Status**: 🔄 WIP\n**Priority**: P1\n\nText', `${done}### Old\n\n**Status**: ✅ Shipped\n**Priority**: P2\n`, `${done}### Old\n\n**Status**: ✅ Shipped\n**Priority**: P2\n\n### Load (${date})\n\n**Status**: ✅ Shipped\n**Priority**: P1\n\nText\n`],
  ['a line with the status and the day', '### Load\n\n**Status**: _WIP_\n**Priority**: P1\n\nText', `${done}### Old\n\n**Status**: Done (2026-01-01)\n**Priority**: P2\n`, `${done}### Old\n\n**Status**: Done (2026-01-01)\n**Priority**: P2\n\n### Load\n\n**Status**: _Done (${date})_\n**Priority**: P1\n\nText\n`],
  ['a sign where a line says the status', '### Load\n\n- Status: WIP\n- Owner: Ann\n\nText', `${done}### Old ✅\n`, `${done}### Old ✅\n\n### Load (${date}) ✅\n\n- Status: ✅ Done\n- Owner: Ann\n\nText\n`],
  ['its priority', '### P0: **Load** [x](y) - WIP ###\n\nText', `${done}### Old ✅\n`, `${done}### Old ✅\n\n### **Load** [x](y) (${date}) (P0) ✅ ###\n\nText\n`, 'build/load-x'],
  ['a table, where the lines below it are facts', '### Load ✅\n\n- **Priority**: P1\n- Owner: Ann | Effort: 2 d', '# Completed\n\n| Task | Owner | Date | Status |\n|--|--|--|--|\n| Old | Bo | 2026-01-01 | ✅ |\n', `# Completed\n\n| Task | Owner | Date | Status |\n|--|--|--|--|\n| Old | Bo | 2026-01-01 | ✅ |\n| Load | Ann | ${date} | ✅ |\n`],
  ['a table, where text below it would be lost', '### Load ✅\n\n- **Priority**: P1\n\nText', '# Completed\n\n| Task | Status |\n|--|--|\n| Old | ✅ |\n', 'more than a line belongs to `Load`, and finished tasks stand in a table there; move it by hand'],
  ['a list, where code below it would be lost', '### Load ✅\n\n**Priority**: P1\n\n```\ncode\n```', '# Completed\n\n- ✅ **Old**: it works\n', 'more than a line belongs to `Load`, and finished tasks stand in a list there; move it by hand'],
  ['a list, without more below it', '### Load 🚧 IN PROGRESS', '# Completed\n\n- ✅ **Old**: it works\n', `# Completed\n\n- ✅ **Old**: it works\n- ✅ **Load** (${date})\n`],
  ['the newest first, by their months', '### Load\n\nText', `${done}### B ✅\n\nDate: Feb 3, 2026\n\n### A ✅\n\nDate: Dec 24, 2025\n`, `${done}### Load ✅\n\nDate: Nov 29, 2026\n\nText\n\n### B ✅\n\nDate: Feb 3, 2026\n\n### A ✅\n\nDate: Dec 24, 2025\n`],
  ['sections with bullets', load, '# Completed tasks\n\n## Early\n\n### Old ✅\n\n- fast\n- sure\n', `# Completed tasks\n\n## Early\n\n### Old ✅\n\n- fast\n- sure\n\n### Load (${date}) ✅${body}\n`],
  ['no phase', load, '# Completed tasks\n\n## Phase 1 ✅\n\n- fast\n- sure\n', 'more than a line belongs to `Load`, and finished tasks stand in a list there; move it by hand'],
  ['no section of several tasks', load, '# Completed tasks\n\n## Early ✅\n\n- [x] fast\n- [x] sure\n', 'more than a line belongs to `Load`, and finished tasks stand in a list there; move it by hand'],
  ['the newest first, without more below it', '### Load', `${done}### B (2026-02-01) ✅\n\n### A (2026-01-01) ✅\n`, `${done}### Load (${date}) ✅\n\n### B (2026-02-01) ✅\n\n### A (2026-01-01) ✅\n`],
  ['no tasks yet, without more below it', '### Load', '# Completed\n', `# Completed\n\n- [x] Load (${date})\n`],
  ['a heading, without more below it', '### Load (WIP)', `${done}### Old (July 2025) ✅\n\nText.\n`, `${done}### Old (July 2025) ✅\n\nText.\n\n### Load (November 2026) ✅\n`],
])('moves a section to finished ones: %s', (_name, section, before, after, item = 'build/load') => {
  const marked = /status/i.test(section) ? section : section.replace(/^### Load$/m, '### Load 🚧');
  const isRefused = after.endsWith('by hand');
  expect(completed(open(marked), before, item)).toEqual(isRefused ? after : [rest, after]);
}); // prettier-ignore

test('finishes a heading that is underlined', () => {
  const here = '# Plan\n\nLoad ✅\n---\n\nText\n\n## Show\n';
  const there = '# Completed\n\n## Old (DONE)\n';
  expect(completed(here, there, 'plan/load')).toEqual([
    '# Plan\n\n## Show\n',
    `${there}\nLoad (${date}) (DONE)\n---\n\nText\n`,
  ]);
});

test('moves a section to where bullets are tasks', () => {
  const there = '# Completed tasks\n\n## Early\n\n### Old ✅\n\nText\n';
  const section = '### Load 🚧\n\n- one\n- two';
  expect(completed(open(section), there, 'build/load')).toEqual([
    rest,
    `${there}\n### Load (${date}) ✅\n\n- one\n- two\n`,
  ]);
});

test('takes no word for a status that a longer one beside it says', () => {
  const there = `${done}### Old\n\n**Status**: Done, see the log\n**Priority**: P2\n`;
  const section = '### Load\n\n**Status**: WIP\n**Priority**: P1';
  expect(completed(open(section), there, 'build/load')).toEqual([
    rest,
    `${there}\n### Load (${date})\n\n**Status**: Done\n**Priority**: P1\n`,
  ]);
});

test.each<[string, string, string, string]>([
  ['behind its last task', 'build/show', `${rest}\n## Done\n\n### Old ✅\n\nText\n`, `# Plan\n\n## Build\n\n## Done\n\n### Old ✅\n\nText\n\n### Show (${date}) ✅\n\nWith charts.\n`],
  ['where it has none', 'build/show', `${rest}\n## Done\n\n## End\n`, `# Plan\n\n## Build\n\n## Done\n\n### Show (${date}) ✅\n\nWith charts.\n\n## End\n`],
  ['before the tasks', 'build/show', `# Plan\n\n## Done\n\n## Build\n\n### Show 📋\n\nWith charts.\n`, `# Plan\n\n## Done\n\n### Show (${date}) ✅\n\nWith charts.\n\n## Build\n`],
  ['in sections of its own', 'build/show', `${rest}\n## Done\n\n### 2026\n\n#### Old ✅\n`, `# Plan\n\n## Build\n\n## Done\n\n### 2026\n\n#### Old ✅\n\n#### Show (${date}) ✅\n\nWith charts.\n`],
  ['where it is already', '2026/old', `# Plan\n\n## Done\n\n### 2026\n\n#### Old ✅\n\nText\n`, '`Old` is among the finished tasks already'],
  ['but not below a task that is done', 'build/show', `${rest}\n### Old (DONE)\n\nText\n`, 'no document or section keeps finished tasks; write one, or name the document that they go to'],
  ['but not below its own headings', 'build/show', `${rest}\n#### Done so far\n\nText\n`, 'no document or section keeps finished tasks; write one, or name the document that they go to'],
])('moves a section to the finished ones of its own document: %s', (_name, item, before, after) => {
  expect(editedPlan(before, { kind: 'complete', item, date } satisfies PlanEdit)).toBe(after);
}); // prettier-ignore

/** The same with more: `test/agreement/plan-edits.test.ts`. */
test('tasks at random are finished as they are written, and not a byte more changes', () => {
  const outcomes = Array.from({ length: 80 }, (_, seed) => finishAtRandom(seed));
  const sum = (of: 'made' | 'sections'): number => outcomes.reduce((all, outcome) => all + outcome[of], 0);
  expect(sum('made')).toBeGreaterThan(150);
  expect(sum('sections')).toBeGreaterThan(35);
});
