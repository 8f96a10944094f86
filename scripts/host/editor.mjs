import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Problem } from '../support/problem.mjs';
import { lastLines, run } from '../support/process.mjs';
import { projectEnv, projectNode } from '../support/project.mjs';

/** Installs a packaged extension into the editor whose state lies in `home`. */
export async function installExtension(host, home, vsix) {
  await run(projectNode(), [host.entry, ...places(home), '--install-extension', vsix, '--force'], {
    env: editorEnv(),
    quiet: true,
    why: 'Penstock could not be installed into the editor',
  });
}

/** Writes the user's settings of the editor whose state lies in `home`. */
export function writeSettings(home, settings) {
  const folder = join(home, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

/** Settings with which the editor opens on the work and not on its own news. */
export const plainSettings = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Dark Modern',
  'extensions.ignoreRecommendations': true,
  // Else the editor's own extensions read the machine's certificates in the extension host to send theirs.
  'telemetry.telemetryLevel': 'off',
};

/**
 * Starts the editor as a person uses it: code-server's own entry, with `home` holding its state.
 * Resolves when it answers. `trusted: false` leaves VS Code's question of trust on.
 */
export function startEditor(host, { home, port, trusted = true, env = {} }) {
  const options = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry'];
  const quiet = ['--disable-update-check', '--disable-getting-started-override', '--ignore-last-opened'];
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  return startServer([host.entry, ...places(home), ...options, ...quiet, ...trust], { port, env });
}

/** Starts the bare server, in which the built workbench takes an extension under test. */
export function startTestServer(host, { home, port, trusted = true, env = {} }) {
  const options = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  const test = ['--accept-server-license-terms', '--enable-smoke-test-driver', '--telemetry-level', 'off'];
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  const state = ['--user-data-dir', join(home, 'data'), '--extensions-dir', join(home, 'extensions')];
  return startServer([host.serverMain, ...options, ...test, ...state, ...trust], { port, env });
}

/** A port that nothing listens on; `wanted` when it is free. */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (wanted) void freePort().then(resolve, reject);
      else reject(error);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function places(home) {
  const config = join(home, 'config.yaml');
  mkdirSync(home, { recursive: true });
  return [
    '--config',
    config,
    '--user-data-dir',
    join(home, 'data'),
    '--extensions-dir',
    join(home, 'extensions'),
  ];
}

/** Without what a surrounding VS Code terminal sets, which would send everything to that window. */
function editorEnv(env) {
  const clean = Object.keys(process.env).filter((name) => /^(VSCODE_|ELECTRON_)/.test(name));
  return { ...projectEnv(), ...Object.fromEntries(clean.map((name) => [name, undefined])), ...env };
}

async function startServer(args, { port, env }) {
  const child = spawn(projectNode(), args, {
    env: { ...process.env, ...editorEnv(env) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const abandon = () => signalGroup(child, 'SIGKILL');
  process.once('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  let said = '';
  const listen = (text) => (said = (said + text).slice(-20_000));
  child.stdout.setEncoding('utf8').on('data', listen);
  child.stderr.setEncoding('utf8').on('data', listen);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${code ?? signal}`));
  });
  const url = `http://127.0.0.1:${port}/`;
  const failure = await Promise.race([answers(url), ended]);
  if (failure) throw new Problem(`The editor did not start: ${failure}.\n${lastLines(said, 20)}`);
  return { url, port, pid: child.pid, ended, output: () => said, stop: () => stopGroup(child, ended) };
}

/** Resolves with nothing when the address answers, with a sentence when it does not within a minute. */
async function answers(url) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (await responds(url)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return 'it does not answer';
}

function responds(url) {
  return new Promise((resolve) => {
    const request = get(url, (response) => {
      response.resume();
      resolve(true);
    });
    request.setTimeout(5_000, () => request.destroy());
    request.once('error', () => resolve(false));
  });
}

/** Ends the server with everything it started: first kindly, then not. */
async function stopGroup(child, ended) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(child, signal);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  }
}

function signalGroup(child, signal) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
