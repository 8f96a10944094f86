import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { leaveRun } from '../runs/test-support/history.ts';
import { main } from './main.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-runs-'));
  vi.stubEnv('TZ', 'UTC');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** What `penstock runs …` prints, or complains of. */
async function runs(...words: readonly string[]): Promise<string> {
  let said = '';
  const io = {
    out: (text: string) => (said += text),
    err: (text: string) => (said += text),
    cwd: join(folder, 'below'),
  };
  const status = await main(['runs', ...words], { systems: [], version: '0', io });
  return status === 0 ? said : `${status}: ${said}`;
}

function fill(): void {
  mkdirSync(join(folder, 'below'), { recursive: true });
  leaveRun(folder, {
    step: 'dbt:build',
    at: '2026-11-20T08:00:00Z',
    durationMs: 61_000,
    models: { orders: 2000, items: 400 },
  });
  leaveRun(folder, { step: 'meltano:job/load', at: '2026-11-21T08:00:00Z', durationMs: 5000 });
  leaveRun(folder, {
    step: 'dbt:build',
    at: '2026-11-22T08:00:00Z',
    durationMs: 62_000,
    models: { orders: 9000, items: { message: 'Binder Error: `x` | is\nnot there' } },
  });
}

test('where nothing has run', async () => {
  const nothing =
    'Nothing has run here yet: `penstock steps` lists what can be run, and `penstock run STEP` runs it.\n';
  expect(await runs()).toBe(nothing);
  expect(await runs('--status', 'failed')).toBe(nothing);
  expect(JSON.parse(await runs('--format', 'json'))).toEqual({ runs: [] });
  expect(await runs('show')).toMatch(/^2: penstock runs: nothing has run in .* yet\n$/);
});

describe('a history', () => {
  beforeEach(fill);

  test('list: the newest first, found from a folder below', async () => {
    expect(await runs()).toBe(
      `run                  status     began             took       wrong     steps
20261122-080000-000  failed     2026-11-22 08:00  1 min 2 s  1 failed  dbt:build
20261121-080000-000  succeeded  2026-11-21 08:00  5.0 s                meltano:job/load
20261120-080000-000  succeeded  2026-11-20 08:00  1 min 1 s            dbt:build
`,
    );
    expect(await runs('list')).toBe(await runs());
  });

  test('list: what is asked for', async () => {
    const ids = async (...words: string[]): Promise<readonly string[]> =>
      [...(await runs(...words)).matchAll(/^2026\d{4}/gm)].map(([id]) => id.slice(6));
    expect(await ids('--limit', '1')).toEqual(['22']);
    expect(await ids('--status', 'succeeded')).toEqual(['21', '20']);
    expect(await ids('--step', 'dbt:build', '--limit', '5')).toEqual(['22', '20']);
    expect(await ids('--search', 'binder')).toEqual(['22']);
    expect(await ids('--search', 'orders', '--search', 'build')).toEqual(['22', '20']);
    expect(await ids('--since', '2026-11-21', '--until', '2026-11-22')).toEqual(['21']);
    expect(await runs('--status', 'cancelled')).toBe('No such run.\n');
  });

  test('show: steps, and what was wrong', async () => {
    expect(await runs('show')).toBe(
      `Run 20261122-080000-000 failed, 2026-11-22 08:00, took 1 min 2 s: Title of dbt:build
step       status  took       ran
dbt:build  failed  1 min 2 s  2 nodes

name   what   status  where                     says
items  model  failed  /shop/models/items.sql:3  Binder Error: \`x\` | is
`,
    );
  });

  test('compare: with the run before that did the same', async () => {
    expect(await runs('compare')).toBe(
      `        run                  began             status     took
before  20261120-080000-000  2026-11-20 08:00  succeeded  1 min 1 s
after   20261122-080000-000  2026-11-22 08:00  failed     1 min 2 s

change  name                what   before               after             longer
broken  Title of dbt:build  step   succeeded 1 min 1 s  failed 1 min 2 s  +1.0 s
broken  items               model  succeeded 0.4 s      failed
slower  orders              model  succeeded 2.0 s      succeeded 9.0 s   +7.0 s
0 parts went as before.
`,
    );
    expect(await runs('compare', 'last-2', 'last')).toBe(await runs('compare', '20261120', '20261122'));
    expect(await runs('compare', 'last-1')).toMatch(
      /^2: penstock runs: no run before `20261121-080000-000` did the same/,
    );
  });

  test('trend: over the runs, in order', async () => {
    expect(await runs('trend', 'orders')).toBe(
      `model.shop.orders (model): 2 runs, 0 failed, usually 5.5 s, slower than before the last time
run                  began             status     took
20261120-080000-000  2026-11-20 08:00  succeeded  2.0 s  ▇▇▇▇
20261122-080000-000  2026-11-22 08:00  succeeded  9.0 s  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
`,
    );
    expect(JSON.parse(await runs('trend', 'dbt:build', '--format', 'json'))).toMatchObject({
      trends: [
        {
          name: 'dbt:build',
          what: 'step',
          failed: 1,
          points: [{ durationMs: 61_000 }, { durationMs: 62_000 }],
        },
      ],
    });
    expect(await runs('trend', 'nothing')).toBe('2: penstock runs: nothing called `nothing` has run here\n');
  });

  test('export: all of it as JSON, one run as Markdown', async () => {
    const all = JSON.parse(await runs('export')) as { runs: { id: string; steps: unknown[] }[] };
    expect(all.runs.map(({ id }) => id)).toEqual([
      '20261122-080000-000',
      '20261121-080000-000',
      '20261120-080000-000',
    ]);
    expect(all.runs[0]!.steps).toMatchObject([
      { nodes: [{ title: 'orders', durationMs: 9000 }, { title: 'items' }] },
    ]);
    // What is short does not wrap.
    expect((await runs('export', 'last', '--format', 'markdown')).replaceAll('\u00a0', ' ')).toBe(
      `## dbt:build: failed

Run 20261122-080000-000 failed, 2026-11-22 08:00, took 1 min 2 s: Title of dbt:build

| Step | Outcome | Took | Ran |
| --- | --- | ---: | --- |
| dbt:build | failed | 1 min 2 s | 2 nodes |

| Name | What | Outcome | Where | Says |
| --- | --- | --- | --- | --- |
| items | model | failed | /shop/models/items.sql:3 | Binder Error: \\\`x\\\` \\| is |
`,
    );
  });

  test('prune: says what it removed, and asks for a limit', async () => {
    expect(await runs('prune')).toMatch(/^2: penstock runs: say what is to be kept/);
    expect(await runs('prune', '--keep', '2')).toBe('Removed 1 run.\n');
    expect(await runs('prune', '--keep', '2')).toBe('No run is beyond these limits.\n');
    expect(JSON.parse(await runs('--format', 'json'))).toMatchObject({
      runs: [{ status: 'failed' }, { status: 'succeeded' }],
    });
  });

  test('what is not there is told', async () => {
    expect(await runs('show', 'last-7')).toMatch(/^2: penstock runs: there is no run `last-7` here/);
    expect(await runs('show', '2026')).toMatch(/^2: penstock runs: 3 runs begin with `2026`/);
    expect(await runs('undo')).toMatch(/^2: penstock runs: there is no `undo` of runs; use list, show/);
    expect(await runs('show', 'last', 'more')).toMatch(/does not know what to do with `more`/);
    expect(await runs('--limit', 'few')).toBe('2: penstock: --limit takes a whole number\n');
    expect(await runs('--format', 'yaml')).toBe(
      '2: penstock: there is no format `yaml`; use text, json, markdown\n',
    );
  });
});
