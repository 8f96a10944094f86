import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { gx } from './index.ts';

test('the files of datasources, today’s and those of before, and the passwords of others', async () => {
  const { platform } = await openFixture([gx], {
    '/w/gx/great_expectations.yml': `config_version: 4
fluent_datasources:
  a: { type: sql, connection_string: 'duckdb:///a.duckdb?access_mode=read_only' }
  b: { type: postgres, connection_string: 'postgresql://ann:pa55word@db/x' }
  c: { type: sql, connection_string: 'duckdb:///:memory:' }
  d: { type: pandas }
datasources:
  e: { execution_engine: { connection_string: 'duckdb:////abs/e.duckdb' } }
`,
  });
  const found = [...platform.facts.all('duckdb.file')];
  expect(found.map(({ name }) => name)).toEqual(['/w/a.duckdb', '/abs/e.duckdb']);
  const text = platform.source('/w/gx/great_expectations.yml')!.text;
  expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual(['a.duckdb', '/abs/e.duckdb']);
  expect(platform.secrets()).toEqual(['pa55word']);
});
