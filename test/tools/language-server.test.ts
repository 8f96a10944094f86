import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { end, startPenstock } from './programs.ts';
import { untilTrue } from './waiting.ts';

const program = join(root, 'dist', 'language-server.cjs');
const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

function start(): ChildProcess {
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  undo.push(() => server.kill('SIGKILL'));
  return server;
}

/** Speaks to a server as an editor does that has opened a folder. */
async function open(server: ChildProcess, folder: string) {
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
  await connection.sendNotification('initialized', {});
  return { connection, published, name: answer.serverInfo.name };
}

test('the built server speaks LSP over stdio to a client that is no VS Code, and ends when told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-stdio-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'meltano.yml'),
    'plugins:\n  extractors:\n  - name: tap-x\njobs:\n- name: load\n  tasks: [tap-y]\n',
  );
  const server = start();
  const { connection, name, published } = await open(server, folder);
  expect(name).toBe('Penstock');
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

test('the server is killed while a run goes on: the run ends as it would, and the next server finds all as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-killed-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  const waiting = 'echo waiting; until [ -e go ]; do sleep 0.05; done; echo done';
  writeFileSync(
    join(folder, 'penstock.yaml'),
    `pipelines:\n  long:\n    steps:\n      - id: wait\n        run: [sh, -c, ${JSON.stringify(waiting)}]\n        needs: [gone]\n`,
  );
  const first = start();
  expect(codesOf(await (await open(first, folder)).published)).toContain('penstock/undefined-need');
  writeFileSync(
    join(folder, 'penstock.yaml'),
    `pipelines:\n  long:\n    steps:\n      - id: wait\n        run: [sh, -c, ${JSON.stringify(waiting)}]\n`,
  );
  const run = startPenstock(['run', 'pipeline:long'], folder);
  undo.push(() => run.kill('SIGKILL'));
  const ended = end(run);
  await untilTrue('the step to begin', () => logIn(folder).includes('"waiting"'));
  const killed = new Promise((resolve) => first.once('exit', (_code, signal) => resolve(signal)));
  first.kill('SIGKILL');
  expect(await killed).toBe('SIGKILL');
  writeFileSync(join(folder, 'go'), '');
  expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining('  done\n') });
  const events = logIn(folder)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number; type: string });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at));
  expect(events.at(-1)).toMatchObject({ type: 'run-ended', status: 'succeeded' });
  writeFileSync(
    join(folder, 'penstock.yaml'),
    'pipelines:\n  long:\n    steps: [{ id: a, step: gone:step }]\n',
  );
  expect(codesOf(await (await open(start(), folder)).published)).not.toContain('penstock/undefined-need');
});

function codesOf(found: readonly Diagnostic[]): readonly unknown[] {
  return found.map(({ code }) => code);
}

/** The log of the only run of a folder; '' before it has begun. */
function logIn(folder: string): string {
  const runs = join(folder, '.penstock', 'runs');
  const [id] = existsSync(runs) ? readdirSync(runs).filter((name) => /^\d/.test(name)) : [];
  const log = join(runs, id ?? '', 'events.jsonl');
  return id !== undefined && existsSync(log) ? readFileSync(log, 'utf8') : '';
}
