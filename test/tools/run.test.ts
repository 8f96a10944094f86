import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyPlatform } from '../../scripts/support/platform-copy.mjs';
import { end, penstock, queryWarehouse, startPenstock } from './programs.ts';
import { isAlive, untilTrue } from './waiting.ts';

interface RunLine {
  readonly type: string;
  readonly step?: string;
  readonly status?: string;
  readonly title?: string;
  readonly node?: string;
  readonly path?: string;
  readonly pid?: number;
  readonly exitCode?: number;
  readonly at?: string;
  readonly what?: string;
  readonly reason?: string;
  readonly text?: string;
  readonly command?: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly records?: number;
}

let platform: ReturnType<typeof copyPlatform>;
beforeAll(() => {
  platform = copyPlatform();
});
afterAll(() => platform.remove());

/** The tests build on each other, as a day does: load, build, break, mend. */
describe('running the real tools', () => {
  test('the steps of the example are listed under their public names', async () => {
    const { code, stdout } = await penstock(['steps', '--format', 'json'], platform.path);
    expect(code).toBe(0);
    const ids = (JSON.parse(stdout) as { steps: { id: string }[] }).steps.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'meltano:job/load',
        'dbt:build',
        'dbt:seed',
        'dbt:model/stg_orders',
        'pipeline:daily',
      ]),
    );
  });

  test('a load takes an environment and what Meltano’s `run` takes; without a loader it is the only one', async () => {
    const options = { environment: 'prod', 'state-id-suffix': 'trial', 'dry-run': 'true' };
    const given = Object.entries(options).map(([name, value]) => `--param=${name}=${value}`);
    const { code, events } = await run(...given, 'meltano:run/tap-shop');
    expect(code).toBe(0);
    expect(events.find(({ type }) => type === 'step-started')?.command?.slice(2)).toEqual([
      '--environment=prod',
      'run',
      '--state-id-suffix=trial',
      '--dry-run',
      '--no-install',
      'tap-shop',
      'target-warehouse',
    ]);
    expect(events.map(({ text = '' }) => text).join('\n')).toContain('would have run block 1/1');
  });

  test('load and build fill the warehouse, with an event for every node', async () => {
    const { code, events } = await run('meltano:job/load', 'dbt:build');
    expect(code).toBe(0);
    expect(events.at(-1)).toMatchObject({ type: 'run-ended', status: 'succeeded' });
    const ended = events.filter(({ type }) => type === 'step-ended');
    expect(ended.map(({ status, exitCode }) => ({ status, exitCode }))).toEqual([
      { status: 'succeeded', exitCode: 0 },
      { status: 'succeeded', exitCode: 0 },
    ]);
    const nodes = events.filter(({ type }) => type === 'node-ended').map(({ node }) => node);
    expect(nodes.join('\n')).toContain('fct_orders');
    const counts = await queryWarehouse(
      platform.path,
      `select (select count(*) from raw.orders), (select count(*) from main_marts.fct_orders),
              (select count(*) from main_marts.dim_customers), (select count(*) from main_history.product_prices)`,
    );
    expect(counts).toEqual([[500, 500, 120, 15]]);
  });

  test('the pipeline runs its steps in order, and each stream of the load is counted', async () => {
    const { code, events } = await run('pipeline:daily');
    expect(code).toBe(0);
    const heads = events.filter(({ type }) => type === 'step-started' || type === 'step-ended');
    expect(heads.map(({ type, step }) => `${type} ${step}`)).toEqual(
      ['meltano:job/load', 'dbt:build', 'check'].flatMap((step) => [
        `step-started pipeline:daily/${step}`,
        `step-ended pipeline:daily/${step}`,
      ]),
    );
    const last = new Map(events.flatMap((event) => (event.type === 'progress' ? [[event.node, event]] : [])));
    expect(last.get('block-1/orders')).toMatchObject({ records: 500, loaded: 500 });
    expect(last.get('block-1')).toMatchObject({ records: 1633, loaded: 1633, states: 1 });
  });

  test('a pipeline that broke goes on at the step that failed, with its parameters', async () => {
    const model = join(platform.path, 'dbt/models/marts/dim_products.sql');
    const text = readFileSync(model, 'utf8');
    writeFileSync(model, text.replace('products.category', 'products.categry'));
    try {
      const broken = await run('pipeline:daily');
      expect(broken.code).toBe(1);
      expect(endsOf(broken.events)).toEqual([
        'pipeline:daily/meltano:job/load succeeded',
        'pipeline:daily/dbt:build failed',
        'pipeline:daily/check skipped',
      ]);
    } finally {
      writeFileSync(model, text);
    }
    const mended = await run('--resume', 'last');
    expect(mended.code).toBe(0);
    expect(endsOf(mended.events)).toEqual([
      'pipeline:daily/meltano:job/load skipped',
      'pipeline:daily/dbt:build succeeded',
      'pipeline:daily/check succeeded',
    ]);
    const again = await run('--resume', 'last');
    expect(again.code).toBe(2);
  });

  test('a parameter chooses the models, in dbt’s own words', async () => {
    const { code, events } = await run('pipeline:rebuild', '--param', 'part=staging');
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ parameters: { part: 'staging' } });
    const built = events.flatMap(({ type, what, title }) =>
      type === 'node-started' && what === 'model' ? [title] : [],
    );
    expect(new Set(built)).toEqual(
      new Set(['stg_customers', 'stg_order_items', 'stg_orders', 'stg_products']),
    );
    expect((await run('pipeline:rebuild', '--param', 'part=mart')).code).toBe(2);
  });

  test('steps of two tools that write one warehouse take turns, in one run and in two', async () => {
    const file = join(platform.path, 'penstock.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      `${text}\n  both:\n    - { id: load, step: 'meltano:job/load', needs: [] }\n    - { id: seed, step: dbt:seed, needs: [] }\n`,
    );
    try {
      const [one, other] = await Promise.all([run('pipeline:both'), run('dbt:seed')]);
      expect([one.code, other.code]).toEqual([0, 0]);
      const spans = [...spansOf(one.events), ...spansOf(other.events)].sort((a, b) => a.from - b.from);
      expect(spans).toHaveLength(3);
      for (const [at, { from }] of spans.entries())
        if (at > 0) expect(from).toBeGreaterThanOrEqual(spans[at - 1]!.to);
      const waits = [...one.events, ...other.events].filter(({ type }) => type === 'step-waiting');
      expect(waits.map(({ reason }) => reason).join()).toContain('shop.duckdb');
    } finally {
      writeFileSync(file, text);
    }
  });

  test('a model that fails is named with its file, and the run ends with 1', async () => {
    const model = join(platform.path, 'dbt/models/marts/dim_products.sql');
    const text = readFileSync(model, 'utf8');
    writeFileSync(model, text.replace('products.category', 'products.categry'));
    try {
      const { code, events } = await run('dbt:build');
      expect(code).toBe(1);
      const failed = events.filter(({ type, status }) => type === 'node-ended' && status === 'failed');
      expect(failed.map(({ path }) => path)).toEqual([model]);
      expect(events.at(-1)).toMatchObject({ type: 'run-ended', status: 'failed' });
    } finally {
      writeFileSync(model, text);
    }
  });

  test('a step that does not exist ends with 2 and names it', async () => {
    const { code, stderr } = await penstock(['run', 'dbt:biuld'], platform.path);
    expect(code).toBe(2);
    expect(stderr).toContain('dbt:biuld');
  });

  test('a missing program ends with 2 and tells how to install it', async () => {
    const bare = copyPlatform();
    try {
      rmSync(join(bare.path, '.venvs'), { recursive: true });
      const { code, stdout, stderr } = await penstock(['run', 'meltano:job/load'], bare.path);
      expect(code).toBe(2);
      expect(stdout + stderr).toMatch(/meltano.*install/is);
    } finally {
      bare.remove();
    }
  });

  test('an interrupt ends the whole process tree with 130', async () => {
    const child = startPenstock(['run', 'meltano:job/load', '--format', 'json'], platform.path);
    let said = '';
    child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    const ended = end(child);
    await untilTrue('Meltano to speak', () => /"type":"output"/.test(said) || child.exitCode !== null);
    const pids = parse(said).flatMap(({ pid }) => (pid === undefined || pid === child.pid ? [] : [pid]));
    expect(pids).not.toEqual([]);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(parse(stdout).at(-1)).toMatchObject({ type: 'run-ended', status: 'cancelled' });
    await untilTrue('the processes to be gone', () => !pids.some(isAlive));
  });
});

async function run(...steps: string[]): Promise<{ code: number | null; events: RunLine[] }> {
  const { code, stdout } = await penstock(['run', ...steps, '--format', 'json'], platform.path);
  return { code, events: parse(stdout) };
}

function endsOf(events: readonly RunLine[]): readonly string[] {
  return events.flatMap(({ type, step, status }) => (type === 'step-ended' ? `${step} ${status}` : []));
}

/** When each step ran. */
function spansOf(events: readonly RunLine[]): readonly { readonly from: number; readonly to: number }[] {
  return events.flatMap(({ type, step, at }) => {
    if (type !== 'step-started') return [];
    const end = events.find((event) => event.type === 'step-ended' && event.step === step);
    return { from: Date.parse(at ?? ''), to: Date.parse(end?.at ?? '') };
  });
}

/** Whole lines only: the last one may still be on its way. */
function parse(lines: string): RunLine[] {
  return lines
    .split('\n')
    .slice(0, -1)
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RunLine);
}
