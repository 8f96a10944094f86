import { expect, test } from 'vitest';
import type { TestAnswer, TestProjectAnswer } from '../../../server/src/protocol/test-requests.ts';
import { chosenTests, stepFor, testTree } from './test-tree.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const uri = 'file:///w/models/_p.yml';

function dataTest(model: string, label: string): TestAnswer {
  const selection = `fqn:${model}_${label}`;
  const subject = { name: model, what: 'model', selection: `fqn:${model}`, uri, range };
  return { label, what: 'data test', names: [`${model}_${label}`], selection, uri, range, subject };
}

const project: TestProjectAnswer = {
  name: 'shop',
  systemTitle: 'dbt',
  projectUri: 'file:///w',
  folderUri: 'file:///w',
  openUri: 'file:///w/dbt_project.yml',
  step: 'dbt:test',
  at: '@shop',
  tests: [
    dataTest('orders', 'unique'),
    dataTest('customers', 'unique'),
    dataTest('orders', 'not_null'),
    dataTest('orders', 'unique'),
    { label: 'adds_up', what: 'singular test', names: ['adds_up'], selection: 'fqn:adds_up', uri, range },
  ],
};
const tree = testTree(project);
const [customers, orders, alone] = tree;
const [unique, notNull] = orders!.children;

test('tests stand below what they test, each once', () => {
  expect(tree.map(({ label, children }) => [label, children.map((child) => child.label)])).toEqual([
    ['customers', ['unique']],
    ['orders', ['unique', 'not_null']],
    ['adds_up', []],
  ]);
  expect(alone!.description).toBe('singular test');
});

const stepOf = (include: readonly string[] | undefined, exclude: readonly string[] = []): unknown =>
  stepFor(project, tree, {
    ...(include ? { include: new Set(include) } : {}),
    exclude: new Set(exclude),
  });

test('all that is chosen of a project is one step, named by the largest parts that are chosen whole', () => {
  expect(stepOf(undefined)).toBe('dbt:test@shop');
  expect(stepOf(['file:///w'])).toBe('dbt:test@shop');
  expect(stepOf([orders!.id])).toBe('dbt:test/fqn:orders@shop');
  expect(stepOf([unique!.id, alone!.id])).toBe('dbt:test/fqn:orders_unique fqn:adds_up@shop');
  // One test of a model with one is not the whole model: there may be tests that are not listed.
  expect(stepOf([customers!.children[0]!.id])).toBe('dbt:test/fqn:customers_unique@shop');
});

test('what is left out is left out of the step, too', () => {
  expect(stepOf(undefined, [notNull!.id])).toBe('dbt:test/fqn:customers fqn:orders_unique fqn:adds_up@shop');
  expect(stepOf([orders!.id], [orders!.id])).toBeUndefined();
  expect(stepOf(['file:///other'])).toBeUndefined();
});

test('the tests that are chosen, for the view to wait for', () => {
  const labels = (include?: ReadonlySet<string>, exclude = new Set<string>()): readonly string[] =>
    chosenTests('file:///w', tree, { ...(include ? { include } : {}), exclude }).map(({ id }) => id);
  expect(labels()).toHaveLength(4);
  expect(labels(new Set([orders!.id]), new Set([notNull!.id]))).toEqual([unique!.id]);
});
