import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../server/src/cli/main.ts';
import { toy } from '../support/toy-system.ts';

type Field = 'file' | 'line' | 'column' | 'severity' | 'message' | 'code';
type Pattern = Readonly<Partial<Record<Field, number>>> & { readonly regexp: string };

interface Matcher {
  readonly name: string;
  readonly severity: string;
  readonly pattern: Pattern | readonly Pattern[];
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: { readonly problemMatchers: readonly Matcher[] };
};

/** What a matcher takes out of lines, as VS Code does it: its patterns match lines that follow each other. */
function matches(name: string, lines: readonly string[]): readonly Partial<Record<Field, string>>[] {
  const matcher = contributes.problemMatchers.find((each) => each.name === name)!;
  const patterns = [matcher.pattern].flat() as readonly Pattern[];
  const found: Partial<Record<Field, string>>[] = [];
  for (let at = 0; at < lines.length; at++) {
    const parts = patterns.map(({ regexp }, index) => new RegExp(regexp).exec(lines[at + index] ?? ''));
    if (parts.includes(null)) continue;
    const problem: Partial<Record<Field, string>> = {};
    for (const [index, { regexp: _, ...fields }] of patterns.entries())
      for (const [field, group] of Object.entries(fields)) {
        const value = typeof group === 'number' ? parts[index]?.[group] : undefined;
        if (value !== undefined) problem[field as Field] = value;
      }
    found.push(problem);
    at += patterns.length - 1;
  }
  return found;
}

test('$penstock-check reads what the check prints', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-matcher-'));
  try {
    writeFileSync(join(folder, 'toy.txt'), 'shop');
    writeFileSync(join(folder, 'a.toy'), 'use x\nrule\n');
    let out = '';
    const io = { out: (text: string) => void (out += text), err: () => {}, cwd: folder };
    await main(['check', '--no-cache'], { systems: [toy], version: '1.2.3', io });
    expect(matches('penstock-check', out.split('\n'))).toEqual([
      {
        file: 'a.toy',
        line: '1',
        column: '5',
        severity: 'error',
        message: 'no thing is named `x`',
        code: 'toy/undefined-thing',
      },
      {
        file: 'a.toy',
        line: '2',
        column: '1',
        severity: 'warning',
        message: 'the line says `rule`',
        code: 'toy/rule',
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** What dbt prints for people in a run that was recorded: a time before each message, which may have several lines. */
function printedBy(recording: string): readonly string[] {
  return readFileSync(`server/src/systems/dbt/recordings/${recording}.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { info: { level: string; msg: string; ts: string } }).info)
    .filter(({ level }) => level !== 'debug')
    .flatMap(({ msg, ts }) => `${ts.slice(11, 19)}  ${msg}`.split('\n'));
}

test('$penstock-dbt reads what dbt prints of models and tests that failed', () => {
  expect(matches('penstock-dbt', printedBy('build-failing'))).toEqual([
    {
      file: 'models/broken_orders.sql',
      message: 'Binder Error: Referenced column "nmae" not found in FROM clause!',
    },
    {
      file: 'tests/no_first_order.sql',
      severity: 'ERROR',
      message: 'Got 1 result, configured to fail if != 0',
    },
    {
      file: 'tests/few_orders.sql',
      severity: 'WARNING',
      message: 'Got 1 result, configured to warn if != 0',
    },
  ]);
  expect(matches('penstock-dbt', printedBy('jinja-error'))).toEqual([
    { file: 'models/typo.sql', message: "unexpected '}', expected ')'" },
  ]);
});

test('$penstock-dbt reads the words of older versions of dbt', () => {
  const lines = [
    '16:09:02  Failure in test unique_orders_id (models/_orders.yml)',
    '16:09:02    Got 2 results, configured to fail if != 0',
    '16:09:02  ',
    '16:09:02  Database Error in model orders (models/orders.sql)',
    '16:09:02    Catalog Error: no such table',
  ];
  expect(matches('penstock-dbt', lines)).toEqual([
    { file: 'models/_orders.yml', message: 'Got 2 results, configured to fail if != 0' },
    { file: 'models/orders.sql', message: 'Catalog Error: no such table' },
  ]);
});
