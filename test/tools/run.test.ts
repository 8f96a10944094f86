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

  test('the pipeline runs its steps in order', async () => {
    const { code, events } = await run('pipeline:daily');
    expect(code).toBe(0);
    const heads = events.filter(({ type }) => type === 'step-started' || type === 'step-ended');
    expect(heads.map(({ type }) => type)).toEqual([
      'step-started',
      'step-ended',
      'step-started',
      'step-ended',
    ]);
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

/** Whole lines only: the last one may still be on its way. */
function parse(lines: string): RunLine[] {
  return lines
    .split('\n')
    .slice(0, -1)
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RunLine);
}
