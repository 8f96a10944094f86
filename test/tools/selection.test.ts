import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/support/project.mjs';
import { copyPlatform } from '../../scripts/support/platform-copy.mjs';
import { silentLog } from '../../server/src/core/log.ts';
import type { Platform } from '../../server/src/core/platform.ts';
import { openWorkspace } from '../../server/src/cli/workspace.ts';
import { systems } from '../../server/src/systems/index.ts';
import { end } from './programs.ts';

/** What is asked of both: dbt's own words, and the step whose things are meant. */
interface Asked {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly indirect?: string;
  readonly step?: 'dbt:build' | 'dbt:run' | 'dbt:test' | 'dbt:seed' | 'dbt:compile';
}

const asked: readonly Asked[] = [
  {},
  { select: ['fct_orders'] },
  { select: ['fct_orders'], step: 'dbt:run' },
  { select: ['fct_orders'], step: 'dbt:test' },
  { select: ['+fct_orders'] },
  { select: ['1+fct_orders+1'] },
  { select: ['@stg_products'] },
  { select: ['staging'] },
  { select: ['shop.marts.*'] },
  { select: ['stg_*'] },
  { select: ['tag:daily'] },
  { select: ['tag:dai*+'] },
  { select: ['tag:daily,config.materialized:table'] },
  { select: ['tag:checked'] },
  { select: ['path:models/marts'] },
  { select: ['models/staging/stg_orders.sql'] },
  { select: ['path:models/staging/_staging.yml'] },
  { select: ['file:countries.csv', 'file:stg_products'] },
  { select: ['source:raw+'] },
  { select: ['source:raw.orders+'], step: 'dbt:run' },
  { select: ['+exposure:sales_overview'] },
  { select: ['stg_orders stg_customers'], exclude: ['test_type:generic'] },
  { select: ['test_name:relationships'] },
  { select: ['test_type:singular', 'test_type:unit'] },
  { select: ['resource_type:snapshot', 'resource_type:seed'] },
  { select: ['package:this'], exclude: ['tag:daily'] },
  { select: ['group:finance', 'access:public'] },
  { select: ['config.enabled:true,config.meta.owner:ada'] },
  { select: ['fct_orders'], indirect: 'cautious' },
  { select: ['fct_orders dim_customers'], indirect: 'cautious' },
  { select: ['stg_orders'], indirect: 'buildable' },
  { select: ['fct_orders'], indirect: 'empty' },
  { select: ['selector:nightly'] },
  { select: ['selector:lean'], exclude: ['dim_products'] },
  { select: ['no_such_model'] },
  { exclude: ['+fct_orders'] },
  { step: 'dbt:seed' },
  { select: ['analyses'], step: 'dbt:compile' },
];

let workspace: ReturnType<typeof copyPlatform>;
let platform: Platform;
let answers: readonly (readonly string[])[];

/** The example, with tags, groups, selectors, what is switched off and what is of several kinds. */
beforeAll(async () => {
  workspace = copyPlatform();
  const dbt = join(workspace.path, 'dbt');
  const write = (path: string, change: (text: string) => string): void => {
    let text = '';
    try {
      text = readFileSync(join(dbt, path), 'utf8');
    } catch {
      mkdirSync(join(dbt, path, '..'), { recursive: true });
    }
    writeFileSync(join(dbt, path), change(text));
  };
  write('dbt_project.yml', (text) =>
    text
      .replace(
        '+schema: marts',
        '+schema: marts\n      +tags: [daily]\n      daily_sales:\n        +tags: extra',
      )
      .replace('+schema: reference', '+schema: reference\n    +meta: { owner: ada }'),
  );
  write(
    'models/staging/stg_products.sql',
    (text) => `{{ config(tags='daily', meta={'owner': 'ada'}) }}\n${text}`,
  );
  write(
    'models/marts/old.sql',
    () => "{{ config(enabled=false) }} select 1 as id from {{ ref('fct_orders') }}",
  );
  write('models/marts/deep/later.sql', () => "select * from {{ ref('daily_sales') }}");
  write(
    'models/marts/_more.yml',
    () => `groups:
  - name: finance
    owner: { name: Ada, email: ada@example.org }
models:
  - name: old
    columns: [{ name: id, data_tests: [unique] }]
  - name: later
    group: finance
    access: public
    config: { tags: [checked] }
    columns:
      - name: ordered_on
        tags: [checked]
        data_tests:
          - not_null: { config: { severity: warn, tags: [gate] } }
          - unique: { config: { enabled: false } }
`,
  );
  write('tests/deep/no_negative.sql', () => "select * from {{ ref('fct_orders') }} where revenue_eur < 0");
  write('analyses/look.sql', () => "select * from {{ ref('fct_orders') }}");
  write(
    'selectors.yml',
    () => `selectors:
  - name: nightly
    definition:
      union:
        - { method: tag, value: daily, children: true }
        - intersection: ['path:models/staging', '+fct_orders']
        - exclude: ['test_name:not_null']
  - name: lean
    definition:
      union:
        - { method: selector, value: nightly }
        - { method: fqn, value: stg_orders, indirect_selection: cautious }
`,
  );
  platform = await openWorkspace({ systems, folder: workspace.path, log: silentLog });
  answers = await dbtList(dbt);
}, 300_000);
afterAll(() => workspace.remove());

const types: Readonly<Record<string, readonly string[]>> = {
  'dbt:build': ['model', 'seed', 'snapshot', 'test', 'unit_test'],
  'dbt:run': ['model'],
  'dbt:test': ['test', 'unit_test'],
  'dbt:seed': ['seed'],
  'dbt:compile': ['model', 'seed', 'snapshot', 'test', 'analysis'],
};

/** What `dbt list` says of each, in one process. */
async function dbtList(folder: string): Promise<readonly (readonly string[])[]> {
  const python = join(workspace.path, '.venvs', 'dbt', 'bin', 'python');
  const child = spawn(python, [join(root, 'test', 'tools', 'selections.py')], { cwd: folder });
  child.stdin.end(
    JSON.stringify(
      asked.map(({ step = 'dbt:build', ...rest }) => ({ ...rest, 'resource-type': types[step] })),
    ),
  );
  const { code, stdout, stderr } = await end(child);
  if (code !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const { nodes } = JSON.parse(line) as { nodes: { name: string; resource_type: string }[] };
      return nodes.map((node) => `${node.resource_type.replace('_', ' ')} ${node.name}`).sort();
    });
}

test.each(asked.map((each, at) => [JSON.stringify(each), each, at] as const))(
  'what %s selects',
  (_, { select = [], exclude = [], indirect, step = 'dbt:build' }, at) => {
    const listed = platform.steps().find(({ id }) => id === step)!;
    const around = {
      projects: platform.projects(),
      facts: platform.facts,
      files: () => [...platform.paths()].flatMap((path) => platform.parsed(path) ?? []),
    };
    const given = new Map(indirect === undefined ? [] : [['indirect-selection', indirect]]);
    const told = platform.stepList.withOptions(listed, given, around);
    if ('refused' in told) throw new Error(told.refused);
    const { things, doubts } = platform.stepList.openSelection(told, around)!.read({ select, exclude });
    expect(things.map(({ name, what }) => `${what} ${name}`).sort()).toEqual(answers[at]);
    expect(doubts).toEqual([]);
  },
);
