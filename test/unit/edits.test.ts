import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Platform } from '../../server/src/core/platform.ts';
import type { StandingItem } from '../../server/src/core/plan-next.ts';
import { get } from '../../server/src/core/tree.ts';
import { defaultFindingSettings, diagnose } from '../../server/src/language/diagnose.ts';
import { platformPlan } from '../../server/src/language/platform-plan.ts';
import { systems } from '../../server/src/systems/index.ts';
import { openFixture } from '../support/check.ts';

const project = `version: 1
default_environment: dev
environments:
  - name: dev
    config:
      plugins:
        extractors:
          - name: tap-shop
            config: { api_url: "http://a", page: 3 }
        loaders:
          - name: target-duckdb
            config: { filepath: shop.duckdb, default_target_schema: raw }
  - name: prod
env: { TOKEN: x }
plugins:
  extractors:
    - name: tap-shop
      namespace: tap_shop
      label: Shop
      pip_url: git+https://example.com/tap-shop.git@v1.2.3
      executable: tap-shop
      capabilities: [catalog, discover, state]
      settings:
        - name: api_url
          kind: string
        - name: password
          sensitive: true
        - name: page
          kind: integer
          value: 3
      settings_group_validation: [[api_url, password]]
      config:
        api_url: https://$HOST/v1
        page: many
        pasword: \${TOKEN}
      select:
        - orders.*
        - '!orders.secret'
    - name: tap-shop-eu
      inherit_from: tap-shop
      config: { api_url: https://eu, password: hunter22hunter }
    # a note
    - &base
      name: tap-base
      namespace: tap_base
      config: &config
        start: '2024-01-01'
    - <<: *base
      name: tap-more
      config: { <<: *config, end: 1 }
    - name: tap-other
      variant: acme
      catalog: extract/catalog.json
  mappers:
    - name: mapper
      namespace: m
      mappings:
        - name: hash
          config: {}
  loaders:
    - name: target-duckdb
      variant: jwills
      pip_url: target-duckdb
      config: { filepath: $MELTANO_PROJECT_ROOT/shop.duckdb, default_target_schema: $MELTANO_EXTRACT__LOAD_SCHEMA }
    - name: target-postgres
      namespace: target_postgres
      config: { host: localhost, port: 5432, database: db }
  utilities:
    - name: dbt-duckdb
      variant: jwills
      namespace: dbt_duckdb
      config: { project_dir: transform }
      commands:
        build: build --select orders
        bad: "run 'orders"
jobs:
  - name: load
    tasks:
      - tap-shop target-duckdb
      - dbt-duckdb:build
  - name: all
    tasks: [tap-shop-eu hash target-duckdb, load]
schedules:
  - name: daily
    interval: '@daily'
    job: load
  - name: again
    interval: 0 0 * * *
    job: all
  - name: pair
    interval: 0 25 * * *
    extractor: tap-shop
    loader: target-duckdb
`;

const properties = `version: 2
models:
  - name: orders
    description: "{{ doc('orders') }}"
    config: { materialized: table }
    columns:
      - name: id
        description: |
          The id.
        data_tests:
          - unique
          - not_null
          - relationships:
              arguments: { to: ref('items'), field: id }
      - name: total # penstock: ignore dbt/unknown-key -- known
        tests: [positive]
  - name: items
    columns:
      - name: id
sources:
  - name: raw
    schema: raw
    tables:
      - name: orders
      - name: items
        columns: [{ name: id }]
exposures:
  - name: board
    type: dashboard
    owner: { email: a@b.c }
    depends_on: [ref('orders'), source('raw', 'items')]
`;

const plan = `# Outstanding tasks

*Last Updated: July 2026 | Review: Weekly*

## Loading
| Task | Priority | Status | Dependencies |
|------|----------|--------|--------------|
| Load the orders with \`meltano:job/load\` | P0 | ✅ Done | |
| Step 1: Load the items | P1 | Planned | Load the orders |
| Step 2: Load the rest | P1 | WIP | Step 1 completion, docs/how.md |

## Models
| Task | Priority | Status | Dependencies |
|------|----------|--------|--------------|
| Build orders | P0 | ⬜ | Step 2 |
| Build orders | ✅ P1 | Frobbed | previous steps |

See [the orders](docs/orders.md) and **docs/items.md**.

## More loading
| Task | Priority | Status | Dependencies |
|------|----------|--------|--------------|
| Step 1: Load the items | P1 | Planned | Load the orders |

## Success criteria
- [x] runs every day
- [ ] all is **tested**

Status: ⬜ not started

### Overall readiness: 68 %
| Area | Done |
|--|--|
| Loading | 80 % |
| Models | 20 % |
`;

const list = `# To do

- [ ] P0: Load the orders
  - [x] from the *shop*, see docs/shop.md
  - [ ] from the desk
    going on here
- [x] Load the items (@ann, due 2026-11-01)

1. [ ] Build orders (P1)
2. [/] Build **items** (@bo, P2, depends on: Load the items, Build orders)
3. [ ] Publish – after: Build **items**

## Later
- ✅ **Orders**: every night
- Items (in progress)
- 🚧 Rest, see [how](docs/how.md)
  - a part of it

## Reports
* [ ] Weekly
  * Priority: High
  * **Effort**: 2 days | Owner: Ann
  * Depends on: Load the items, **Build** orders
* [ ] Weekly
  * Priority: none
  * [ ] Monthly
    * Due: May 2026
    * Status: in progress

## Phase 2
### Task 3: Load the returns
**Priority**: P1

- Status: in progress
- Owner: Ann

Some words, see [how](docs/how.md).

### ✅ ~~Load the rest~~
- **Why**: it comes late
`;

const texts = {
  '/w/docs/todo.md': list,
  '/w/tasks.md': plan,
  '/w/meltano.yml': project,
  '/w/.env': 'TOKEN=x\nHOST=example.com\n',
  '/w/transform/dbt_project.yml': 'name: shop\nprofile: shop\nmodel-paths: [models]\n',
  '/w/transform/profiles.yml':
    'shop: { target: dev, outputs: { dev: { type: duckdb, path: ../shop.duckdb } } }\n',
  '/w/transform/models/orders.sql': "select * from {{ source('raw', 'orders') }}\n",
  '/w/transform/models/items.sql': "select * from {{ ref('orders') }} join {{ source('raw', 'items') }}\n",
  '/w/transform/models/models.yml': properties,
  '/w/penstock.yaml':
    'pipelines:\n  nightly:\n    steps:\n      - run: meltano:job/load\n      - run: dbt:model/orders\n',
};

/** All that can be seen of a platform; facts come in no certain order. */
function look(platform: Platform): unknown {
  const paths = [...platform.paths()].sort();
  const files = paths.map((path) => ({
    path,
    findings: diagnose(platform, path, defaultFindingSettings)
      .map((each) => JSON.stringify([each, platform.source(path)!.rangeOf(each.span)]))
      .sort(),
    facts: platform.facts
      .of(path)
      .map((fact) => JSON.stringify(Object.entries(fact).sort(([a], [b]) => (a < b ? -1 : 1))))
      .sort(),
    tree: platform.parsed(path)?.tree,
    plan: planOf(platform, path),
    order: orderOf(platform),
    suppressions: platform.suppressions(path),
    secrets: platform.secrets(),
  }));
  // In the order in which files happened to be read.
  const steps = platform.steps().toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { files, steps };
}

/** How the items of all plans stand to each other, and what comes next. */
function orderOf(platform: Platform): unknown {
  const { standings, next } = platformPlan(platform).order;
  const idOf = ({ path, id }: StandingItem): string => `${path} ${id}`;
  return [
    next.map(({ item }) => idOf(item)),
    standings.map(({ item, blockedBy, waitsFor, isReady }) => [
      item.item,
      item.plan.title,
      isReady,
      waitsFor,
      blockedBy.map(idOf),
      item.meanings.map((meaning) => (meaning.kind === 'items' ? meaning.items.map(idOf) : meaning)),
    ]),
  ];
}

function planOf(platform: Platform, path: string): unknown {
  const file = platform.parsed(path);
  return file && platform.systemOf(path)?.readPlan?.(file);
}

/** Words and lines that stand in the text come and go elsewhere, and letters anywhere. */
const edit = fc.record({
  kind: fc.constantFrom(
    'typed',
    'typed',
    'typed',
    'letter',
    'word',
    'line',
    'lines',
    'gone',
    'gone line',
    'break',
  ),
  at: fc.nat(),
  from: fc.nat(),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(text: string, { kind, at, from }: Edit): string {
  const put = (where: number, gone: number, typed: string): string =>
    text.slice(0, where) + typed + text.slice(where + gone);
  const where = at % (text.length + 1);
  const lines = text.split('\n');
  const line = at % lines.length;
  const other = lines[from % lines.length]!;
  if (kind === 'typed') {
    const words = [...text.matchAll(/\w+/g)];
    const { 0: word, index } = words[at % words.length]!;
    return put(index + word.length, 0, 'x');
  }
  if (kind === 'letter') return put(where, 0, 'x: -#'[from % 5]!);
  if (kind === 'gone') return put(where, 1 + (from % 3), '');
  if (kind === 'break') return put(where, 0, `\n${' '.repeat(from % 8)}`);
  if (kind === 'word') {
    const words = [...text.matchAll(/[\w$-]+/g)];
    const [old, typed] = [words[at % words.length]!, words[from % words.length]![0]];
    return put(old.index, old[0].length, typed);
  }
  if (kind === 'gone line') return lines.toSpliced(line, 1).join('\n');
  if (kind === 'line') return lines.toSpliced(line, 0, other).join('\n');
  return lines.toSpliced(line, 0, ...lines.slice(from % lines.length, (from % lines.length) + 5)).join('\n');
}

test.each(['/w/meltano.yml', '/w/transform/models/models.yml', '/w/tasks.md', '/w/docs/todo.md'])(
  'after any edits of %s a platform knows what one knows that reads the files now',
  async (path) => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
        const { platform, files } = await openFixture(systems, texts);
        for (const each of edits) {
          const before = files.texts.get(path)!;
          files.texts.set(path, edited(before, each));
          platform.update([path]);
          const { platform: fresh } = await openFixture(systems, Object.fromEntries(files.texts));
          const isBroken = fresh.findings(path).some(({ code }) => code === 'yaml/syntax');
          expect({ each, text: files.texts.get(path), look: look(platform) }).toEqual({
            each,
            text: files.texts.get(path),
            look: look(fresh),
          });
          if (!isBroken) continue;
          files.texts.set(path, before);
          platform.update([path]);
        }
      }),
      { seed: Number(process.env['SEED'] ?? 20_261_129), numRuns: Number(process.env['RUNS'] ?? 25) },
    );
  },
  600_000,
);

test('a file that was opened keeps what was read of it, so that the first letter in it is an edit like all others', async () => {
  const path = '/w/meltano.yml';
  const { platform, files } = await openFixture(systems, { [path]: project });
  const first = (): unknown => {
    const list = get(platform.parsed(path)?.tree, 'environments');
    return list?.kind === 'seq' ? list.items[0] : undefined;
  };
  platform.update([path]);
  const before = first();
  files.texts.set(path, project.replace('label: Shop', 'label: Shops'));
  platform.update([path]);
  expect(before).toBeDefined();
  expect(first()).toBe(before);
});
