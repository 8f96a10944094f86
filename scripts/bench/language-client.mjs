// A language server as a process, asked over JSON-RPC through its standard streams, as an editor does.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} = require('vscode-languageserver/node');

/**
 * Starts a server for one folder.
 * @param {string[]} argv Arguments of Node.
 * @param {{ folder: string, env?: Record<string, string>, capabilities: object, settings?: Record<string, unknown> }} options
 */
export async function startServer(argv, { folder, env = {}, capabilities, settings = {} }) {
  const child = spawn(process.execPath, argv, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // Whatever goes wrong here, the server must not outlive it.
  const abandon = () => child.kill();
  process.once('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => settings[section] ?? {}),
  );
  connection.onRequest(() => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    capabilities,
    workspaceFolders: [{ uri, name: 'bench' }],
  });
  await connection.sendNotification('initialized', {});
  return { pid: child.pid, connection, stop: () => stop(child, connection) };
}

async function stop(child, connection) {
  await connection.sendRequest('shutdown');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await connection.sendNotification('exit');
  await ended;
  connection.dispose();
}

/** The middle one, and others by their share: 0.99 for the slowest but one in a hundred. */
export function percentile(values, part) {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
}
