import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { judgeValidations } from './checks.ts';
import { gx } from './index.ts';

const pathOf = (suite: string, time: string, asset = 'orders'): string =>
  `/w/gx/uncommitted/validations/${suite}/__none__/${time}/shop-${asset}.json`;

/** What Great Expectations 1.24 writes, cut down to what is read. */
function result(suite: string, success: boolean, time: string, asset = 'orders') {
  const text = JSON.stringify({
    success,
    suite_name: suite,
    meta: { run_id: { run_name: null, run_time: time } },
    statistics: { evaluated_expectations: 3, successful_expectations: success ? 3 : 1 },
  });
  return { path: pathOf(suite, time, asset), text, modifiedMs: Date.parse(time) };
}

test('of each suite the newest result counts', () => {
  const before = '2026-11-28T20:47:23.251698+00:00';
  const after = '2026-11-29T20:47:23.251698+00:00';
  expect(judgeValidations([result('orders', true, after), result('orders', false, before)])).toMatchObject({
    state: 'passed',
    seen: '1 suite, all succeeded',
    sinceMs: Date.parse(after),
  });
  expect(
    judgeValidations([
      result('orders', true, before),
      result('orders', false, after),
      result('customers', true, after),
    ]),
  ).toMatchObject({
    state: 'failed',
    seen: '2 suites, failed: `orders` (1 of 3 expectations met)',
    where: pathOf('orders', after),
  });
});

test('one suite may be held against several tables, each with a result of its own', () => {
  const on = (asset: string, success: boolean, time: string) => {
    const { text, ...rest } = result('keys', success, time, asset);
    const read = JSON.parse(text) as { readonly meta: object };
    const batch = { datasource_name: 'shop', data_asset_name: asset };
    return {
      ...rest,
      text: JSON.stringify({ ...read, meta: { ...read.meta, active_batch_definition: batch } }),
    };
  };
  const at = (hour: number): string => `2026-11-29T0${hour}:00:00+00:00`;
  const failed = [on('orders', false, at(1)), on('customers', true, at(2))];
  expect(judgeValidations(failed)).toMatchObject({
    state: 'failed',
    seen: '1 suite, failed: `keys` on `shop.orders` (1 of 3 expectations met)',
  });
  expect(judgeValidations([...failed, on('orders', true, at(3))])).toMatchObject({ state: 'passed' });
});

test('where the newest result is broken, no older one counts', () => {
  const [first, second, third] = [1, 2, 3].map((hour) => `2026-11-29T0${hour}:00:00+00:00`) as [
    string,
    string,
    string,
  ];
  const broken = (time: string) => ({ ...result('orders', true, time), text: '{"success": tr' });
  const others = [result('customers', true, third, 'customers'), result('orders', true, third, 'customers')];
  for (const before of [true, false])
    expect(judgeValidations([result('orders', before, first), broken(second), ...others])).toMatchObject({
      state: 'unknown',
      seen: 'the newest result is not whole',
      where: pathOf('orders', second),
      next: 'run the checkpoint again',
    });
  // What failed failed, whatever else is not known.
  expect(judgeValidations([broken(second), result('keys', false, first)])).toMatchObject({ state: 'failed' });
  expect(judgeValidations([broken(second), result('orders', true, third)])).toMatchObject({
    state: 'passed',
  });
});

test('a result may hold numbers that only Python writes', () => {
  const { text, ...rest } = result('orders', false, '2026-11-29T01:00:00+00:00');
  const said = text.replace('"statistics"', '"results":[NaN,-Infinity,Infinity,"\\"NaN\\\\"],"statistics"');
  expect(judgeValidations([{ ...rest, text: said }])).toMatchObject({ state: 'failed' });
});

test('what is no result proves nothing; before version 1 the suite’s name stood elsewhere', () => {
  expect(judgeValidations([{ path: '/w/a.json', text: '{"success": 1}', modifiedMs: 1 }]).state).toBe(
    'unknown',
  );
  expect(judgeValidations([{ path: '/w/a.json', text: '[', modifiedMs: 1 }]).state).toBe('unknown');
  const old = JSON.stringify({ success: false, meta: { expectation_suite_name: 'old' }, statistics: {} });
  expect(judgeValidations([{ path: '/w/a.json', text: old, modifiedMs: 5 }])).toMatchObject({
    state: 'failed',
    seen: '1 suite, failed: `old` (0 of 0 expectations met)',
    sinceMs: 5,
  });
});

test('each context has the check', async () => {
  const { platform } = await openFixture([gx], { '/w/gx/great_expectations.yml': 'config_version: 4.0\n' });
  const [project] = platform.projects();
  expect(gx.checks!(project!, platform.facts)).toMatchObject([{ id: 'gx:validations', folder: '/w/gx' }]);
});
