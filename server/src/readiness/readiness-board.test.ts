import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { toy } from '../../../test/support/toy-system.ts';
import { neverCancelled } from '../core/cancellation.ts';
import { aboutNothing, type Check, type Cost, type Judgement, type Waiver } from '../core/evidence.ts';
import type { System } from '../core/system.ts';
import { defaultFindingSettings } from '../language/diagnose.ts';
import { plan } from '../systems/plan/index.ts';
import type { CheckRunner } from './check-runner.ts';
import { ReadinessBoard, type Wanted } from './readiness-board.ts';
import { dayOf } from './settle.ts';
import type { ReadinessSnapshot } from './snapshot.ts';

const hour = 3_600_000;
const span = { start: 0, end: 0 };
const location = { path: '/w/toy.txt', span };

const tasks = `# Tasks

## Loading
| Task | Priority | Status |
|--|--|--|
| Load | P1 | Done |
| Test | P1 | Open |

## Readiness
| Category | Status | Completion |
|--|--|--|
| **Loading** | Ready | 90% |
| Models | Partial | 100% |
`;

/** A check of the port with that number, which the runner of these tests answers by it. */
function check(id: string, port: number, more: Partial<Check> = {}): Check {
  return {
    id,
    title: id,
    probe: { kind: 'port', address: { host: 'localhost', port } },
    about: aboutNothing,
    weight: 1,
    folder: '/w',
    location,
    ...more,
  };
}

const judgements: Readonly<Record<number, Judgement>> = {
  1: { state: 'passed', expected: 'open', seen: 'open' },
  2: { state: 'failed', expected: 'open', seen: 'closed', next: 'start it' },
  3: { state: 'warning', expected: 'open', seen: 'slow', next: 'look at it' },
  4: { state: 'unknown', expected: 'open', seen: 'nobody knows' },
  5: { state: 'not-applicable', expected: 'open', seen: 'there is none' },
};

const ran: string[] = [];
function runner(now: () => number): CheckRunner {
  return {
    run: async (checks, { onAnswer }) => {
      for (const each of checks) {
        ran.push(each.id);
        const { probe } = each;
        const judgement = probe.kind === 'port' ? judgements[probe.address.port] : undefined;
        if (judgement) onAnswer(each, { judgement, checkedMs: now(), durationMs: 1 });
      }
    },
  };
}

interface World {
  readonly checks: readonly Check[];
  readonly waivers?: readonly Waiver[];
  readonly files?: Readonly<Record<string, string>>;
}

async function open({ checks, waivers = [], files = {} }: World) {
  let nowMs = Date.parse('2026-11-29T12:00:00Z');
  const system: System = { ...toy, checks: () => checks, waivers: () => waivers };
  const { platform } = await openFixture([system, plan], {
    '/w/toy.txt': 'shop',
    '/w/tasks.md': tasks,
    ...files,
  });
  const now = (): number => nowMs;
  const board = new ReadinessBoard({ runner: runner(now), pause: async () => {}, now });
  ran.length = 0;
  const look = (wanted: Partial<Wanted> = {}): Promise<ReadinessSnapshot> =>
    board.snapshot(platform, {
      settings: defaultFindingSettings,
      limits: { isTrusted: true, allowedHosts: [], environments: [], folders: ['/w'], secrets: [] },
      token: neverCancelled,
      costs: new Set<Cost>(['instant', 'seconds', 'network', 'command']),
      ...wanted,
    });
  return { look, later: (ms: number) => void (nowMs += ms) };
}

const about = (...categories: readonly string[]) => ({ about: { ...aboutNothing, categories } });
const proving = (...items: readonly string[]) => ({ about: { ...aboutNothing, items } });

test('what costs something is looked at only when somebody asks, and is not known before', async () => {
  const { look } = await open({ checks: [check('a', 1), check('b', 2)] });
  const before = await look({ costs: new Set<Cost>(['instant']) });
  expect(before.checks[0]).toMatchObject({
    id: 'a',
    state: 'unknown',
    seen: 'not looked at, because it asks the network',
    next: 'check it now, or run `penstock readiness --network`',
  });
  expect(ran).toEqual([]);
  const one = await look({ checks: new Set(['b']) });
  expect(one.checks.map(({ state }) => state)).toEqual(['unknown', 'failed', 'passed']);
  expect(ran).toEqual(['b']);
  // What is known stays known.
  const after = await look({ costs: new Set<Cost>(['instant']) });
  expect(after.checks.map(({ id, state }) => [id, state])).toEqual([
    ['a', 'unknown'],
    ['b', 'failed'],
    ['toy:valid', 'passed'],
  ]);
});

test('what is written wrongly is not asked and not known until it is mended', async () => {
  const wrong = { seen: 'its `timeout` is wrong', next: 'mend it' };
  const checks = [check('a', 1, { wrong })];
  const { look } = await open({ checks });
  expect((await look()).checks[0]).toMatchObject({ state: 'unknown', ...wrong, where: '/w/toy.txt' });
  expect(ran).toEqual([]);
  checks[0] = check('a', 1);
  const instant = { costs: new Set<Cost>(['instant']) };
  expect((await look(instant)).checks[0]).toMatchObject({
    seen: 'not looked at, because it asks the network',
  });
  expect((await look()).checks[0]).toMatchObject({ state: 'passed' });
});

test('in a workspace that nobody vouches for that is said at once, and forgotten once somebody does', async () => {
  const { look } = await open({ checks: [check('a', 1)] });
  const limits = { isTrusted: false, allowedHosts: [], environments: [], folders: ['/w'], secrets: [] };
  for (const checks of [new Set<string>(), new Set(['a'])])
    expect((await look({ checks, limits })).checks[0]).toMatchObject({
      state: 'unknown',
      seen: 'not looked at, because nobody vouches for this workspace',
      next: 'trust the workspace, and check it then',
    });
  expect(ran).toEqual([]);
  const trusted = await look({ costs: new Set<Cost>(['instant']) });
  expect(trusted.checks[0]!.seen).toBe('not looked at, because it asks the network');
});

test('an answer grows stale, by its own age or that of the look', async () => {
  const { look, later } = await open({ checks: [check('a', 1), check('b', 1, { maxAgeMs: hour })] });
  await look();
  later(20 * 60_000);
  const soon = await look({ costs: new Set() });
  expect(soon.checks.map(({ state }) => state)).toEqual(['stale', 'passed', 'passed']);
  expect(soon.checks[0]).toMatchObject({
    expected: 'open, at most 15 minutes old',
    seen: 'open, 20 minutes old',
    next: 'check it again',
  });
  later(hour);
  expect((await look({ costs: new Set() })).checks[1]!.state).toBe('stale');
});

test('a claim stands beside its evidence', async () => {
  const { look } = await open({
    checks: [
      check('fails', 2, proving('loading/load')),
      check('passes', 1, proving('loading/test', 'loading/load')),
    ],
  });
  const { items, verdict } = await look();
  expect(items.map(({ id, state, standing, checks }) => [id, state, standing, checks])).toEqual([
    ['loading/load', 'failed', 'ticked-but-failing', ['fails', 'passes']],
    ['loading/test', 'passed', 'open-but-proven', ['passes']],
  ]);
  expect(verdict).toBe('not ready: 1 task open, 1 ticked but failing, 1 check failed');
});

test('a criterion that is ticked against evidence stands out as a task does', async () => {
  const criteria = `${tasks}\n## Success criteria\n- [x] Orders are there\n- [ ] Revenue adds up\n`;
  const { look } = await open({
    checks: [check('fails', 2, proving('criteria/orders-are-there', 'criteria/revenue-adds-up'))],
    files: { '/w/tasks.md': criteria },
  });
  const { items } = await look();
  const criterion = items.filter(({ kind }) => kind === 'criterion');
  expect(criterion.map(({ id, kind, standing, location }) => [id, kind, standing, location.path])).toEqual([
    ['criteria/orders-are-there', 'criterion', 'ticked-but-failing', '/w/tasks.md'],
    ['criteria/revenue-adds-up', 'criterion', 'agrees', '/w/tasks.md'],
  ]);
});

test('categories count by weight, and what is not known has not passed', async () => {
  const { look } = await open({
    checks: [
      check('a', 1, { ...about('loading'), weight: 3 }),
      check('b', 4, about('Loading')),
      check('c', 5, about('Loading')),
      check('d', 3, about('Models')),
      check('e', 1, about('Nightly')),
      check('f', 2, about('Nightly')),
    ],
  });
  const { categories, total } = await look();
  expect(
    categories.map(({ category, claimed, proven, level }) => [category, claimed, proven, level]),
  ).toEqual([
    ['Loading', 90, 75, 'checked'],
    ['Models', 100, 100, 'proven'],
    ['Nightly', undefined, 50, 'claimed'],
  ]);
  expect(categories.map(({ needs }) => needs)).toEqual([
    ['prove `b`'],
    ['mend `d`: look at it'],
    ['mend `f`: start it'],
  ]);
  expect(total.counts).toMatchObject({ passed: 3, unknown: 1, 'not-applicable': 1, warning: 1, failed: 1 });
});

test('a category is ready for production when nothing is left to say against it', async () => {
  const { look } = await open({ checks: [check('a', 1, about('Models')), check('b', 1, about('Loading'))] });
  const { categories } = await look();
  expect(categories.map(({ category, level, needs }) => [category, level, needs])).toEqual([
    ['Loading', 'proven', ['finish what the plan still lacks: it claims 90 %']],
    ['Models', 'production', []],
  ]);
});

test('a waiver counts until its last day, and never for what passes', async () => {
  const today = dayOf(Date.parse('2026-11-29T12:00:00Z'));
  const waiver = (id: string, until: string | undefined): Waiver => ({
    check: id,
    reason: 'later',
    by: 'Ada',
    until,
    location,
  });
  const { look, later } = await open({
    checks: [check('a', 2, about('Models')), check('b', 1), check('c', 2), check('d', 2)],
    waivers: [waiver('a', today), waiver('b', today), waiver('c', undefined), waiver('d', '2026-11-01')],
  });
  const { checks, categories } = await look();
  // Another check would not help: what is there is waived.
  expect(categories.find(({ category }) => category === 'Models')).toMatchObject({
    level: 'claimed',
    needs: ['do without the waiver of `a`'],
  });
  expect(checks.map(({ state, without }) => [state, without])).toEqual([
    ['waived', 'failed'],
    ['passed', undefined],
    ['failed', undefined],
    ['failed', undefined],
    ['passed', undefined],
  ]);
  expect(checks[0]!.waiver).toMatchObject({ reason: 'later', by: 'Ada' });
  expect(categories.find(({ category }) => category === 'Models')).toMatchObject({ proven: undefined });
  later(24 * hour);
  expect((await look()).checks[0]!.state).toBe('failed');
});

test('a check that somebody asks for takes the place of the one that is there anyway', async () => {
  const { look } = await open({
    checks: [
      check('toy:own', 1, {}),
      check('bound', 0, { probe: { kind: 'check', of: 'toy:results' }, title: 'toy:results', weight: 4 }),
      check('none', 0, { probe: { kind: 'check', of: 'toy:nothing' } }),
      check('ok', 0, { probe: { kind: 'valid', system: 'toy' } }),
      check('gone', 0, { probe: { kind: 'valid', system: 'gone' } }),
      { ...check('toy:results', 3), location: undefined } as unknown as Check,
    ],
  });
  const { checks } = await look();
  expect(checks.map(({ id, title, state, weight }) => [id, title, state, weight])).toEqual([
    ['toy:own', 'toy:own', 'passed', 1],
    ['bound', 'toy:results', 'warning', 4],
    ['none', 'none', 'unknown', 1],
    ['ok', 'ok', 'passed', 1],
    ['gone', 'gone', 'not-applicable', 1],
  ]);
});

test('facts answer at once: names that are defined, variables, valid configuration', async () => {
  const defined = (what: string, atLeast: number, name?: string): Partial<Check> => ({
    probe: { kind: 'defined', what, atLeast, ...(name === undefined ? {} : { name }) },
  });
  const { look } = await open({
    checks: [
      check('two', 0, defined('thing', 2)),
      check('three', 0, defined('thing', 3)),
      check('named', 0, defined('thing', 1, 'a*')),
      check('kind', 0, defined('thign', 1)),
      check('env', 0, { probe: { kind: 'env', names: ['NOBODY_SETS_THIS'] } }),
    ],
    files: { '/w/x.toy': 'def alpha\ndef beta\nbad\n' },
  });
  const { checks } = await look();
  expect(checks.map(({ state, seen }) => [state, seen])).toEqual([
    ['passed', '2: `alpha`, `beta`'],
    ['failed', '2: `alpha`, `beta`'],
    ['passed', '1: `alpha`'],
    ['failed', 'none'],
    ['failed', '`NOBODY_SETS_THIS` not set'],
    ['failed', '1 error'],
  ]);
  expect(checks[3]!.next).toContain('nothing here is called `thign`');
});

test('an answer is forgotten when the question is another', async () => {
  const checks = [check('a', 1)];
  const { look } = await open({ checks });
  await look();
  checks[0] = check('a', 2);
  expect((await look({ costs: new Set() })).checks[0]!.state).toBe('unknown');
});

test('is not called ready while what somebody asks for is not known', async () => {
  const done = '# Tasks\n\n## Loading\n| Task | Status |\n|--|--|\n| Load | Done |\n';
  const { look } = await open({ checks: [check('a', 4)], files: { '/w/tasks.md': done } });
  expect(await look()).toMatchObject({
    state: 'unknown',
    verdict: 'not known whether it is ready: 1 check not known',
  });
});
