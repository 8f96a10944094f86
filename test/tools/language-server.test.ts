import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { root } from '../../scripts/support/project.mjs';

const program = join(root, 'dist', 'language-server.cjs');
const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

function start(): ChildProcess {
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  undo.push(() => server.kill('SIGKILL'));
  return server;
}

test('the built server speaks LSP over stdio to a client that is no VS Code, and ends when told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-stdio-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'meltano.yml'),
    'plugins:\n  extractors:\n  - name: tap-x\njobs:\n- name: load\n  tasks: [tap-y]\n',
  );
  const server = start();
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout!),
    new StreamMessageWriter(server.stdin!),
  );
  const published = new Promise<Diagnostic[]>((found) => {
    connection.onNotification('textDocument/publishDiagnostics', (params: { diagnostics: Diagnostic[] }) => {
      if (params.diagnostics.length > 0) found(params.diagnostics);
    });
  });
  connection.listen();
  const uri = pathToFileURL(folder).toString();
  const answer: { serverInfo: { name: string } } = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    capabilities: {},
    workspaceFolders: [{ uri, name: 'w' }],
  });
  expect(answer.serverInfo.name).toBe('Penstock');
  await connection.sendNotification('initialized', {});
  const page = pathToFileURL(join(root, 'docs', 'rules', 'meltano', 'undefined-plugin.md')).href;
  const found = (await published).map((each) => [each.code, each.range.start, each.codeDescription?.href]);
  expect(found).toContainEqual(['meltano/undefined-plugin', { line: 5, character: 10 }, page]);
  await connection.sendRequest('shutdown');
  const ended = new Promise((code) => server.once('exit', code));
  await connection.sendNotification('exit');
  expect(await ended).toBe(0);
});

test('the server ends by itself when its client is gone', async () => {
  const server = start();
  const ended = new Promise((code) => server.once('exit', code));
  server.stdin!.end();
  await ended;
});
