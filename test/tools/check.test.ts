import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { end, penstock, startPenstock } from './programs.ts';

test('a check whose reader goes away ends as it would have, without a word', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-reader-'));
  try {
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'dbt_project.yml'), 'name: shop\n');
    // More than a pipe holds.
    const many = Array.from({ length: 2000 }, (_, at) => `select * from {{ ref('nowhere_${at}') }}\n`);
    writeFileSync(join(folder, 'models', 'late.sql'), many.join(''));
    const whole = await penstock(['check'], folder);
    expect([whole.code, whole.stderr, whole.stdout.split('\n').length > 2000]).toEqual([1, '', true]);
    const left = startPenstock(['check'], folder);
    left.stdout!.once('data', () => left.stdout!.destroy());
    const { code, stderr } = await end(left);
    expect([code, stderr]).toEqual([1, '']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
