import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureJavaServers, ensureServices, javaFolder } from '../../scripts/host/services.mjs';
import type { Probe, Protocol } from '../../server/src/core/evidence.ts';
import { until } from '../support/test-client.ts';
import { evidenceOf } from './look.ts';

const hour = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'penstock-services-'));
const folders = [folder];
const started: ChildProcess[] = [];
const ports = {
  redis: 0,
  locked: 0,
  postgres: 0,
  sealed: 0,
  prometheus: 0,
  kafka: 0,
  controller: 0,
  elasticsearch: 0,
  transport: 0,
  closed: 0,
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function start(program: string, args: readonly string[], place: Omit<SpawnOptions, 'stdio'> = {}): void {
  started.push(spawn(program, args, { cwd: folder, ...place, stdio: 'ignore' }));
}

/** PostgreSQL refuses to run as root, so it runs as its own user there. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** With `isSealed` it lets in only who speaks TLS, by a certificate that nobody vouches for. */
function startPostgres(programs: string, port: number, { isSealed = false } = {}): void {
  const user = postgresUser();
  const own = mkdtempSync(join(tmpdir(), 'penstock-postgres-'));
  folders.push(own);
  const [data, password] = [join(own, 'data'), join(own, 'password')];
  writeFileSync(password, 'a-password\n');
  if (user) for (const path of [own, password]) chownSync(path, user.uid, user.gid);
  execFileSync(join(programs, 'initdb'), ['-D', data, '-A', 'scram-sha-256', '--pwfile', password, '-N'], {
    cwd: own,
    stdio: 'ignore',
    ...user,
  });
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${own}`];
  if (isSealed) {
    const names = ['-out', join(data, 'server.crt'), '-keyout', join(data, 'server.key')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...made, ...names], { cwd: own, stdio: 'ignore', ...user });
    writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
    settings.push('ssl=on');
  }
  const options = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  start(join(programs, 'postgres'), options, { ...user, cwd: own });
}

/** A broker that is its own controller, as Kafka 3.9 is without ZooKeeper. */
function startKafka(java: string, jars: string): void {
  const settings = join(folder, 'kafka.properties');
  const own = [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${ports.controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${ports.kafka},CONTROLLER://127.0.0.1:${ports.controller}`,
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    `log.dirs=${join(folder, 'kafka')}`,
  ];
  writeFileSync(settings, own.join('\n'));
  const format = ['kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qk', '-c', settings];
  execFileSync(java, ['-cp', jars, ...format], { cwd: folder, stdio: 'ignore' });
  start(java, ['-Xmx384m', '-cp', jars, 'kafka.Kafka', settings]);
}

function startElasticsearch(java: string, jars: string): void {
  const listens = [ports.elasticsearch, ports.transport].map(String);
  const program = join(javaFolder, 'Elasticsearch.java');
  start(java, ['-Xmx512m', '-cp', jars, program, join(folder, 'elasticsearch'), ...listens]);
}

beforeAll(async () => {
  const { redis, prometheus, postgres } = await ensureServices();
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
  const plain = ['--save', '', '--bind', '127.0.0.1', '--port'];
  start(redis, [...plain, String(ports.redis)]);
  start(redis, [...plain, String(ports.locked), '--requirepass', 'a-password']);
  startPostgres(postgres, ports.postgres);
  startPostgres(postgres, ports.sealed, { isSealed: true });
  writeFileSync(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
  start(prometheus, [
    '--config.file=prometheus.yml',
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${ports.prometheus}`,
  ]);
  const { java, kafka, elasticsearch } = await ensureJavaServers();
  startElasticsearch(java, elasticsearch);
  startKafka(java, kafka);
});

afterAll(async () => {
  const ends = started.map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of started) child.kill('SIGINT');
  await Promise.all(ends);
  for (const each of folders) rmSync(each, { recursive: true, force: true, maxRetries: 5 });
});

const hello = (protocol: Protocol, port: number): Probe => ({
  kind: 'hello',
  protocol,
  address: { host: '127.0.0.1', port },
});
const ready = (): Probe => ({ kind: 'http', url: `http://127.0.0.1:${ports.prometheus}/-/ready`, json: [] });

/** The evidence once the server is up; a test that waits for ever shows that it never is. */
const passed = (probe: Probe) =>
  until(async () => {
    const evidence = await evidenceOf(probe);
    return evidence.state === 'passed' ? evidence : undefined;
  });

test('Redis answers, also where it asks for a password', async () => {
  expect((await passed(hello('redis', ports.redis))).seen).toBe('it answers `PONG`');
  expect((await passed(hello('redis', ports.locked))).seen).toBe('it answers, and asks for a password');
});

test('Redis that is busy is there, and not well', async () => {
  await passed(hello('redis', ports.redis));
  const caller = connect(ports.redis, '127.0.0.1');
  caller.write('CONFIG SET lua-time-limit 1\r\nEVAL "while true do end" 0\r\n');
  const busy = await until(async () => {
    const evidence = await evidenceOf(hello('redis', ports.redis));
    return evidence.state === 'warning' ? evidence : undefined;
  });
  expect(busy.seen).toMatch(/^it answers `BUSY Redis is busy/);
  connect(ports.redis, '127.0.0.1').end('SCRIPT KILL\r\n');
  await passed(hello('redis', ports.redis));
  caller.destroy();
});

test('PostgreSQL answers, though it does not let anybody in', async () => {
  expect((await passed(hello('postgres', ports.postgres))).seen).toBe('it takes connections');
});

/** What the database at an address says in its one row. */
const query = (address: string, sql: string): Probe => ({
  kind: 'query',
  variable: 'PENSTOCK_TEST_DATABASE',
  file: 'none',
  addressIn: () => address,
  made: 'run it',
  sql,
  judge: ([row]) => ({ state: 'passed', expected: 'a', seen: String(row?.['seen']) }),
});

test('what a tool keeps in PostgreSQL is read, and nothing is written there', async () => {
  const address = (password: string): string =>
    `postgresql+psycopg://postgres:${password}@127.0.0.1:${ports.postgres}/postgres?options=-csearch_path%3Down`;
  const rows = (sql: string, password = 'a-password'): Probe => query(address(password), sql);
  const found = await passed(rows("SELECT current_setting('search_path') AS seen"));
  expect(found).toMatchObject({ seen: 'own', where: `127.0.0.1:${ports.postgres}/postgres` });
  expect(await evidenceOf(rows('SELECT state AS seen FROM runs'))).toMatchObject({
    state: 'unknown',
    seen: 'nothing ran yet',
    next: 'run it',
  });
  const refused = (sql: string, password?: string) => evidenceOf(rows(sql, password));
  expect((await refused('CREATE TABLE public.mine (id int)')).seen).toContain('read-only transaction');
  const wrong = await refused('SELECT 1 AS seen', 'another-word');
  expect(wrong).toMatchObject({ state: 'unknown' });
  expect(wrong.seen).toContain('password authentication failed');
  expect(JSON.stringify(wrong)).not.toContain('another-word');
});

test('PostgreSQL is asked over TLS where it can, and as the address says', async () => {
  const asked = (port: number, mode = ''): Probe =>
    query(
      `postgresql://postgres:a-password@127.0.0.1:${port}/postgres${mode}`,
      'SELECT ssl::text AS seen FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    );
  const { sealed, postgres: open } = ports;
  expect((await passed(asked(sealed))).seen).toBe('true');
  expect((await passed(asked(open))).seen).toBe('false');
  const seen = async (port: number, mode: string): Promise<string> =>
    (await evidenceOf(asked(port, `?sslmode=${mode}`))).seen;
  expect(await seen(sealed, 'require')).toBe('true');
  expect(await seen(sealed, 'prefer')).toBe('true');
  expect(await seen(open, 'disable')).toBe('false');
  expect(await seen(sealed, 'disable')).toContain('no encryption');
  for (const mode of ['verify-ca', 'verify-full'])
    expect(await seen(sealed, mode)).toMatch(/cannot be read: .*self.signed certificate/);
  expect(await seen(open, 'require')).toContain('cannot be read');
});

test('Prometheus answers with its status and with values', async () => {
  expect((await passed(ready())).seen).toBe('it answers 200');
  const status = (equals: string): Probe => ({
    kind: 'http',
    url: `http://127.0.0.1:${ports.prometheus}/api/v1/query?query=vector(7)`,
    status: 200,
    json: [
      { path: 'status', equals },
      { path: 'data.result.0.value.1', equals: '7' },
    ],
  });
  expect(await evidenceOf(status('success'))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(status('error'))).toMatchObject({ state: 'failed', seen: '`status` is `success`' });
});

test('a Kafka broker answers', async () => {
  expect((await passed(hello('kafka', ports.kafka))).seen).toBe('the broker answers');
});

test('Elasticsearch answers', async () => {
  expect((await passed(hello('elasticsearch', ports.elasticsearch))).seen).toBe('the cluster is green');
});

test('what listens may be something else than what is meant', async () => {
  await passed(hello('redis', ports.redis));
  await passed(hello('postgres', ports.postgres));
  await passed(ready());
  await passed(hello('elasticsearch', ports.elasticsearch));
  const others = [
    hello('redis', ports.postgres),
    hello('postgres', ports.redis),
    hello('kafka', ports.redis),
    hello('redis', ports.elasticsearch),
    hello('postgres', ports.elasticsearch),
    hello('kafka', ports.elasticsearch),
    hello('elasticsearch', ports.prometheus),
  ].map(async (probe) => (await evidenceOf(probe)).state);
  expect(await Promise.all(others)).toEqual(others.map(() => 'failed'));
});

test('what is not there fails, and what was there an hour ago is stale', async () => {
  for (const protocol of ['redis', 'postgres', 'kafka', 'elasticsearch'] as const)
    expect(await evidenceOf(hello(protocol, ports.closed))).toMatchObject({
      state: 'failed',
      seen: 'nothing listens there',
    });
  await passed(hello('redis', ports.redis));
  expect((await evidenceOf(hello('redis', ports.redis), hour)).state).toBe('stale');
  await passed(hello('postgres', ports.postgres));
  expect((await evidenceOf(hello('postgres', ports.postgres), hour)).state).toBe('stale');
  for (const protocol of ['kafka', 'elasticsearch'] as const) {
    await passed(hello(protocol, ports[protocol]));
    expect((await evidenceOf(hello(protocol, ports[protocol]), hour)).state).toBe('stale');
  }
  await passed(ready());
  expect((await evidenceOf(ready(), hour)).state).toBe('stale');
});
