// Measures Penstock on generated dbt projects: whole processes beside dbt's own parsers and beside the
// floor, the language server while somebody types, and the engine's parts; and on files of Meltano beside
// yaml-language-server; and runs that print much, alone and in VS Code; and a long planning document. Prints tables, and
// writes each part of its usual size into docs/benchmarks.md as soon as it is measured.
//   npm run bench [-- --no-dbt]
//   npm run bench -- --sizes 100,1000 [--with-dbt]
//   npm run bench -- --only yaml [--lines 100,1000]
//   npm run bench -- --only models | runs | panel | plan
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { measureCheck, measureFloor } from './bench/check.mjs';
import { hasDbt, measureDbt } from './bench/dbt.mjs';
import {
  askedTable,
  wishesOfModels,
  wishesOfPanel,
  wishesOfPlan,
  wishesOfRuns,
  wishesOfYaml,
} from './bench/asked.mjs';
import { keepPart, partNames } from './bench/page.mjs';
import { measurePanel, panelTable } from './bench/panel.mjs';
import { measurePlan, planTable, planViewTable, viewedPlans } from './bench/plan.mjs';
import { measurePlanView } from './bench/plan-view.mjs';
import { tables, toText, yamlTable } from './bench/report.mjs';
import { installRivals } from './bench/rivals.mjs';
import { measureRuns, runSizes, runsTable } from './bench/runs.mjs';
import { measureServer } from './bench/server.mjs';
import { measureYaml, yamlSizes } from './bench/yaml.mjs';
import { writeProject } from './generate-project.mjs';
import { buildPrograms, node } from './support/programs.mjs';
import { root } from './support/project.mjs';

const usualSizes = [100, 1000, 10_000];
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
const numbers = (list) => list?.split(',').map(Number);
const sizes = numbers(values.sizes);
const lines = numbers(values.lines);
const isUnknownPart = values.only !== undefined && !partNames.includes(values.only);
if (
  isUnknownPart ||
  [...(sizes ?? []), ...(lines ?? [])].some((size) => !Number.isInteger(size) || size < 1)
) {
  console.error('usage: npm run bench [-- --sizes 100,1000 --seed 1 --with-dbt --no-dbt]');
  console.error('       npm run bench -- --only yaml [--lines 100,1000]');
  console.error(`       npm run bench -- --only ${partNames.join(' | ')}`);
  process.exit(2);
}
const wanted = wantedParts();
const withDbt = values['with-dbt'] ?? (wanted.includes('models') && sizes === undefined && !values['no-dbt']);
if (withDbt && !hasDbt()) {
  console.error('dbt is not installed: run `npm run example:setup`, or leave dbt out with --no-dbt');
  process.exit(2);
}

/** Of each part: what it finds, and whether that is what the page is about. */
const parts = {
  models: {
    isUsual: sizes === undefined && values.seed === '1' && withDbt,
    async measure() {
      const results = await measureModels();
      return { tables: tables(results), wishes: wishesOfModels(results) };
    },
  },
  yaml: {
    isUsual: lines === undefined,
    async measure() {
      console.error('beside yaml-language-server …');
      const found = await measureYaml(
        programs,
        await installRivals(),
        work,
        lines ? { plain: lines, merging: lines } : yamlSizes,
      );
      return { tables: [yamlTable(found)], wishes: wishesOfYaml(found) };
    },
  },
  runs: {
    isUsual: true,
    async measure() {
      console.error('runs that print much …');
      const found = await measureRuns(programs, await installRivals(), work, runSizes);
      return { tables: [runsTable(found)], wishes: wishesOfRuns(found) };
    },
  },
  panel: {
    isUsual: true,
    async measure() {
      console.error('runs that print much, in VS Code …');
      const found = await measurePanel(work, runSizes);
      return { tables: [panelTable(found)], wishes: wishesOfPanel(found) };
    },
  },
  plan: {
    isUsual: true,
    async measure() {
      console.error('a long planning document …');
      const found = await measurePlan(programs, work);
      console.error('the same in VS Code …');
      const viewed = await measurePlanView(viewedPlans);
      return { tables: [planTable(found), planViewTable(viewed)], wishes: wishesOfPlan(found) };
    },
  },
};

const work = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
const programs = join(work, 'programs');
try {
  if (wanted.some((name) => name !== 'panel')) await buildPrograms(programs, { minify: true });
  for (const name of wanted) await measurePart(name, parts[name]);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Those of a size that was asked for, else all. */
function wantedParts() {
  if (values.only === 'runs') return ['runs', 'panel'];
  if (values.only !== undefined) return [values.only];
  return sizes === undefined ? partNames : ['models'];
}

/** One that fails leaves what was known of it, and the others go on. */
async function measurePart(name, { isUsual, measure }) {
  try {
    const found = await measure();
    console.log(`${toText([...found.tables, askedTable(found.wishes)])}\n`);
    if (!isUsual) return;
    keepPart(name, { measuredOn: machine(), ...found });
    console.log(`${name}: written to docs/benchmarks.md\n`);
  } catch (error) {
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
  }
}

async function measureModels() {
  const engine = join(work, 'engine.mjs');
  await bundleEngine(engine);
  const results = [];
  for (const models of sizes ?? usualSizes) {
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
  return results;
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

/** When and on what something was measured, in a sentence. */
function machine() {
  const [processor, ...others] = cpus();
  const processors = `${others.length + 1} × ${processor?.model ?? 'unknown processor'}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  const date = new Date().toISOString().slice(0, 10);
  const load = `load of the machine in the last five minutes ${loadavg()[1].toFixed(1)}`;
  return `${date}: ${processors}, ${memory}, ${process.platform} ${process.arch}, Node ${process.versions.node}; ${load}.`;
}
