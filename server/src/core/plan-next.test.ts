import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan, PlanItem } from './plan.ts';
import { nothingKnown } from './plan-links.ts';
import {
  effortRank,
  findCycles,
  orderPlan,
  PlanOrderer,
  priorityRank,
  type StandingItem,
} from './plan-next.ts';
import { joinPlans } from './plan-set.ts';

const span = { start: 0, end: 0 };

function plan(path: string, items: readonly Partial<PlanItem>[], more: Partial<Plan> = {}): Plan {
  const all = items.map((item, at): PlanItem => ({
    id: item.title ?? '',
    title: '',
    group: 'g',
    status: 'planned',
    statusText: '',
    priority: undefined,
    effort: undefined,
    dependencies: [],
    location: { path, span: { start: at, end: at } },
    statusSpan: span,
    ...item,
  }));
  return {
    path,
    title: 'Plan',
    items: all,
    groups: ['g'],
    readiness: [],
    criteria: [],
    blockers: [],
    risks: [],
    updated: undefined,
    claimedOverall: undefined,
    role: 'outstanding',
    review: undefined,
    updatedSpan: undefined,
    links: [],
    phases: [],
    facts: [],
    ...more,
  };
}

/** The titles of what is next. */
function next(...plans: readonly Plan[]): readonly string[] {
  return orderPlan(joinPlans(plans), nothingKnown).next.map(({ item }) => item.title);
}

test('an item is next again once its parts are none of its any more, and their group is called the same', () => {
  const orderer = new PlanOrderer();
  const said = (read: Partial<PlanItem>): readonly string[] =>
    orderer
      .order(joinPlans([plan('/w/tasks.md', [{ title: 'Load' }, { title: 'Read', ...read }])]), nothingKnown)
      .next.map(({ item }) => item.title);
  expect(said({ parent: 'Load' })).toEqual(['Read']);
  expect(said({})).toEqual(['Load', 'Read']);
  expect(said({ parent: 'Load' })).toEqual(['Read']);
});

const title = fc.constantFrom('Load the orders', 'Step 1', 'Step 2: Models', 'Ship', 'Ship it all');
const randomItem = fc.record({
  title,
  group: fc.constantFrom('g', 'g', 'Loads'),
  status: fc.constantFrom<PlanItem['status']>('planned', 'planned', 'in-progress', 'done'),
  priority: fc.constantFrom('P0', 'P1', undefined),
  dependencies: fc.array(fc.oneof(title, fc.constantFrom('Previous steps', 'Loads', 'words')), {
    maxLength: 2,
  }),
  note: fc.constantFrom('', 'a part'),
});
const edit = fc.record({
  kind: fc.constantFrom<'come' | 'go' | 'become' | 'mark'>('come', 'go', 'become', 'mark'),
  at: fc.nat(),
  item: randomItem,
  role: fc.constantFrom<Plan['role']>('outstanding', 'outstanding', 'outstanding', 'completed'),
  isKept: fc.boolean(),
});

test('an order that follows edits is the order that is made anew', () => {
  const told = ({ standings, next: best }: ReturnType<typeof orderPlan>): unknown => {
    const places = new Map(standings.map(({ item }, at) => [item, at]));
    const placesOf = (items: readonly StandingItem[]): unknown => items.map((item) => places.get(item));
    return {
      next: best.map(({ item }) => places.get(item)),
      standings: standings.map(({ blockedBy, waitsFor, isReady, rank }) => ({
        blockedBy: placesOf(blockedBy),
        waitsFor,
        isReady,
        rank,
      })),
    };
  };
  /** Each part lies in the item before it that is none, wherever they stand. */
  const placed = (items: readonly PlanItem[]): readonly PlanItem[] => {
    let whole: string | undefined;
    return items.map((each) => {
      const { parent: _, ...item } = each;
      if (item.note === '') whole = item.id;
      return whole === undefined || item.note === '' ? item : { ...item, parent: whole };
    });
  };
  let ids = 0;
  const made = (items: readonly Partial<PlanItem>[]): readonly PlanItem[] =>
    plan(
      '/w/tasks.md',
      items.map((item) => ({ ...item, id: `${ids++}` })),
    ).items;
  fc.assert(
    fc.property(
      fc.array(randomItem, { minLength: 1, maxLength: 8 }),
      fc.array(edit, { maxLength: 8 }),
      (first, edits) => {
        const orderer = new PlanOrderer();
        let items = placed(made(first));
        orderer.order(joinPlans([plan('/w/tasks.md', [], { items })]), nothingKnown);
        for (const { kind, at: place, item, role, isKept } of edits) {
          const at = place % (items.length + 1);
          const [come] = made([item]);
          const before = new Map(items.map((each) => [each.id, each]));
          if (kind === 'come') items = items.toSpliced(at, 0, come!);
          else if (kind === 'go') items = items.toSpliced(at, 1);
          else if (at < items.length)
            items = items.with(at, kind === 'become' ? come! : { ...items[at]!, status: item.status });
          // An item that stays is the same object, moved, or a new one that says the same.
          items = placed(items).map((each, start) => {
            const location = { path: '/w/tasks.md', span: { start, end: start } };
            const was = before.get(each.id);
            const isSame = was?.status === each.status && was.parent === each.parent;
            return isKept && isSame ? Object.assign(was, { location }) : { ...each, location };
          });
          const now = joinPlans([plan('/w/tasks.md', [], { items, role })]);
          expect(told(orderer.order(now, nothingKnown))).toEqual(told(orderPlan(now, nothingKnown)));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('puts the gravest first, then what is begun, what others wait for, and what costs little', () => {
  expect(
    next(
      plan('/w/tasks.md', [
        { title: 'Dear thing', priority: 'P1', effort: 'High' },
        { title: 'Cheap thing', priority: 'P1', effort: 'Low' },
        { title: 'Needed thing', priority: 'P1', effort: 'High' },
        { title: 'Waiting thing', priority: 'P0', dependencies: ['Needed thing'] },
        { title: 'Begun thing', priority: 'P1', status: 'in-progress', effort: 'High' },
        { title: 'Worded thing', priority: 'P1', dependencies: ['the wishes of the buyers'] },
        { title: 'Grave thing', priority: 'Critical' },
        { title: 'Done thing', priority: 'P0', status: 'done' },
        { title: 'Blocked thing', priority: 'P0', status: 'blocked' },
        { title: 'Whole thing', priority: 'P0' },
        { title: 'Part thing', priority: 'P2', parent: 'Whole thing' },
        { title: 'Some thing' },
      ]),
      plan('/w/ideas.md', [{ title: 'Idea', priority: 'P0' }], { role: 'ideas' }),
      plan('/w/roadmap.md', [{ title: 'Road', priority: 'P1' }], { role: 'roadmap' }),
    ),
  ).toEqual([
    'Grave thing',
    'Begun thing',
    'Needed thing',
    'Cheap thing',
    'Dear thing',
    'Worded thing',
    'Road',
    'Part thing',
    'Some thing',
  ]);
});

test('is ready once all that it waits for is done, and says what is open', () => {
  const of = (status: PlanItem['status']): readonly unknown[] => {
    const { standings } = orderPlan(
      joinPlans([
        plan('/w/t.md', [
          { title: 'First thing', status },
          { title: 'Second', dependencies: ['First thing'] },
        ]),
      ]),
      nothingKnown,
    );
    return [standings[1]!.isReady, standings[1]!.blockedBy.map(({ title }) => title)];
  };
  expect(of('done')).toEqual([true, []]);
  expect(of('skipped')).toEqual([true, []]);
  expect(of('in-progress')).toEqual([false, ['First thing']]);
});

test('finds items that wait for each other, each circle once', () => {
  const { standings } = orderPlan(
    joinPlans([
      plan('/w/t.md', [
        { title: 'Alpha', dependencies: ['Beta'] },
        { title: 'Beta', dependencies: ['Gamma'] },
        { title: 'Gamma', dependencies: ['Alpha'] },
        { title: 'Delta', dependencies: ['Alpha'] },
      ]),
    ]),
    nothingKnown,
  );
  const waitsFor = ({ meanings }: StandingItem): readonly StandingItem[] =>
    meanings.flatMap((meaning) => (meaning.kind === 'items' ? meaning.items : []));
  const cycles = findCycles(
    standings.map(({ item }) => item),
    waitsFor,
  );
  expect(cycles.map((cycle) => cycle.map(({ title }) => title))).toEqual([['Alpha', 'Beta', 'Gamma']]);
});

test('copes with ten thousand items in a chain', () => {
  const items = Array.from({ length: 10_000 }, (_, at) => ({
    title: `Thing number ${at}`,
    dependencies: [`Thing number ${at + 1}`],
  }));
  expect(
    orderPlan(joinPlans([plan('/w/t.md', items)]), nothingKnown).next.map(({ item }) => item.title),
  ).toEqual(['Thing number 9999']);
});

test.each([
  ['P0', 0],
  ['P1.5', 1.5],
  ['High', 1],
  ['Lowest', 4],
  ['🔴', 0],
  [undefined, 10],
])('ranks the priority %s as %d', (priority, rank) => {
  expect(priorityRank(priority)).toBe(rank);
});

test.each([
  ['4 h', 0.5],
  ['2 weeks', 10],
  ['3', 3],
  ['Low', 1],
  ['XL', 15],
  ['somehow', 3],
])('ranks the effort %s as %d', (effort, rank) => {
  expect(effortRank(effort)).toBe(rank);
});
