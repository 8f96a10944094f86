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
const change = fc.record({ at: fc.nat(), title: fc.option(words), dependencies: fc.option(fc.array(words)) });

test('links that follow edits say what links that are made anew say', () => {
  const placed = (item: Omit<LinkableItem, 'id' | 'status' | 'at'>, place: number): LinkableItem => ({
    ...item,
    id: `${place}`,
    status: 'planned',
    at: place,
  });
  const said = (links: PlanLinks<LinkableItem>): unknown =>
    links.items.map((each) => [
      each.title,
      links.meaningsOf(each).map((of) => (of.kind === 'items' ? of.items.map(({ at: place }) => place) : of)),
    ]);
  let followed = 0;
  fc.assert(
    fc.property(
      fc.array(randomItem, { minLength: 1 }),
      fc.array(change, { maxLength: 6 }),
      (first, changes) => {
        let now = first.map(placed);
        let links = new PlanLinks(now.map((each) => ({ ...each })));
        said(links);
        for (const { at: which, title, dependencies } of changes) {
          now = now.map((each, place) =>
            place === which % now.length
              ? { ...each, title: title ?? each.title, dependencies: dependencies ?? each.dependencies }
              : { ...each },
          );
          if (links.follow(now.map((each) => ({ ...each })))) followed++;
          else links = new PlanLinks(now.map((each) => ({ ...each })));
          expect(said(links)).toEqual(said(new PlanLinks(now)));
        }
      },
    ),
    { seed: 6, numRuns: 500 },
  );
  expect(followed).toBeGreaterThan(500);
});
