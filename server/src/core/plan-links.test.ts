import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlanLinks, type KnownThings, type LinkableItem, type Meaning } from './plan-links.ts';

const known: KnownThings = {
  services: [
    { name: 'redis', words: ['redis'] },
    { name: 'db', words: ['db', 'postgres', 'postgresql'] },
    { name: 'kafka', words: ['kafka'] },
  ],
  systems: [
    { id: 'dbt', title: 'dbt' },
    { id: 'gx', title: 'Great Expectations' },
  ],
  checks: [{ id: 'exports-there', title: 'The exports are there' }],
};

function item(title: string, group = 'Search implementation', path = '/w/tasks.md'): LinkableItem {
  return { path, id: title, title, group, status: 'planned', dependencies: [], at: at++ };
}
let at = 0;

const items = [
  item('Step 1: Index (texts, reviews)'),
  item('Step 2: Answers'),
  item('Step 3: Cache'),
  item('Measure the use'),
  item('Load orders', 'Sources'),
  item('T7 Load returns', 'Sources'),
  item('Models', 'Phase 2: Marts'),
  item('Load orders', 'Sources', '/w/other.md'),
  item('Publish the weekly report', 'Reports', '/w/other.md'),
];

/** What a dependency of the item of that title is about, in short. */
function meaning(dependency: string, of = 'Measure the use'): string {
  const links = new PlanLinks(items, known);
  return shown(
    links.meaningOf(
      items.find(({ title }) => title === of)!,
      dependency,
    ),
  );
}

function shown(of: Meaning): string {
  if (of.kind === 'items')
    return of.items
      .map(({ title, path }) => (path === '/w/tasks.md' ? title : `${path} ${title}`))
      .join(' + ');
  if (of.kind === 'services') return `services ${of.names.join(' ')}`;
  if (of.kind === 'system') return `system ${of.id}`;
  if (of.kind === 'check') return `check ${of.id}`;
  return of.kind === 'missing' ? `missing ${of.name}` : 'text';
}

const cases: readonly (readonly [dependency: string, expected: string, of?: string])[] = [
  ['Step 1 completion', 'Step 1: Index (texts, reviews)'],
  ['Step 2 finished', 'Step 2: Answers'],
  ['after step 1', 'Step 1: Index (texts, reviews)'],
  ['Steps 1-3', 'Step 1: Index (texts, reviews) + Step 2: Answers + Step 3: Cache'],
  ['Steps 1 and 3 complete', 'Step 1: Index (texts, reviews) + Step 3: Cache'],
  ['Step 9 completion', 'missing Step 9'],
  ['Phase 2', 'Models'],
  ['Phase 7', 'text'],
  ['Previous steps', 'Step 1: Index (texts, reviews) + Step 2: Answers', 'Step 3: Cache'],
  ['All previous tasks', 'Step 1: Index (texts, reviews) + Step 2: Answers', 'Step 3: Cache'],
  ['Previous steps', 'text', 'Step 1: Index (texts, reviews)'],
  ['Implementation complete', 'Step 1: Index (texts, reviews) + Step 2: Answers + Step 3: Cache'],
  ['Search implementation done', 'Step 1: Index (texts, reviews) + Step 2: Answers + Step 3: Cache'],
  ['Implementation', 'text'],
  ['Load orders', 'Load orders'],
  ['load orders done', 'Load orders'],
  ['Index', 'Step 1: Index (texts, reviews)'],
  ['T7', 'T7 Load returns'],
  ['Publish the weekly report', '/w/other.md Publish the weekly report'],
  ['Sources', 'text'],
  ['Reports ready', '/w/other.md Publish the weekly report'],
  ['Redis service running', 'services redis'],
  ['PostgreSQL', 'services db'],
  ['Kafka', 'services kafka'],
  ['All services operational', 'services redis db kafka'],
  ['Elasticsearch', 'text'],
  ['dbt incremental models', 'system dbt'],
  ['Great Expectations rules', 'system gx'],
  ['The exports are there', 'check exports-there'],
  ['Business requirements', 'text'],
  ['Kafkaesque feelings', 'text'],
  ['Step 1 completion', 'text', 'Step 1: Index (texts, reviews)'],
  ['', 'text'],
]; // prettier-ignore

for (const [dependency, expected, of] of cases) {
  test(`takes '${dependency}'${of === undefined ? '' : ` of '${of}'`} for ${expected}`, () => {
    expect(meaning(dependency, of)).toBe(expected);
  });
}

const words = fc.constantFrom(
  'Step 1: Load', 'Step 2', 'Step 2 Models', 'Steps', 'T7 Load returns', '#7', 'T7', 'Load', 'Load orders', 'Models',
  'Phase 2', 'Step 1 completion', 'Steps 1-2', 'Previous steps', 'All steps', 'Marts complete', 'anything else', '',
); // prettier-ignore
const randomItem = fc.record({
  title: words,
  group: fc.constantFrom('Marts', 'Phase 2: Marts', 'Load'),
  path: fc.constantFrom('/w/a.md', '/w/b.md'),
  dependencies: fc.array(words, { maxLength: 3 }),
  parent: fc.constantFrom(undefined, undefined, 'x'),
});
const change = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    at: fc.nat(),
    item: fc.record(
      {
        title: words,
        group: fc.constantFrom('Marts', 'Load', 'Step 2: Rest'),
        dependencies: fc.array(words),
        parent: fc.constantFrom('x', 'y'),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('come' as const),
    at: fc.nat(),
    items: fc.array(randomItem, { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('go' as const), at: fc.nat(), count: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constant('swap' as const), at: fc.nat(), with: fc.nat() }),
  fc.record({
    kind: fc.constant('rename' as const),
    at: fc.nat(),
    group: fc.constantFrom('Marts', 'Load', 'Step 2: Rest', 'Models'),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
type Unplaced = Omit<LinkableItem, 'id' | 'status' | 'at'>;

function changed(items: readonly Unplaced[], edit: Change): readonly Unplaced[] {
  const at = edit.at % (items.length + 1);
  if (edit.kind === 'come') return items.toSpliced(at, 0, ...edit.items);
  if (edit.kind === 'go') return items.toSpliced(at, edit.count);
  if (at === items.length) return items;
  if (edit.kind === 'write') return items.with(at, { ...items[at]!, ...edit.item });
  if (edit.kind === 'rename') {
    const { path, group } = items[at]!;
    return items.map((each) =>
      each.path === path && each.group === group ? { ...each, group: edit.group } : each,
    );
  }
  const other = edit.with % items.length;
  return items.with(at, items[other]!).with(other, items[at]!);
}

test('links that follow edits say what links that are made anew say', () => {
  const placed = (item: Unplaced, place: number): LinkableItem => ({
    ...item,
    id: `${place}`,
    status: 'planned',
    at: place,
  });
  const said = (links: PlanLinks<LinkableItem>): unknown =>
    links.items.map((each) => [
      each,
      links.meaningsOf(each).map((of) => (of.kind === 'items' ? of.items.map(({ at: place }) => place) : of)),
    ]);
  fc.assert(
    fc.property(
      fc.array(randomItem, { minLength: 1 }),
      fc.array(fc.tuple(change, fc.boolean()), { maxLength: 8 }),
      (first, changes) => {
        let now: readonly Unplaced[] = first;
        const links = new PlanLinks(now.map(placed));
        said(links);
        for (const [edit, areKept] of changes) {
          const known = new Map(now.map((each, at) => [each, links.items[at]!]));
          now = changed(now, edit);
          // Whoever keeps items from one state to the next gives the same objects again, moved.
          const next = now.map((each, at) => {
            const kept = areKept ? known.get(each) : undefined;
            known.delete(each);
            return kept ? Object.assign(kept, { id: `${at}`, at }) : placed(each, at);
          });
          const rewired = links.follow(next);
          expect(said(links)).toEqual(said(new PlanLinks(now.map(placed))));
          expect(rewired.every((each) => links.items.includes(each))).toBe(true);
        }
      },
    ),
    { seed: 6, numRuns: 1500 },
  );
});

test('an edit has only those told anew whose dependencies it may touch', () => {
  const links = new PlanLinks<LinkableItem>(
    items.map((each) => ({ ...each, dependencies: each.title === 'Measure the use' ? ['Step 2'] : ['T7'] })),
  );
  const rewiredBy = (edit: (all: LinkableItem[]) => LinkableItem[]): readonly string[] => {
    for (const each of links.items) links.meaningsOf(each);
    return links.follow(edit(links.items.map((each) => ({ ...each })))).map(({ title }) => title);
  };
  expect(rewiredBy((all) => all.with(4, { ...all[4]!, title: 'Load all orders' }))).toEqual([]);
  expect(rewiredBy((all) => all.with(1, { ...all[1]!, title: 'Step 2: All answers' }))).toEqual([]);
  expect(rewiredBy((all) => all.with(1, { ...all[1]!, title: 'Step 4: Answers' }))).toEqual([
    'Measure the use',
  ]);
  expect(rewiredBy((all) => all.toSpliced(4, 1))).toEqual([]);
  expect(rewiredBy((all) => all.toSpliced(3, 0, item('Step 2 again')))).toEqual([
    'Step 2 again',
    'Measure the use',
  ]);
});

test('a group that is called otherwise has only those told anew who look for groups', () => {
  const dependencies = (title: string): readonly string[] =>
    title === 'Models' ? ['Search implementation'] : ['Step 2'];
  const links = new PlanLinks<LinkableItem>(
    items.slice(0, 7).map((each) => ({ ...each, dependencies: dependencies(each.title) })),
  );
  for (const each of links.items) links.meaningsOf(each);
  const rewired = links.follow(
    links.items.map((each) => ({
      ...each,
      group: each.group === 'Search implementation' ? 'Search of the shop' : each.group,
    })),
  );
  expect(rewired.map(({ title }) => title)).toEqual(['Models']);
});
