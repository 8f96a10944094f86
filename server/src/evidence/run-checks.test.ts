import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { OperationCancelled, type CancellationToken } from '../core/cancellation.ts';
import { aboutNothing, type Check, type Probe, type Protocol } from '../core/evidence.ts';
import { FactIndex } from '../core/fact-index.ts';
import type { LastRun, RunHistory } from '../core/last-run.ts';
import { fromFsPath } from '../files/node-files.ts';
import type { ProbeLimits } from '../readiness/check-runner.ts';
import { settle, type Answer } from '../readiness/settle.ts';
import { createCheckRunner } from './run-checks.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const hour = 3_600_000;
let folder = '';
function files(texts: Readonly<Record<string, string>>): void {
  const root = mkdtempSync(join(tmpdir(), 'penstock-evidence-'));
  ends.push(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  folder = root;
}

function age(name: string, ms: number): void {
  const then = new Date(Date.now() - ms);
  utimesSync(join(folder, name), then, then);
}

const noRuns: RunHistory = {
  last: async () => undefined,
  lastOfStep: async () => undefined,
  masked: (text, _project, secrets) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text),
};

interface Asked {
  readonly limits?: Partial<ProbeLimits>;
  readonly token?: CancellationToken;
  readonly history?: RunHistory;
  readonly more?: Partial<Check>;
}

async function answersTo(probes: readonly Probe[], asked: Asked = {}): Promise<readonly Answer[]> {
  const runner = createCheckRunner({ systems: [], history: asked.history ?? noRuns, env: process.env });
  const root = fromFsPath(folder || tmpdir());
  const answers = new Map<string, Answer>();
  const checks = probes.map((probe, at): Check => ({
    id: String(at),
    title: 'it is so',
    probe,
    about: aboutNothing,
    weight: 1,
    folder: root,
    ...asked.more,
  }));
  await runner.run(checks, {
    limits: {
      isTrusted: true,
      allowedHosts: [],
      environments: [],
      folders: [root],
      secrets: [],
      ...asked.limits,
    },
    facts: new FactIndex(),
    token: asked.token ?? { isCancellationRequested: false },
    onAnswer: (check, answer) => answers.set(check.id, answer),
  });
  return checks.flatMap(({ id }) => answers.get(id) ?? []);
}

/** The evidence of one probe, aged. */
async function evidenceOf(probe: Probe, asked: Asked = {}) {
  const [answer] = await answersTo([probe], asked);
  const check = {
    id: '0',
    title: 'it is so',
    probe,
    about: aboutNothing,
    weight: 1,
    folder: '/',
    ...asked.more,
  };
  return settle(check, answer, { waivers: [], nowMs: Date.now() });
}

async function listen(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function web(
  answer: (url: string) => { status: number; body?: string; location?: string },
): Promise<number> {
  const server = createHttpServer((request, response) => {
    const { status, body = '', location } = answer(request.url ?? '');
    response.writeHead(status, location === undefined ? {} : { location }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const at = (port: number, host = '127.0.0.1') => ({ host, port });
const hello = (protocol: Protocol, port: number): Probe => ({ kind: 'hello', protocol, address: at(port) });

test('a file is there, fresh enough, or not', async () => {
  files({ 'data/a.csv': 'a', 'data/b.csv': 'b', 'data/deep/c.csv': 'c', 'notes.txt': '' });
  const file = (atLeast: number, ...patterns: readonly string[]): Probe => ({
    kind: 'file',
    patterns,
    atLeast,
  });
  expect(await evidenceOf(file(1, 'notes.txt'))).toMatchObject({ state: 'passed', seen: 'it is there' });
  expect(await evidenceOf(file(2, 'data/*.csv'))).toMatchObject({ state: 'passed', seen: '2 files' });
  expect(await evidenceOf(file(3, '**/*.csv'))).toMatchObject({ state: 'passed', seen: '3 files' });
  expect(await evidenceOf(file(3, 'data/*.csv'))).toMatchObject({ state: 'failed', seen: '2 of 3 files' });
  expect(await evidenceOf(file(1, 'gone/*.csv'))).toMatchObject({ state: 'failed', seen: 'no file' });
  age('notes.txt', 5 * hour);
  expect(await evidenceOf(file(1, 'notes.txt'), { more: { maxAgeMs: hour } })).toMatchObject({
    state: 'stale',
    expected: 'a file at `notes.txt`, at most 60 minutes old',
    seen: 'it is there, 5 hours old',
  });
});

test('what a tool left behind is judged by who knows it', async () => {
  files({ 'out/a.json': 'good', 'out/b.json': 'bad', 'src/x.sql': '' });
  age('out/a.json', 3 * hour);
  const probe: Probe = {
    kind: 'artifact',
    patterns: ['out/*.json'],
    made: 'run it',
    beside: ['src/*.sql'],
    judge: (found, { beside }) => ({
      state: found.some(({ text }) => text === 'bad') ? 'failed' : 'passed',
      expected: 'good',
      seen: `${found.length} and ${beside.length}`,
    }),
  };
  expect(await evidenceOf(probe)).toMatchObject({ state: 'failed', seen: '2 and 1' });
  expect(await evidenceOf({ ...probe, patterns: ['out/a.json'] })).toMatchObject({ state: 'passed' });
  expect(
    await evidenceOf({ ...probe, patterns: ['out/a.json'] }, { more: { maxAgeMs: hour } }),
  ).toMatchObject({
    state: 'stale',
    seen: '1 and 1, 3 hours old',
  });
  expect(await evidenceOf({ ...probe, newest: true })).toMatchObject({ seen: '1 and 1', state: 'failed' });
  expect(await evidenceOf({ ...probe, headBytes: 2, patterns: ['out/b.json'] })).toMatchObject({
    state: 'passed',
  });
  expect(await evidenceOf({ ...probe, patterns: ['gone.json'] })).toMatchObject({
    state: 'unknown',
    next: 'run it',
  });
});

test('a database is read as a tool keeps it', async () => {
  files({ 'broken.db': 'no database' });
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(join(folder, 'a.db'));
  database.exec("CREATE TABLE runs (name TEXT, state TEXT); INSERT INTO runs VALUES ('a', 'FAIL')");
  database.close();
  const probe = (file: string, sql = 'SELECT state FROM runs'): Probe => ({
    kind: 'database',
    file,
    made: 'run it',
    sql,
    judge: (rows) => ({
      state: rows[0]?.['state'] === 'FAIL' ? 'failed' : 'passed',
      expected: 'a',
      seen: 'b',
      sinceMs: 5,
    }),
  });
  expect(await evidenceOf(probe('a.db'))).toMatchObject({ state: 'failed' });
  expect(await evidenceOf(probe('a.db', "SELECT 'x' AS state"))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(probe('a.db', "SELECT 'x' AS state"), { more: { maxAgeMs: hour } })).toMatchObject({
    state: 'stale',
  });
  expect(await evidenceOf(probe('a.db', 'SELECT x FROM gone'))).toMatchObject({ state: 'unknown' });
  expect(await evidenceOf(probe('broken.db'))).toMatchObject({ state: 'unknown' });
  expect(await evidenceOf(probe('gone.db'))).toMatchObject({ state: 'unknown', next: 'run it' });
});

test('a step’s last run counts with its age', async () => {
  const run = (status: LastRun['status'], ageMs: number, message?: string): RunHistory => ({
    ...noRuns,
    lastOfStep: async () => ({
      status,
      at: new Date(Date.now() - ageMs).toISOString(),
      durationMs: 1500,
      ...(message === undefined ? {} : { message }),
    }),
  });
  const probe: Probe = { kind: 'ran', step: 'pipeline:daily' };
  const more = { maxAgeMs: 24 * hour };
  expect(await evidenceOf(probe, { history: run('succeeded', hour), more })).toMatchObject({
    state: 'passed',
    seen: 'it succeeded in 1.5 s',
  });
  expect(await evidenceOf(probe, { history: run('succeeded', 72 * hour), more })).toMatchObject({
    state: 'stale',
    next: 'run it: `penstock run pipeline:daily`',
  });
  expect(await evidenceOf(probe, { history: run('failed', hour, 'no disk\nmore') })).toMatchObject({
    state: 'failed',
    seen: 'it failed: no disk',
  });
  expect(await evidenceOf(probe, { history: run('warned', hour) })).toMatchObject({ state: 'warning' });
  expect(await evidenceOf(probe)).toMatchObject({ state: 'unknown', seen: 'it never ran here' });
});

test('a port is open or not', async () => {
  const port = await listen(() => {});
  expect(await evidenceOf({ kind: 'port', address: at(port, 'localhost') })).toMatchObject({
    state: 'passed',
  });
  expect(await evidenceOf({ kind: 'port', address: at(await closedPort()) })).toMatchObject({
    state: 'failed',
    seen: 'nothing listens there',
    next: 'start it, or correct the address',
  });
});

// Stand-ins for the servers, each saying what the real one would; the real ones are asked in test/evidence.
const redis = (answer: string) => (socket: Socket) => void socket.once('data', () => socket.write(answer));
function postgres(kind: string, body: string) {
  return (socket: Socket): void => {
    socket.once('data', () => {
      const head = Buffer.alloc(5);
      head.write(kind);
      head.writeInt32BE(4 + Buffer.byteLength(body), 1);
      // In two pieces, as the network may bring it.
      socket.write(head);
      setImmediate(() => socket.write(body));
    });
  };
}
const kafka = (error: number) => (socket: Socket) =>
  void socket.once('data', (request: Buffer) => {
    const answer = Buffer.alloc(14);
    answer.writeInt32BE(10, 0);
    request.copy(answer, 4, 8, 12);
    answer.writeInt16BE(error, 8);
    socket.write(answer);
  });

test.each([
  ['redis', redis('+PONG\r\n'), 'passed', 'it answers `PONG`'],
  ['redis', redis('-NOAUTH Authentication required.\r\n'), 'passed', 'it answers, and asks for a password'],
  ['redis', redis('-LOADING Redis is loading\r\n'), 'warning', 'it is still loading its data'],
  ['redis', redis('HTTP/1.1 400 Bad Request\r\n\r\n'), 'failed', 'something else answers'],
  ['postgres', postgres('R', '\0\0\0\0'), 'passed', 'it takes connections'],
  ['postgres', postgres('E', 'SFATAL\0C28000\0Mno entry\0\0'), 'passed', 'it takes connections'],
  [
    'postgres',
    postgres('E', 'SFATAL\0C57P03\0Mthe database system is starting up\0\0'),
    'warning',
    'the database system is starting up',
  ],
  ['postgres', redis('-ERR unknown command\r\n'), 'failed', 'something else answers'],
  ['kafka', kafka(0), 'passed', 'the broker answers'],
  ['kafka', kafka(35), 'warning', 'the broker answers with error 35'],
  ['kafka', redis('+PONG\r\n+PONG\r\n'), 'failed', 'something else answers'],
] as const)('greets %s', async (protocol, talk, state, seen) => {
  expect(await evidenceOf(hello(protocol, await listen(talk)))).toMatchObject({ state, seen });
});

test.each([
  [200, '{"cluster_name":"c","status":"green"}', 'passed', 'the cluster is green'],
  [200, '{"cluster_name":"c","status":"yellow"}', 'passed', 'the cluster is yellow'],
  [200, '{"cluster_name":"c","status":"red"}', 'failed', 'the cluster is red'],
  [401, '{}', 'passed', 'it answers, and asks for a login'],
  [200, '<html>', 'failed', 'something else answers'],
])('asks Elasticsearch: %d %s', async (status, body, state, seen) => {
  const port = await web((url) => (url === '/_cluster/health' ? { status, body } : { status: 404 }));
  expect(await evidenceOf(hello('elasticsearch', port))).toMatchObject({ state, seen });
});

test.each(['redis', 'postgres', 'kafka', 'elasticsearch'] as const)(
  '%s cannot be reached, or is stale',
  async (protocol) => {
    expect(await evidenceOf(hello(protocol, await closedPort()))).toMatchObject({
      state: 'failed',
      seen: 'nothing listens there',
    });
    const answer: Answer = {
      judgement: { state: 'passed', expected: 'it answers', seen: 'it answers' },
      checkedMs: Date.now() - hour,
      durationMs: 1,
    };
    const check = {
      id: 'a',
      title: '',
      probe: hello(protocol, 1),
      about: aboutNothing,
      weight: 1,
      folder: '/',
    };
    expect(settle(check, answer, { waivers: [], nowMs: Date.now() }).state).toBe('stale');
  },
);

test('an address answers with its status and values', async () => {
  const body = JSON.stringify({ status: 'success', data: { result: [{ value: 1 }] }, 'a.b': true });
  const port = await web((url) =>
    url.startsWith('/ok')
      ? { status: 200, body }
      : url === '/moved'
        ? { status: 302, location: 'http://192.0.2.1/' }
        : { status: 503, body: 'no' },
  );
  const http = (path: string, more: Partial<Extract<Probe, { kind: 'http' }>> = {}): Probe => ({
    kind: 'http',
    url: `http://user:hidden@127.0.0.1:${port}${path}`,
    json: [],
    ...more,
  });
  const value = (path: string, equals?: string) => ({
    json: [{ path, ...(equals === undefined ? {} : { equals }) }],
  });
  // A login in the address is not for fetch, nor for anybody to see.
  const plain = (path: string, more = {}): Probe =>
    ({ ...http(path, more), url: `http://127.0.0.1:${port}${path}` }) as Probe;
  expect(await evidenceOf(plain('/ok?token=hidden'))).toMatchObject({
    state: 'passed',
    expected: `http://127.0.0.1:${port}/ok?… answers`,
    seen: 'it answers 200',
  });
  expect(await evidenceOf(plain('/ok', value('data.result.0.value', '1')))).toMatchObject({
    state: 'passed',
  });
  expect(await evidenceOf(plain('/ok', value('a.b', 'true')))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(plain('/ok', value('status')))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(plain('/ok', value('status', 'error')))).toMatchObject({
    state: 'failed',
    seen: '`status` is `success`',
  });
  expect(await evidenceOf(plain('/ok', value('data.none')))).toMatchObject({
    seen: '`data.none` is not there',
  });
  expect(await evidenceOf(plain('/moved'))).toMatchObject({ state: 'passed', seen: 'it answers 302' });
  expect(await evidenceOf(plain('/bad'))).toMatchObject({ state: 'failed', seen: 'it answers 503' });
  expect(await evidenceOf(plain('/bad', { status: 503 }))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(plain('/bad', { status: 503, ...value('a') }))).toMatchObject({ state: 'failed' });
  expect(JSON.stringify(await evidenceOf(http('/ok')))).not.toContain('hidden');
  expect(
    await evidenceOf({ kind: 'http', url: `http://127.0.0.1:${await closedPort()}/`, json: [] }),
  ).toMatchObject({
    state: 'failed',
    seen: 'nothing listens there',
  });
});

const command = (words: readonly string[], exit = 0): Probe => ({
  kind: 'command',
  words,
  cwd: fromFsPath(folder),
  exit,
});

test('a command ends as it should, or not', async () => {
  files({});
  expect(await evidenceOf(command(['node', '-e', '']))).toMatchObject({
    state: 'passed',
    seen: 'it ended with 0',
  });
  expect(await evidenceOf(command(['node', '-e', 'process.exit(3)'], 3))).toMatchObject({ state: 'passed' });
  expect(
    await evidenceOf(command(['node', '-e', 'console.error("no s3cret-word"); process.exit(2)']), {
      limits: { secrets: ['s3cret-word'] },
    }),
  ).toMatchObject({ state: 'failed', seen: 'it ended with 2: no ***' });
  expect(await evidenceOf(command(['no-such-program-here']))).toMatchObject({ state: 'unknown' });
  const judged: Probe = {
    kind: 'command',
    words: ['node', '-e', 'console.log("a\\nb")'],
    cwd: fromFsPath(folder),
    exit: 0,
    judge: ({ stdout, exitCode }) => ({ state: 'warning', expected: 'a', seen: `${exitCode} ${stdout}` }),
  };
  expect(await evidenceOf(judged)).toMatchObject({ state: 'warning', seen: '0 a\nb' });
});

test('whoever takes too long has failed, and is ended', async () => {
  files({});
  const silent = await listen(() => {});
  const more = { timeoutMs: 50 };
  expect(await evidenceOf(hello('redis', silent), { more })).toMatchObject({
    state: 'failed',
    seen: 'no answer within 0.1 s',
  });
  expect(await evidenceOf(command(['node', '-e', 'setInterval(() => {}, 1000)']), { more })).toMatchObject({
    state: 'failed',
  });
});

test('other machines are asked only where somebody allows it', async () => {
  const far: Probe = { kind: 'port', address: at(5432, 'warehouse.internal') };
  expect(await evidenceOf(far)).toMatchObject({
    state: 'unknown',
    seen: '`warehouse.internal` is another machine, and nobody allowed to ask it',
  });
  const web: Probe = { kind: 'http', url: 'https://example.com/', json: [] };
  expect(await evidenceOf(web)).toMatchObject({ state: 'unknown' });
  expect(
    await evidenceOf({ ...hello('elasticsearch', 1), address: at(1, '192.0.2.1') } as Probe),
  ).toMatchObject({
    state: 'unknown',
  });
  const allowed = { limits: { allowedHosts: ['*.invalid'] } };
  expect(await evidenceOf({ kind: 'port', address: at(1, 'db.invalid') }, allowed)).toMatchObject({
    state: 'failed',
  });
});

test('in a workspace that nobody vouches for nothing is connected to or started', async () => {
  files({ 'a.txt': '' });
  let connections = 0;
  const port = await listen(() => connections++);
  const probes: readonly Probe[] = [
    { kind: 'port', address: at(port) },
    hello('redis', port),
    { kind: 'http', url: `http://127.0.0.1:${port}/`, json: [] },
    command(['node', '-e', 'require("fs").writeFileSync("started", "")']),
    { kind: 'file', patterns: ['a.txt'], atLeast: 1 },
    { kind: 'file', patterns: ['started'], atLeast: 1 },
  ];
  const answers = await answersTo(probes, { limits: { isTrusted: false } });
  expect(answers.map(({ judgement }) => judgement.state)).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'unknown',
    'passed',
    'failed',
  ]);
  expect(connections).toBe(0);
});

test('a hundred checks run side by side within their limits', async () => {
  let [open, most] = [0, 0];
  const port = await listen((socket) => {
    most = Math.max(most, ++open);
    socket.once('close', () => open--);
    socket.once('data', () => setTimeout(() => socket.write('+PONG\r\n'), 20));
  });
  const answers = await answersTo(Array.from({ length: 100 }, () => hello('redis', port)));
  expect(answers.map(({ judgement }) => judgement.state)).toEqual(
    Array.from({ length: 100 }, () => 'passed'),
  );
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThanOrEqual(40);
});

test('all end when nobody waits any more', async () => {
  const token = { isCancellationRequested: false };
  const port = await listen(() => void (token.isCancellationRequested = true));
  const all = answersTo(
    Array.from({ length: 100 }, () => hello('redis', port)),
    { token },
  );
  await expect(all).rejects.toBeInstanceOf(OperationCancelled);
});
