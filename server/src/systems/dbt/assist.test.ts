import { noSurroundings } from '../../core/artifact.ts';
import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { FactReader } from '../../core/fact-index.ts';
import type { OutlineSymbol, ParsedFile } from '../../core/system.ts';
import { completeDbt } from './complete.ts';
import { hoverDbt } from './hover.ts';
import { dbt } from './index.ts';
import { dbtSymbols } from './symbols.ts';

/** A file of a small project, and the offset of `<|>` in its text. */
async function open(
  path: string,
  marked: string,
): Promise<{ readonly file: ParsedFile; readonly offset: number; readonly facts: FactReader }> {
  const offset = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\n', [path]: text });
  return { file: platform.parsed(path)!, offset, facts: platform.facts };
}

async function labels(path: string, marked: string): Promise<readonly string[]> {
  const { file, offset, facts } = await open(path, marked);
  return completeDbt(file, offset, facts, noSurroundings).map((suggestion) => suggestion.label);
}

test('completes keys and values of YAML files', async () => {
  expect(await labels('/w/models/s.yml', 'models:\n  - name: a\n    desc<|>\n')).toContain('description');
  expect(
    await labels('/w/models/s.yml', 'models:\n  - name: a\n    config:\n      on_schema_change: <|>\n'),
  ).toContain('append_new_columns');
  expect(await labels('/w/dbt_project.yml', 'name: shop\nmodels:\n  +<|>\n')).toContain('+materialized');
  expect(await labels('/w/profiles.yml', 'shop:\n  tar<|>\n')).toContain('target');
  expect(await labels('/w/models/a.sql', 'select <|>1')).toEqual([]);
});

test('says what a key is', async () => {
  const { file, offset } = await open(
    '/w/profiles.yml',
    'shop:\n  target: dev\n  out<|>puts:\n    dev:\n      type: duckdb\n',
  );
  expect(hoverDbt(file, offset)?.markdown).toContain('The connections, by target');
});

function shape(symbols: readonly OutlineSymbol[]): unknown[] {
  return symbols.map((each) => (each.children.length > 0 ? [each.name, shape(each.children)] : each.name));
}

test('outlines what files hold, and nothing of a connection but its type', async () => {
  const properties = await open(
    '/w/models/s.yml',
    'version: 2\nmodels:\n  - name: a\n    columns:\n      - name: id\nsources:\n  - name: raw\n    tables:\n      - name: orders\n',
  );
  expect(shape(dbtSymbols(properties.file))).toEqual([
    'version',
    ['models', [['a', ['id']]]],
    ['sources', [['raw', ['orders']]]],
  ]);
  const profiles = await open(
    '/w/profiles.yml',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      password: hunter2\n',
  );
  const outline = dbtSymbols(profiles.file);
  expect(shape(outline)).toEqual([['shop', ['dev']]]);
  expect(JSON.stringify(outline)).not.toContain('hunter2');
});
