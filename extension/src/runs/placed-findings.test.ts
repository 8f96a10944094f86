import { expect, test } from 'vitest';
import type { TestProjectAnswer, TestsParams } from '../../../server/src/protocol/test-requests.ts';
import { placedFindings } from './placed-findings.ts';
import type { RunFinding } from './run-findings.ts';

const finding = { path: '/w/dbt/models/marts.yml', line: 0, message: 'too many', step: 'dbt:build' };

function ofTest(name: string): RunFinding {
  return { ...finding, test: { cwd: '/w/dbt', names: [name] } };
}

const written = {
  projectUri: 'file:///w/dbt',
  tests: [
    {
      names: ['unique_orders'],
      uri: 'file:///w/dbt/models/orders.yml',
      range: { start: { line: 11, character: 8 }, end: { line: 11, character: 14 } },
    },
  ],
} as unknown as TestProjectAnswer;

test('what failed of tests stands where they are written, and all else where it was told', async () => {
  const asked: TestsParams[] = [];
  const placed = await placedFindings(
    [ofTest('unique_orders'), ofTest('unique_orders'), ofTest('gone'), finding],
    async (params) => {
      asked.push(params);
      return [written];
    },
  );
  expect(placed.map(({ path, line }) => `${path}:${line}`)).toEqual([
    '/w/dbt/models/orders.yml:11',
    '/w/dbt/models/orders.yml:11',
    '/w/dbt/models/marts.yml:0',
    '/w/dbt/models/marts.yml:0',
  ]);
  expect(asked).toEqual([{}, { projectUri: 'file:///w/dbt' }]);
});

test('where nothing failed of tests nobody is asked', async () => {
  const placed = await placedFindings([finding], () => Promise.reject(new Error('asked')));
  expect(placed).toEqual([finding]);
});
