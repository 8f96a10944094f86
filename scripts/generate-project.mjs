// Writes a realistic dbt project of any size, the same for the same seed: for benchmarks and for trying things.
//   node scripts/generate-project.mjs DIR --models N --seed S
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const modelsPerFile = 10;
/** One file of each project describes this many: a thousand lines to type in. */
const modelsInLargeFile = 40;
const tablesPerSource = 20;
const domains = ['sales', 'finance', 'marketing', 'support', 'product', 'logistics'];
const nouns = [
  'order',
  'customer',
  'payment',
  'shipment',
  'session',
  'ticket',
  'invoice',
  'product',
  'visit',
  'refund',
];
const columns = [
  'amount',
  'status',
  'created_at',
  'updated_at',
  'customer_id',
  'region',
  'channel',
  'quantity',
  'currency',
];
const statuses = ['placed', 'shipped', 'completed', 'returned', 'cancelled'];

/** A generator of numbers in [0, 1) that a seed decides wholly (mulberry32). */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The large file, and the model that half of all models read: what the worst edits are about. */
export const largeFile = 'models/intermediate/_intermediate_0000.yml';
export const popularModel = 'stg_calendar';

/**
 * The files of a project as a map from path to text. A quarter of the models reads sources, the rest
 * reads one to three earlier models, so that chains grow as long as those of real projects; half of them
 * read one and the same model besides, as they would a calendar.
 */
export function generateProject({ models, seed = 1, name = 'generated' }) {
  const random = createRandom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const files = new Map();
  const all = planModels(models, random, pick);
  files.set('dbt_project.yml', projectYaml(name));
  files.set('profiles.yml', profilesYaml(name));
  for (const [at, group] of chunks(sourceTables(all), tablesPerSource).entries()) {
    files.set(`models/staging/src_raw_${at}.yml`, sourcesYaml(`raw_${at}`, group));
  }
  for (const model of all) files.set(`${model.folder}/${model.name}.sql`, modelSql(model, pick));
  for (const layer of ['staging', 'intermediate', 'marts']) {
    const own = all.filter((model) => model.layer === layer);
    const large = layer === 'intermediate' ? own.splice(0, modelsInLargeFile) : [];
    const groups = [...(large.length > 0 ? [large] : []), ...chunks(own, modelsPerFile)];
    for (const [at, group] of groups.entries()) {
      files.set(`models/${layer}/_${layer}_${String(at).padStart(4, '0')}.yml`, propertiesYaml(group, pick));
    }
  }
  return files;
}

function planModels(count, random, pick) {
  const all = [];
  for (let at = 0; at < count; at++) {
    const layer = at < Math.max(1, count / 4) ? 'staging' : at < (count * 3) / 4 ? 'intermediate' : 'marts';
    const domain = pick(domains);
    const noun = pick(nouns);
    const prefix = { staging: 'stg', intermediate: 'int', marts: 'fct' }[layer];
    const model = {
      name: at === 0 ? popularModel : `${prefix}_${domain}_${noun}_${at}`,
      layer,
      folder: `models/${layer}/${domain}`,
      at,
      columns: [],
      refs: [],
    };
    const key = `${noun}_id`;
    model.columns = [key, ...columns.filter((each) => each !== key && random() < 0.45).slice(0, 4)];
    if (layer === 'staging') {
      const table = Math.floor(at / 2);
      model.source = { name: `raw_${Math.floor(table / tablesPerSource)}`, table: `${noun}_${table}` };
      if (at % 2 === 1) model.source = all[at - 1].source;
    } else {
      // Near ones are likelier, which makes chains and not one broad layer.
      const reads = 1 + Math.floor(random() * 3);
      for (let each = 0; each < reads; each++)
        model.refs.push(all[Math.max(0, at - 1 - Math.floor(random() ** 2 * Math.min(at, 400)))].name);
      if (layer === 'intermediate') model.refs.push(popularModel);
      model.refs = [...new Set(model.refs)];
    }
    all.push(model);
  }
  return all;
}

function sourceTables(all) {
  return [...new Set(all.filter((model) => model.source).map((model) => model.source.table))];
}

function chunks(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}

function projectYaml(name) {
  return `name: ${name}
version: "1.0.0"
config-version: 2
profile: ${name}
require-dbt-version: ">=1.8.0"

model-paths: ["models"]
target-path: target
clean-targets: ["target", "dbt_packages"]

models:
  ${name}:
    staging:
      +materialized: view
    intermediate:
      +materialized: ephemeral
    marts:
      +materialized: table
`;
}

function profilesYaml(name) {
  return `${name}:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: warehouse.duckdb
      threads: 4
    prod:
      type: duckdb
      path: "{{ env_var('WAREHOUSE_PATH', 'prod.duckdb') }}"
      threads: 8
`;
}

function sourcesYaml(source, tables) {
  const rows = tables.map(
    (table) => `      - name: ${table}
        description: Rows of ${table.replaceAll('_', ' ')} as the loader left them.
        columns:
          - name: id
            data_tests:
              - unique
              - not_null
`,
  );
  return `version: 2

sources:
  - name: ${source}
    description: Loaded every hour, never edited by hand.
    schema: ${source}
    tables:
${rows.join('')}`;
}

function modelSql(model, pick) {
  const from = model.source
    ? [`{{ source('${model.source.name}', '${model.source.table}') }}`]
    : model.refs.map((ref) => `{{ ref('${ref}') }}`);
  const ctes = from.map((each, at) => `input_${at} as (\n    select * from ${each}\n)`);
  const joins = from
    .slice(1)
    .map((_, at) => `left join input_${at + 1} using (${pick(['id', 'customer_id'])})`);
  return `with ${ctes.join(',\n\n')}

select
${model.columns.map((column) => `    input_0.${column}`).join(',\n')}
from input_0
${joins.join('\n')}${joins.length > 0 ? '\n' : ''}`;
}

function propertiesYaml(models, pick) {
  return `version: 2\n\nmodels:\n${models.map((model) => modelYaml(model, pick)).join('\n')}`;
}

function modelYaml(model, pick) {
  const [key, ...others] = model.columns;
  const rest = others.map(
    (column) =>
      `      - name: ${column}\n        description: The ${column.replaceAll('_', ' ')} of the row, as ${pick(domains)} counts it.\n`,
  );
  return `  - name: ${model.name}
    description: >
      One row for each ${key.replace('_id', '')} that ${pick(domains)} has seen,
      with what ${pick(domains)} needs to know of it.
    config:
      tags: ["${model.layer}", "${pick(domains)}"]
      meta:
        owner: ${pick(domains)}
    columns:
      - name: ${key}
        description: Identifies the row.
        data_tests:
          - unique
          - not_null
      - name: kind
        description: 'Where it stands: ${statuses.join(', ')}.'
        data_tests:
          - accepted_values:
              arguments:
                values: [${statuses.map((status) => `'${status}'`).join(', ')}]
          - not_null:
              config:
                severity: warn
${rest.join('')}`;
}

/** Writes the files below `folder` and returns how many there are. */
export function writeProject(folder, options) {
  const files = generateProject(options);
  const made = new Set();
  for (const [path, text] of files) {
    const file = join(folder, path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, text);
  }
  return files.size;
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { models: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
  });
  const [folder] = positionals;
  const models = Number(values.models);
  if (folder === undefined || !Number.isInteger(models) || models < 1) {
    console.error('usage: node scripts/generate-project.mjs DIR --models N --seed S');
    process.exit(2);
  }
  const written = writeProject(resolve(folder), { models, seed: Number(values.seed) });
  console.log(`${written} files of ${models} models written to ${folder}`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main();
