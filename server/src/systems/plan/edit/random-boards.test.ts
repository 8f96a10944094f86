import { expect, test } from 'vitest';
import { withEdits, type PlanEdit } from '../../../core/plan-edit.ts';
import type { PlanItem } from '../../../core/plan.ts';
import { openPlan } from '../fixtures/open-plan.ts';
import { createRandom, type Random } from '../fixtures/random.ts';
import { plan } from '../index.ts';
import { columnOf } from '../lanes.ts';

const columns = ['To do', 'Backlog (3)', '🚧 Doing', 'In review', 'Blocked', 'Done ✓', 'Completed'];

/** A board whose cards are boxes or bullets, some with signs, owners and parts; some columns are empty. */
function randomBoard(random: Random): string {
  const eol = random.of(['\n', '\r\n']);
  const gap = random.of([[], [''], ['', '']]);
  const hasBoxes = random.chance(0.6);
  const bullet = random.of(['-', '*']);
  const card = (name: string): readonly string[] => [
    `${bullet} ${hasBoxes ? random.of(['[ ] ', '[ ] ', '[x] ', '[ ] 🚧 ', '[/] ']) : random.of(['', '', '✅ '])}${random.chance(0.1) ? `~~${name}~~` : name}${random.of(['', '', ' (@ann)', ' (P1)', ' #tag', ' (in progress)', ' – done'])}`,
    ...(random.chance(0.2) ? [`  ${bullet} ${hasBoxes ? '[ ] ' : ''}part of ${name}`] : []),
    ...(random.chance(0.1) ? ['  more of it'] : []),
    ...(random.chance(0.1)
      ? [`  ${bullet} Status: ${random.of(['Planned', 'In progress', 'Blocked'])}`]
      : []),
  ];
  const chosen = columns.filter((column) => ['To do', 'Done ✓'].includes(column) || random.chance(0.5));
  const lines = chosen.flatMap((column, at) => [
    `## ${column}`,
    ...(random.chance(0.15) ? ['', '**Below**'] : []),
    ...gap,
    ...Array.from({ length: random.below(4) }, (_, index) => card(`card ${at}${index}`)).flat(),
    ...gap,
  ]);
  return ['# Shop board', '', ...lines].join(eol) + random.of(['', eol]);
}

const said = ({ title, status, owner, priority }: PlanItem): string =>
  [title, status, owner, priority].join('|');

/** The lines that are not blank, of cards and lines of a status without what says it, sorted. */
const words = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => /(?:part of )?card \d+|Status(?=:)/.exec(line)?.[0] ?? line.trim())
    .filter((line) => line !== '')
    .toSorted();

test('cards that are marked or moved at random are what was meant, others stay, and no line is lost', () => {
  let made = 0;
  let moved = 0;
  for (let seed = 0; seed < 150; seed++) {
    const random = createRandom(seed);
    let file = openPlan(randomBoard(random));
    for (let turn = 0; turn < 8 && file.model.plan.items.length > 0; turn++) {
      const { items } = file.model.plan;
      const item = random.of(items.filter(({ parent }) => parent === undefined));
      const edit: PlanEdit = random.chance(0.6)
        ? {
            kind: 'status',
            item: item.id,
            status: random.of(['planned', 'in-progress', 'done', 'blocked', 'skipped']),
          }
        : { kind: 'move', item: item.id, place: { kind: 'end', group: random.of(file.model.columns).group } };
      const outcome = plan.editPlan!(file, edit);
      if (outcome.kind === 'refused') continue;
      const before = file;
      file = openPlan(withEdits(before.source.text, outcome.edits));
      const now = file.model.plan.items.find(({ id }) => id === item.id)!;
      const what = `seed ${seed}: ${JSON.stringify(edit)}\n${before.source.text}\n=>\n${file.source.text}`;
      if (edit.kind === 'status') expect(now.status, what).toBe(edit.status);
      else if (edit.kind === 'move' && edit.place.kind === 'end' && now.group !== item.group) {
        expect(now.group, what).toBe(edit.place.group);
        // A word beside its title or a line in it goes along.
        expect([columnOf(before.model, now.group)?.lane, item.status], what).toContain(now.status);
      }
      const others = (all: readonly PlanItem[]): readonly string[] =>
        all.filter(({ id }) => id !== item.id).map(said).toSorted(); // prettier-ignore
      expect(others(file.model.plan.items), what).toEqual(others(items));
      expect(words(file.source.text), what).toEqual(words(before.source.text));
      expect(file.source.text.includes('\r\n'), what).toBe(before.source.text.includes('\r\n'));
      made++;
      if (now.group !== item.group) moved++;
    }
  }
  expect(made).toBeGreaterThan(600);
  expect(moved).toBeGreaterThan(400);
});
