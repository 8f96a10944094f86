// Measures the engine on generated dbt projects beside the floor: listing and reading the same files.
// Prints a table and writes docs/benchmarks.md.
//   npm run bench [-- --sizes 100,1000]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { writeProject } from './generate-project.mjs';
import { columns, toMarkdown } from './bench/report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const allSizes = [100, 1000, 10_000];
const { values } = parseArgs({
  options: { sizes: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const sizes = values.sizes?.split(',').map(Number) ?? allSizes;
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  console.error('usage: npm run bench [-- --sizes 100,1000 --seed 1]');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
try {
  const engine = join(work, 'engine.mjs');
  await bundleEngine(engine);
  const results = [];
  for (const size of sizes) {
    const project = join(work, `project-${size}`);
    writeProject(project, { models: size, seed: Number(values.seed) });
    results.push(measure(engine, project, size));
    rmSync(project, { recursive: true, force: true });
  }
  console.log(table(columns(results)));
  if (values.sizes === undefined) {
    mkdirSync(join(root, 'docs'), { recursive: true });
    writeFileSync(join(root, 'docs', 'benchmarks.md'), toMarkdown(results, machine()));
    console.log('\nwritten to docs/benchmarks.md');
  }
} finally {
  rmSync(work, { recursive: true, force: true });
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
    stdin: { contents: contents.join('\n'), resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    outfile,
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    conditions: ['node', 'import'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
}

/** Each size has a process of its own, so that neither memory nor warm code is another's. */
function measure(engine, project, size) {
  const script = join(root, 'scripts', 'bench', 'measure.mjs');
  const output = execFileSync(process.execPath, ['--expose-gc', script, engine, project, String(size)], {
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
  };
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('   '),
    )
    .join('\n');
}
