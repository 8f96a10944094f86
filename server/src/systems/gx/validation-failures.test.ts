import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { gx } from './index.ts';
import { validationFailures } from './validation-failures.ts';

const path = '/w/gx/uncommitted/validations/shop/orders/__none__/20261130T085119.094887Z/p-orders.json';

/** What Great Expectations 1.24.1 writes of a frame with an empty id and a negative amount, cut down to what is read. */
const result = `{
  "id": null,
  "meta": { "great_expectations_version": "1.24.1" },
  "results": [
    {
      "exception_info": { "exception_message": null, "exception_traceback": null, "raised_exception": false },
      "expectation_config": {
        "id": "0f4b2ad2",
        "kwargs": { "batch_id": "p-orders", "column": "id" },
        "meta": {},
        "severity": "critical",
        "type": "expect_column_values_to_not_be_null"
      },
      "meta": {},
      "result": { "element_count": 2, "partial_unexpected_list": [null], "unexpected_count": 1, "unexpected_percent": 50.0 },
      "success": false
    },
    {
      "exception_info": { "exception_message": null, "exception_traceback": null, "raised_exception": false },
      "expectation_config": {
        "kwargs": { "batch_id": "p-orders", "column": "amount", "min_value": 0.0 },
        "type": "expect_column_values_to_be_between"
      },
      "result": { "element_count": 9, "partial_unexpected_list": [-1, -2, -3, -4, -5, -6], "unexpected_count": 6 },
      "success": false
    },
    {
      "exception_info": {
        "('column.max', '1', ())": {
          "exception_message": "Error: The column \\"gone\\" in BatchData does not exist.",
          "raised_exception": true
        }
      },
      "expectation_config": { "id": "c", "kwargs": { "column": "gone" }, "type": "expect_column_max_to_be_between" },
      "result": {},
      "success": false
    },
    {
      "exception_info": { "raised_exception": false },
      "expectation_config": { "id": "d", "kwargs": { "min_value": 3 }, "type": "expect_table_row_count_to_be_between" },
      "result": { "observed_value": 2 },
      "success": false
    },
    { "expectation_config": { "id": "e", "kwargs": {}, "type": "expect_column_to_exist" }, "success": true }
  ],
  "statistics": { "evaluated_expectations": 5, "successful_expectations": 1 },
  "success": false,
  "suite_name": "shop.orders"
}`;

const suite = `{
  "expectations": [
    {
      "id": "0f4b2ad2",
      "kwargs": {
        "column": "id"
      },
      "type": "expect_column_values_to_not_be_null"
    },
    {
      "kwargs": {
        "min_value": 0.0,
        "column": "amount"
      },
      "type": "expect_column_values_to_be_between"
    }
  ],
  "name": "shop.orders"
}`;

function failures(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const found = validationFailures.failures({ path, text }, (name) => files[name] ?? '');
  return found.map((each) => `${each.path.replace('/w/gx/', '')}:${each.line} ${each.message}`);
}

test('each expectation that was not met, at its line of the suite, or of the result where the suite has none', () => {
  expect(failures(result, { '/w/gx/expectations/shop/orders.json': suite })).toEqual([
    'expectations/shop/orders.json:8 shop.orders: expect_column_values_to_not_be_null(column: id) was not met: 1 of 2 values (null)',
    'expectations/shop/orders.json:15 shop.orders: expect_column_values_to_be_between(column: amount, min_value: 0) was not met: 6 of 9 values (-1, -2, -3, -4, -5, …)',
    expect.stringMatching(
      /^uncommitted.*:34 shop\.orders: expect_column_max_to_be_between\(column: gone\) could not be told: Error: The column "gone" in BatchData does not exist\.$/u,
    ),
    expect.stringMatching(
      /:40 shop\.orders: expect_table_row_count_to_be_between\(min_value: 3\) was not met: it was 2$/u,
    ),
  ]);
});

test('what succeeded, and what is no result, tells nothing', () => {
  expect(
    failures(result.replace('"success": false,\n  "suite_name"', '"success": true,\n  "suite_name"')),
  ).toEqual([]);
  for (const text of [
    '',
    '[',
    '{}',
    'null',
    '{"success": false}',
    '{"success": false, "results": [1, null, {}]}',
  ])
    expect(failures(text)).toEqual([]);
});

test('before version 1 names stood elsewhere', () => {
  const old = `{"success": false, "meta": {"expectation_suite_name": "old"},
"results": [{"success": false, "expectation_config": {"expectation_type": "expect_x", "kwargs": {"column": "a"}}}]}`;
  const file = `{"expectations": [\n{"expectation_type": "expect_x", "kwargs": {"column": "a"}}]}`;
  expect(failures(old, { '/w/gx/expectations/old.json': file })).toEqual([
    'expectations/old.json:2 old: expect_x(column: a) was not met',
  ]);
});

test('they lie where each context keeps its validations', async () => {
  const { platform } = await openFixture([gx], {
    '/w/gx/great_expectations.yml': 'config_version: 4\n',
    '/w/b/gx/great_expectations.yml': 'config_version: 4\n',
  });
  expect([...validationFailures.folders(platform.facts)].sort()).toEqual([
    '/w/b/gx/uncommitted/validations',
    '/w/gx/uncommitted/validations',
  ]);
});
