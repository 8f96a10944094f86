import { beforeAll, describe, expect, test } from 'vitest';
import { judgeAll, type Judgement } from './judge.ts';
import { prepare, type Suite } from './kind.ts';
import type { Oracle } from './oracles/answer.ts';
import { remembered } from './oracles/remembered.ts';
import { type Column, type Page, toMarkdown } from './table.ts';

export interface KindTests {
  readonly suite: Suite;
  readonly page: Page;
  readonly oracles: readonly (readonly [title: string, open: () => Promise<Oracle>])[];
  /** How many defects and how many odd projects the first oracle must be asked about at least. */
  readonly atLeast: { readonly defects: number; readonly odd: number };
}

/** Holds Penstock to what the oracles say of a suite's kinds, and the committed page to what came of it. */
export function testKinds({ suite, page, oracles, atLeast }: KindTests): void {
  const kinds = suite.groups.flatMap((group) => group.kinds);
  const columns: Column[] = [];

  describe('the kinds', () => {
    test('have names of their own, and defects a place', () => {
      const ids = kinds.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      const unmarked = kinds.filter(
        (kind) => kind.sort === 'defect' && prepare(kind, suite.base).places.length === 0,
      );
      expect(unmarked.map(({ id }) => id)).toEqual([]);
    });
  });

  describe.for(oracles)('%s', ([name, open]) => {
    const judged = new Map<string, Judgement>();
    beforeAll(async () => {
      const oracle = remembered(await open());
      const groups = await judgeAll(oracle, suite);
      for (const judgement of groups.flatMap(({ judgements }) => judgements))
        judged.set(judgement.kind.id, judgement);
      columns.push({ id: oracle.id, title: `${name} ${oracle.version}`, groups });
    });

    test.for(kinds)('$id: $title', ({ id }) => {
      const { outcome, answer, prepared, findings } = judged.get(id)!;
      const seen = { places: prepared.places, tool: answer.says, penstock: findings };
      expect(['caught', 'earlier', 'beyond', 'agreed'], JSON.stringify(seen, null, 1)).toContain(outcome);
    });

    if (open === oracles[0]![1]) {
      test('refuses what is called a defect and accepts what is called odd, in the numbers promised', () => {
        const refused = [...judged.values()].filter(({ answer }) => answer.verdict === 'refused');
        expect(refused.filter(({ kind }) => kind.sort === 'odd').map(({ kind }) => kind.id)).toEqual([]);
        expect(refused.length).toBeGreaterThanOrEqual(atLeast.defects);
        expect(judged.size - refused.length).toBeGreaterThanOrEqual(atLeast.odd);
      });
    }
  });

  test('the committed table is the one that was measured; `npm run test:agreement -- -u` writes it anew', async () => {
    await expect(await toMarkdown(columns, page)).toMatchFileSnapshot(page.path);
  });
}
