/**
 * Runs every suite, also after one failed, and says in its last line how many tests passed and failed.
 * Names of suites as arguments run those alone: `npm test -- unit tools`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './host/chromium.mjs';
import { installHost } from './host/install.mjs';
import { prepareNeovim } from './host/neovim.mjs';
import { ensureExpectations, ensureServices } from './host/services.mjs';
import { Problem } from './support/problem.mjs';
import { run } from './support/process.mjs';
import { ensureDependencies, projectEnv, projectNode, root } from './support/project.mjs';
import { commands, outcome, vitest } from './support/suites.mjs';

/** In this order; `needs` prepares what a suite stands on, once for all that ask for it. */
const suites = [
  {
    name: 'check',
    run: () =>
      commands([
        ['types', 'typescript:tsc', '-b'],
        ['lint', 'oxlint', '--type-aware'],
        ['format', 'prettier', '--check', '.'],
      ]),
  },
  // `npm run unit` starts and cancels a quarter of these runs at random.
  { name: 'unit', run: () => vitest('unit', 'vitest.config.ts', { PENSTOCK_SOAK_RUNS: '1000' }) },
  { name: 'package', run: () => commands([['package', 'scripts/package.mjs']]) },
  { name: 'webviews', needs: [chromium], run: () => vitest('webviews', 'test/webviews/vitest.config.ts') },
  {
    name: 'tools',
    needs: [built, example, prepareNeovim],
    run: () => vitest('tools', 'test/tools/vitest.config.ts'),
  },
  {
    name: 'evidence',
    needs: [example, ensureServices, ensureExpectations],
    run: () => vitest('evidence', 'test/evidence/vitest.config.ts'),
  },
  { name: 'agreement', needs: [example], run: () => vitest('agreement', 'test/agreement/vitest.config.ts') },
  { name: 'editor', needs: [built, example, chromium, host], run: runEditorSuite },
  {
    name: 'browser',
    needs: [packed, example, chromium, host],
    run: () => vitest('browser', 'test/browser/vitest.config.ts'),
  },
];

const prepared = new Map();
const results = [];

async function main(names) {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length)
    throw new Problem(
      `No such suite: ${unknown.join(', ')}. There are ${suites.map((suite) => suite.name).join(', ')}.`,
    );
  await ensureDependencies();
  for (const suite of suites) {
    if (names.length && !names.includes(suite.name)) continue;
    console.log(`\n=== ${suite.name} ===`);
    const began = Date.now();
    const { passed, failures } = await attempt(suite);
    results.push({ name: suite.name, passed, failures, seconds: (Date.now() - began) / 1000 });
  }
}

/** A suite that cannot start is a failure of its own. */
async function attempt(suite) {
  try {
    for (const need of suite.needs ?? []) await prepare(need);
    return await suite.run();
  } catch (error) {
    const message = error instanceof Problem ? error.message : String(error?.stack ?? error);
    console.error(message);
    return outcome(0, [`the suite could not run: ${message.split('\n')[0]}`]);
  }
}

function prepare(need) {
  if (!prepared.has(need)) prepared.set(need, need());
  return prepared.get(need);
}

function example() {
  return script('The example platform could not be prepared', 'scripts/example-setup.mjs');
}

async function built() {
  if (!existsSync(join(root, 'dist', 'penstock.cjs')) || !ran('package')) {
    await script('The build failed', 'scripts/build.mjs');
  }
}

async function packed() {
  if (!existsSync(join(root, 'out', 'penstock.vsix')) || !ran('package')) {
    await script('Penstock could not be packed', 'scripts/package.mjs');
  }
}

/** Whether this run made the package, so that what lies there is of now. */
function ran(name) {
  return results.some((result) => result.name === name && result.failures.length === 0);
}

function script(why, file, ...args) {
  return run(projectNode(), [join(root, file), ...args], { cwd: root, env: projectEnv(), quiet: true, why });
}

async function chromium() {
  process.env.CHROMIUM = await ensureChromium();
}

async function host() {
  process.env.PENSTOCK_HOST = (await installHost()).folder;
}

async function runEditorSuite() {
  const { runEditorTests } = await import('./host/editor-tests.mjs');
  return runEditorTests();
}

// What a suite started is ended when this process exits, which a signal alone would not let it do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Problem ? error.message : error);
  results.push({ name: 'preparation', passed: 0, failures: ['the tests could not start'], seconds: 0 });
}

console.log('\n=== summary ===');
for (const { name, passed, failures, seconds } of results) {
  console.log(`${name.padEnd(12)} ${passed} passed, ${failures.length} failed (${seconds.toFixed(0)} s)`);
  for (const failure of failures) console.log(`    ✗ ${failure}`);
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failures.length, 0);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
