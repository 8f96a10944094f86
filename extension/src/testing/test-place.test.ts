import { expect, test } from 'vitest';
import type { TestProjectAnswer } from '../../../server/src/protocol/test-requests.ts';
import { placeOfTest, type AskForTests } from './test-place.ts';

const project: TestProjectAnswer = {
  name: 'shop',
  systemTitle: 'dbt',
  projectUri: 'file:///w/dbt',
  folderUri: 'file:///w',
  openUri: 'file:///w/dbt/dbt_project.yml',
  step: 'dbt:test',
  at: '',
  tests: [],
};
const uri = 'file:///w/dbt/models/m.yml';
const range = { start: { line: 6, character: 12 }, end: { line: 6, character: 18 } };
const ask: AskForTests = async ({ projectUri }) => [
  {
    ...project,
    tests:
      projectUri === undefined
        ? []
        : [{ label: 'id: unique', what: 'data test', names: ['unique_m_id'], selection: 'x', uri, range }],
  },
];

test.each([
  [
    'a test of the project',
    '/w/dbt',
    ['test.shop.unique_m_id.1a2b', 'unique_m_id'],
    { path: '/w/dbt/models/m.yml', line: 7, column: 13 },
  ],
  ['a test that nobody wrote', '/w/dbt', ['other'], undefined],
  ['a folder that is no project', '/w', ['unique_m_id'], undefined],
] as const)('the place of %s', async (_what, folder, names, place) => {
  expect(await placeOfTest(ask, folder, names)).toEqual(place);
});

test('a server that does not answer knows no place', async () => {
  expect(await placeOfTest(async () => undefined, '/w/dbt', ['unique_m_id'])).toBeUndefined();
});
