import { expect, test } from 'vitest';
import type { Command, Step } from '../../core/step.ts';
import { retryStep } from './retry.ts';

function step(args: readonly string[]): Step {
  const work: Command = {
    kind: 'command',
    executable: { name: 'dbt', install: '' },
    args: ['--no-use-colors', ...args],
    cwd: '/shop',
    writes: ['/shop/target', '/shop/shop.duckdb'],
    cancel: [],
  };
  return { id: 'dbt:build', title: '', detail: '', system: 'dbt', project: '/shop', kind: 'command', work };
}

const ran = { from: '2026-11-23T08:00:00.000Z', to: '2026-11-23T08:05:00.000Z' };
const left = (at: string, which: string): ((path: string) => string) => {
  const text = JSON.stringify({ metadata: { generated_at: at }, args: { which }, results: [] });
  return (path) => (path === '/shop/target/run_results.json' ? text : '');
};
const argsOf = (found: Step | undefined): readonly string[] | undefined =>
  found?.work.kind === 'command' ? found.work.args : undefined;

test('what failed is tried again, without the selection, which dbt keeps itself', () => {
  const found = retryStep(
    step(['build', '--select', 'orders+']),
    ran,
    left('2026-11-23T08:04:59.123456Z', 'build'),
  );
  expect(argsOf(found)).toEqual(['--no-use-colors', 'retry']);
  expect(found?.id).toBe('dbt:build');
});

test.each([
  ['results of another time', ['build'], left('2026-11-23T08:06:00.000000Z', 'build')],
  ['results of another command', ['build'], left('2026-11-23T08:04:00.000000Z', 'run')],
  ['no results', ['build'], (): string => ''],
  ['broken results', ['build'], (): string => 'null'],
  ['a command that cannot be retried', ['deps'], left('2026-11-23T08:04:00.000000Z', 'deps')],
])('%s: the whole step runs again', (_, args, read) => {
  expect(retryStep(step(args), ran, read)).toBeUndefined();
});
