/**
 * From a fresh clone to the example platform open in an editor with Penstock installed.
 * The desktop VS Code when `code` is on PATH, else VS Code in the browser.
 * `--browser` takes the browser in any case; `--no-open` (or CI set) starts it and opens no window.
 */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { cacheFolder, fingerprint, isStamped, stamp } from './support/cache.mjs';
import { installHost } from './host/install.mjs';
import { freePort, installExtension, plainSettings, startEditor, writeSettings } from './host/editor.mjs';
import { Problem, runScript } from './support/problem.mjs';
import { run, tryRun, which } from './support/process.mjs';
import { ensureDependencies, platform, projectEnv, projectNode, root } from './support/project.mjs';

const oldestNode = 20;
const favouritePort = 8484;
const vsix = join(root, 'out', 'penstock.vsix');

await runScript(async (args) => {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Problem(`Penstock needs Node ${oldestNode} or later; this is ${process.version}.`);
  }
  await ensureDependencies();
  await ensurePackage();
  await prepareExample();
  const window = !args.includes('--no-open') && !process.env.CI;
  if (window && !args.includes('--browser') && (await openOnDesktop())) return;
  await openInBrowser(window);
});

/** Builds and packs the extension when anything that goes into it has changed. */
async function ensurePackage() {
  const sources = ['extension', 'server', 'webviews', 'syntaxes', 'scripts/build.mjs', 'scripts/package.mjs'];
  const texts = [
    'package.json',
    'package-lock.json',
    '.vscodeignore',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
  ];
  const files = [...sources, ...texts].flatMap((name) => filesUnder(join(root, name)));
  const wanted = fingerprint(files, ...files.map((file) => relative(root, file)));
  const mark = join(root, 'out', 'penstock.vsix.sources');
  if (existsSync(vsix) && isStamped(mark, wanted)) return;
  console.log('Building and packing Penstock …');
  const script = join(root, 'scripts', 'package.mjs');
  await run(projectNode(), [script], {
    cwd: root,
    env: projectEnv(),
    quiet: true,
    why: 'Penstock could not be packed',
  });
  stamp(mark, wanted);
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** Findings and the plan need no tools, so the editor opens also when the tools cannot be had. */
async function prepareExample() {
  const script = join(root, 'scripts', 'example-setup.mjs');
  const { code } = await tryRun(process.execPath, [script], { cwd: root });
  if (code !== 0) console.log('\nWithout them the example opens all the same, but its steps cannot run.');
}

async function openOnDesktop() {
  const code = which('code');
  if (!code) return false;
  const installed = await tryRun(code, ['--install-extension', vsix, '--force'], { quiet: true });
  if (installed.code !== 0) {
    console.log(`\`code\` did not take the extension, so the browser is used:\n${installed.output.trim()}`);
    return false;
  }
  await run(code, [platform], { quiet: true, why: 'VS Code did not open' });
  console.log(`Penstock is installed in VS Code, which opens ${relative(root, platform)}.`);
  return true;
}

async function openInBrowser(window) {
  const host = await installHost();
  const home = join(cacheFolder(), 'editor');
  mkdirSync(home, { recursive: true });
  if (!existsSync(join(home, 'data', 'User', 'settings.json'))) writeSettings(home, plainSettings);
  const mark = join(home, 'installed-extension');
  const wanted = fingerprint([vsix], host.folder);
  if (!isStamped(mark, wanted)) {
    await installExtension(host, home, vsix);
    stamp(mark, wanted);
  }
  const editor = await startEditor(host, { home, port: await freePort(favouritePort) });
  const address = `${editor.url}?folder=${encodeURIComponent(urlPath(platform))}`;
  console.log(`\nPenstock runs in VS Code at\n\n    ${address}\n\nCtrl-C ends it.`);
  if (window) openWindow(address);
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve(undefined));
  });
  const failure = await Promise.race([editor.ended, stopped]);
  await editor.stop();
  if (failure) throw new Problem(`The editor is gone: ${failure}.\n${editor.output()}`);
}

function urlPath(path) {
  return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}

/** Opens the default browser where there is a screen; the printed address serves everyone else. */
function openWindow(address) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  const hasScreen =
    process.platform in { darwin: 1, win32: 1 } || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const program = which(opener);
  if (!hasScreen || !program) return;
  const child = spawn(program, [address], { stdio: 'ignore', detached: true });
  child.once('error', (error) => console.log(`The browser did not open by itself: ${error.message}`));
  child.unref();
}
