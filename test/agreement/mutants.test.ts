import { beforeAll, describe, expect, test } from 'vitest';
import { base } from './base.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import type { Answer, Oracle } from './oracles/answer.ts';
import { openCore } from './oracles/core.ts';
import { remembered } from './oracles/remembered.ts';
import { openV2 } from './oracles/v2.ts';
import { report } from './penstock.ts';

/** `MUTANTS=1000 npm run test:agreement -- mutants` asks for more, `SEED` for others. */
const count = Number(process.env['MUTANTS'] ?? 90);
const seed = Number(process.env['SEED'] ?? 1);
const mutants = mutantsOf(base, { count, seed });
const cases = mutants.map(({ id, files }) => ({ id, files, env: {}, command: ['compile'] }));

test('no broken file stops the analysis', async () => {
  for (const { files } of mutantsOf(base, { count: count * 4, seed: seed + 1 })) {
    // A rule that throws rejects here, and what hangs never comes back.
    await expect(report(files, '1.12.0')).resolves.toBeInstanceOf(Array);
  }
});

describe('what dbt accepts of mutants has no error', () => {
  let core: Oracle;
  let v2: Oracle;
  const refused = new Map<string, Set<string>>();
  beforeAll(async () => {
    [core, v2] = [remembered(await openCore()), remembered(await openV2())];
    for (const oracle of [core, v2]) {
      const ids = new Set<string>();
      const hear = (id: string, { verdict }: Answer): void => void (verdict === 'refused' && ids.add(id));
      await oracle.ask(cases, hear);
      refused.set(oracle.id, ids);
    }
  });

  test('with dbt Core', async () => {
    const accepted = mutants.filter(({ id }) => !refused.get('core')!.has(id));
    expect(accepted.length).toBeGreaterThan(count / 10);
    expect(await falseAlarms(accepted, core.version)).toEqual([]);
  });

  // v2 is asked to parse alone: what Core refuses, it may only be about to refuse.
  test('with dbt v2, where Core accepts it, too', async () => {
    const accepted = mutants.filter(({ id }) => ![...refused.values()].some((ids) => ids.has(id)));
    expect(accepted.length).toBeGreaterThan(count / 10);
    expect(await falseAlarms(accepted, v2.version)).toEqual([]);
  });
});

async function falseAlarms(accepted: readonly Mutant[], version: string): Promise<readonly object[]> {
  const wrong: object[] = [];
  for (const { id, file, files } of accepted) {
    const errors = (await report(files, version)).filter(({ severity }) => severity === 'error');
    if (errors.length > 0)
      wrong.push({ mutant: id, errors, changed: changedLines(base[file]!, files[file]!) });
  }
  return wrong;
}

/** What stands where the two begin to differ. */
function changedLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = now.findIndex((line, index) => line !== old[index]);
  return now.slice(Math.max(0, at - 1), at + 2);
}
