import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyPlatform } from '../support/platform-copy.mjs';
import { lastLines } from '../support/process.mjs';
import { root } from '../support/project.mjs';
import { outcome } from '../support/suites.mjs';
import { chromiumOptions, findChromium } from './chromium.mjs';
import { freePort, plainSettings, startTestServer, writeSettings } from './editor.mjs';
import { installHost } from './install.mjs';

const bundle = join(root, 'out', 'editor-suite', 'index.cjs');

/** The suite in the extension host runs once a way of opening the workspace. */
const rounds = [
  { name: 'trusted', trusted: true },
  { name: 'restricted', trusted: false },
];

/** In a browser VS Code saves what was typed after a second, on a desktop it does not, and the suite is one for both. */
const settings = { ...plainSettings, 'files.autoSave': 'off' };

/** Runs the suite in a desktop VS Code where one can be had, else in the one for the browser. */
export async function runEditorTests() {
  await bundleSuite();
  let passed = 0;
  const failures = [];
  for (const round of rounds) {
    const result = await runRound(round);
    passed += result.passed;
    failures.push(...result.failures);
  }
  return outcome(passed, failures);
}

async function bundleSuite() {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/editor/index.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function runRound(round) {
  const workspace = copyPlatform();
  const home = mkdtempSync(join(tmpdir(), 'penstock-editor-'));
  const results = join(root, 'out', 'tests', `editor-${round.name}.json`);
  mkdirSync(join(root, 'out', 'tests'), { recursive: true });
  rmSync(results, { force: true });
  const env = { PENSTOCK_SUITE: round.name, PENSTOCK_SUITE_RESULTS: results };
  try {
    const executable = await desktopEditor();
    const where = { workspace: workspace.path, home, env, round };
    const said = executable ? await runOnDesktop(executable, where) : await runInBrowser(where);
    if (!existsSync(results)) return outcome(0, [`${round.name}: the suite left no results\n${said}`]);
    const { passed, failures, report, ended } = JSON.parse(readFileSync(results, 'utf8'));
    console.log(`\n${round.name}\n${report.join('\n')}`);
    if (!ended) failures.push(`the suite did not reach its end\n${said}`);
    return outcome(
      passed,
      failures.map((failure) => `${round.name}: ${failure}`),
    );
  } finally {
    workspace.remove();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** PENSTOCK_VSCODE names one; otherwise it is downloaded, which takes a screen and the network. */
async function desktopEditor() {
  if (process.env.PENSTOCK_VSCODE) return process.env.PENSTOCK_VSCODE;
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen) return undefined;
  try {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return await downloadAndUnzipVSCode({ timeout: 30_000 });
  } catch (error) {
    console.log(`VS Code could not be downloaded, so the suite runs in the browser: ${error.message}`);
    return undefined;
  }
}

async function runOnDesktop(executable, { workspace, home, env, round }) {
  const { runTests } = await import('@vscode/test-electron');
  const state = ['--user-data-dir', join(home, 'data'), '--extensions-dir', join(home, 'extensions')];
  writeSettings(home, settings);
  const code = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: bundle,
    extensionTestsEnv: env,
    launchArgs: [workspace, ...state, ...(round.trusted ? ['--disable-workspace-trust'] : [])],
  }).catch((error) => error.message);
  return `VS Code ended with ${code}`;
}

async function runInBrowser({ workspace, home, env, round }) {
  const { chromium } = await import('playwright-core');
  const host = await installHost();
  writeSettings(home, settings);
  const server = await startTestServer(host, { home, port: await freePort(), trusted: round.trusted, env });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumOptions });
  try {
    const page = await browser.newPage();
    let log = '';
    const exited = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
      page.once('crash', () => resolve('the page crashed'));
    });
    await page.exposeFunction('codeAutomationLog', (_type, parts) => {
      log += `${parts.map(String).join(' ')}\n`;
    });
    await page.goto(testAddress(server, workspace));
    const silence = new Promise((resolve) =>
      setTimeout(() => resolve('it did not end within 15 minutes'), 900_000).unref(),
    );
    const code = await Promise.race([exited, server.ended, silence]);
    return `The editor ended with ${code}.\n${lastLines(`${server.output()}\n${log}`, 30)}`;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The built workbench reads what to test from its address. */
function testAddress(server, workspace) {
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(bundle)],
    ['skipWelcome', 'true'],
    ['enableProposedApi', ''],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  return `${server.url}?${query}`;
}
