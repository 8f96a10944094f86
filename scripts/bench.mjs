// Measures Penstock on generated dbt projects: whole processes beside dbt's own parsers and beside the
// floor, the language server while somebody types, and the engine's parts; and on files of Meltano beside
// yaml-language-server; and runs that print much, alone and in VS Code. Prints tables; without --sizes and --only it measures
// all and writes docs/benchmarks.md, of runs alone it writes their tables there.
//   npm run bench [-- --sizes 100,1000] [--with-dbt | --no-dbt]
//   npm run bench -- --only yaml [--lines 100,1000]
//   npm run bench -- --only runs
//   npm run bench -- --only panel
//   npm run bench -- --only plan
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { measureCheck, measureFloor } from './bench/check.mjs';
import { hasDbt, measureDbt } from './bench/dbt.mjs';
import { askedTable } from './bench/asked.mjs';
import { measurePanel, panelTable } from './bench/panel.mjs';
import { measurePlan, planTable } from './bench/plan.mjs';
import { replaceTables, tables, toMarkdown, toText, yamlTable } from './bench/report.mjs';
import { installRivals } from './bench/rivals.mjs';
import { measureRuns, runSizes, runsTable } from './bench/runs.mjs';
import { measureServer } from './bench/server.mjs';
import { measureYaml, yamlSizes } from './bench/yaml.mjs';
import { writeProject } from './generate-project.mjs';
import { buildPrograms, node } from './support/programs.mjs';
import { root } from './support/project.mjs';

const allSizes = [100, 1000, 10_000];
const { values } = parseArgs({
  options: {
    sizes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    lines: { type: 'string' },
    'with-dbt': { type: 'boolean' },
    'no-dbt': { type: 'boolean' },
  },
});
const isWhole = values.sizes === undefined && values.only === undefined;
const numbers = (list) => list?.split(',').map(Number);
const sizes = values.only !== undefined ? [] : (numbers(values.sizes) ?? allSizes);
const lines = numbers(values.lines);
const isUnknownPart = values.only !== undefined && !['yaml', 'runs', 'panel', 'plan'].includes(values.only);
if (isUnknownPart || [...sizes, ...(lines ?? [])].some((size) => !Number.isInteger(size) || size < 1)) {
  console.error('usage: npm run bench [-- --sizes 100,1000 --seed 1 --with-dbt --no-dbt]');
  console.error('       npm run bench -- --only yaml [--lines 100,1000]');
  console.error('       npm run bench -- --only runs');
  console.error('       npm run bench -- --only panel');
  console.error('       npm run bench -- --only plan');
  process.exit(2);
}
const withDbt = values['with-dbt'] ?? (isWhole && !values['no-dbt']);
if (withDbt && !hasDbt()) {
  console.error('dbt is not installed: run `npm run example:setup`, or leave dbt out with --no-dbt');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
const programs = join(work, 'programs');
try {
  const engine = join(work, 'engine.mjs');
  const withPlan = isWhole || values.only === 'plan';
  if (sizes.length > 0) await bundleEngine(engine);
  if (values.only !== 'panel') await buildPrograms(programs, { minify: true });
  const results = [];
  for (const models of sizes) {
    const project = join(work, `project-${models}`);
    const files = writeProject(project, { models, seed: Number(values.seed) });
    const say = (what) => console.error(`${models.toLocaleString('en')} models: ${what} …`);
    say('the floor');
    const result = { models, files, floor: await measureFloor(project, work) };
    say('penstock check');
    result.check = await measureCheck(programs, project, work);
    say('the language server');
    result.server = await measureServer(programs, project, work);
    say('the engine');
    result.engine = measureEngine(engine, project);
    if (withDbt) {
      say('dbt');
      result.dbt = await measureDbt(project, models);
    }
    results.push(result);
    rmSync(project, { recursive: true, force: true });
  }
  const yaml = isWhole || values.only === 'yaml' ? await besideYamlServer() : [];
  const runs = isWhole || values.only === 'runs' ? await withRuns() : undefined;
  const withPanel = isWhole || values.only === 'runs' || values.only === 'panel';
  const panel = withPanel ? await inEditor() : undefined;
  const ofRuns = [...(runs ? [runsTable(runs)] : []), ...(panel ? [panelTable(panel)] : [])];
  const all = [
    ...(results.length > 0 ? tables(results) : []),
    ...(yaml.length > 0 ? [yamlTable(yaml)] : []),
    ...ofRuns,
    ...(withPlan ? [planTable(await measurePlan(programs, work))] : []),
    ...(values.only === 'plan' ? [] : [askedTable(results, yaml, runs, panel)]),
  ];
  console.log(toText(all));
  const page = join(root, 'docs', 'benchmarks.md');
  if (isWhole) writeFileSync(page, toMarkdown(all, machine()));
  else if (ofRuns.length > 0)
    writeFileSync(page, replaceTables(readFileSync(page, 'utf8'), ofRuns, machine()));
  if (isWhole || ofRuns.length > 0) console.log('\nwritten to docs/benchmarks.md');
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function besideYamlServer() {
  console.error('beside yaml-language-server …');
  const wanted = lines ? { plain: lines, merging: lines } : yamlSizes;
  return measureYaml(programs, await installRivals(), work, wanted);
}

async function withRuns() {
  console.error('runs that print much …');
  return measureRuns(programs, await installRivals(), work, runSizes);
}

async function inEditor() {
  console.error('runs that print much, in VS Code …');
  return measurePanel(work, runSizes);
}

/** The headless engine as one file, as the packaged server holds it. */
async function bundleEngine(outfile) {
  const parts = {
    './server/src/core/platform.ts': ['Platform'],
    './server/src/core/fact-index.ts': ['FactIndex'],
    './server/src/core/check-file.ts': ['checkFile'],
    './server/src/core/cancellation.ts': ['neverCancelled'],
    './server/src/core/log.ts': ['silentLog'],
    './server/src/files/node-files.ts': ['createNodeFiles', 'fromFsPath'],
    './server/src/files/node-pause.ts': ['createNodePause'],
    './server/src/systems/index.ts': ['systems'],
  };
  const contents = Object.entries(parts).map(
    ([path, names]) => `export { ${names.join(', ')} } from '${path}';`,
  );
  await build({
    ...node,
    stdin: { contents: contents.join('\n'), resolveDir: root },
    minify: true,
    format: 'esm',
    outfile,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
}

/** Each size has a process of its own, so that neither memory nor warm code is another's. */
function measureEngine(engine, project) {
  const script = join(root, 'scripts', 'bench', 'measure.mjs');
  const output = execFileSync(process.execPath, ['--expose-gc', script, engine, project], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output);
}

function machine() {
  const processors = cpus();
  return {
    processor: `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[1].toFixed(1),
  };
}
