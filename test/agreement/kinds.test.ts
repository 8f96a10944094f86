import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeAll, type Judgement } from './judge.ts';
import { prepare } from './kind.ts';
import { kindGroups } from './kinds/index.ts';
import { openCore } from './oracles/core.ts';
import { remembered } from './oracles/remembered.ts';
import { openV2 } from './oracles/v2.ts';
import { type Column, toMarkdown } from './table.ts';

const kinds = kindGroups.flatMap((group) => group.kinds);
const page = fileURLToPath(new URL('../../docs/agreement-dbt.md', import.meta.url));
const columns: Column[] = [];

describe('the kinds', () => {
  test('have names of their own, and defects a place', () => {
    const ids = kinds.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const unmarked = kinds.filter((kind) => kind.sort === 'defect' && prepare(kind).places.length === 0);
    expect(unmarked.map(({ id }) => id)).toEqual([]);
  });
});

describe.for([
  ['dbt Core', openCore],
  ['dbt v2', openV2],
] as const)('%s', ([name, open]) => {
  const judged = new Map<string, Judgement>();
  beforeAll(async () => {
    const oracle = remembered(await open());
    const groups = await judgeAll(oracle);
    for (const judgement of groups.flatMap(({ judgements }) => judgements))
      judged.set(judgement.kind.id, judgement);
    columns.push({ title: `${name} ${oracle.version}`, groups });
  });

  test.for(kinds)('$id: $title', ({ id }) => {
    const { outcome, answer, prepared, findings } = judged.get(id)!;
    const seen = { places: prepared.places, dbt: answer.says, penstock: findings };
    expect(['caught', 'earlier', 'beyond', 'agreed'], JSON.stringify(seen, null, 1)).toContain(outcome);
  });

  if (name === 'dbt Core') {
    test('refuses what is called a defect and accepts what is called odd, in the numbers promised', () => {
      const refused = [...judged.values()].filter(({ answer }) => answer.verdict === 'refused');
      expect(refused.filter(({ kind }) => kind.sort === 'odd').map(({ kind }) => kind.id)).toEqual([]);
      expect(refused.length).toBeGreaterThanOrEqual(120);
      expect(judged.size - refused.length).toBeGreaterThanOrEqual(60);
    });
  }
});

test('the committed table is the one that was measured; `npm run test:agreement -- -u` writes it anew', async () => {
  await expect(await toMarkdown(columns, page)).toMatchFileSnapshot(page);
});
