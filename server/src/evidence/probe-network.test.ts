import dns, { type LookupOptions } from 'node:dns';
import type { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { aboutNothing, type JsonValue, type Probe } from '../core/evidence.ts';
import { settle, type Answer } from '../readiness/settle.ts';
import { atEnd } from './test-support/ends.ts';
import { evidenceOf, hour } from './test-support/evidence-of.ts';
import { at, closedPort, hello, kafka, listen, postgres, redis, web } from './test-support/servers.ts';

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

/** Says this unasked, and ends the connection. */
const says = (words: string) => (socket: Socket) => void socket.end(words);

test.each([
  ['redis', redis('+PONG\r\n'), 'passed', 'it answers `PONG`'],
  ['redis', redis('-NOAUTH Authentication required.\r\n'), 'passed', 'it answers, and asks for a password'],
  ['redis', redis('-LOADING Redis is loading\r\n'), 'warning', 'it is still loading its data'],
  [
    'redis',
    redis('-BUSY Redis is busy running a script.\r\n'),
    'warning',
    'it answers `BUSY Redis is busy running a script.`',
  ],
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
  ['postgres', redis('ERROR\r\n'), 'failed', 'something else answers'],
  ['postgres', says('RANDOM'), 'failed', 'something else answers'],
  ['postgres', says(''), 'failed', 'it ends the connection without a word'],
  ['kafka', kafka(0), 'passed', 'the broker answers'],
  ['kafka', kafka(35), 'warning', 'the broker answers with error 35'],
  ['kafka', redis('+PONG\r\n+PONG\r\n'), 'failed', 'something else answers'],
] as const)('greets %s', async (protocol, talk, state, seen) => {
  expect(await evidenceOf(hello(protocol, await listen(talk)))).toMatchObject({ state, seen });
});

test.each([
  [200, '{"cluster_name":"c","status":"green"}', '', 'passed', 'the cluster is green'],
  [200, '{"cluster_name":"c","status":"yellow"}', '', 'passed', 'the cluster is yellow'],
  [200, '{"cluster_name":"c","status":"red"}', '', 'failed', 'the cluster is red'],
  [
    401,
    '{"error":{"type":"security_exception"},"status":401}',
    '',
    'passed',
    'it answers, and asks for a login',
  ],
  [401, 'Unauthorized', 'Basic realm="OpenSearch Security"', 'passed', 'it answers, and asks for a login'],
  [
    401,
    'Unauthorized',
    'Basic realm="dashboards"',
    'unknown',
    'something asks for a login before it says what it is',
  ],
  [200, '<html>', '', 'failed', 'something else answers'],
])('asks Elasticsearch: %d %s %s', async (status, body, challenge, state, seen) => {
  const headers = { 'www-authenticate': challenge };
  const port = await web((url) => (url === '/_cluster/health' ? { status, body, headers } : { status: 404 }));
  expect(await evidenceOf(hello('elasticsearch', port))).toMatchObject({ state, seen });
});

test('who answers over TLS on this machine vouches for itself, and elsewhere somebody else has to', async () => {
  const port = await web(
    (url) =>
      url === '/_cluster/health'
        ? { status: 401, body: '{"error":{"type":"security_exception"},"status":401}' }
        : { status: 200, body: '{"status":"up"}' },
    { isSecure: true },
  );
  const cluster = (host: string): Probe => ({
    kind: 'hello',
    protocol: 'elasticsearch',
    address: { host, port, isSecure: true },
  });
  const http = (host: string, scheme = 'https'): Probe => ({
    kind: 'http',
    url: `${scheme}://${host}:${port}/`,
    json: [{ path: 'status', equals: 'up' }],
  });
  expect(await evidenceOf(cluster('localhost'))).toMatchObject({
    state: 'passed',
    where: `https://localhost:${port}`,
    seen: 'it answers, and asks for a login',
  });
  expect(await evidenceOf(http('localhost'))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(http('127.0.0.1'))).toMatchObject({ state: 'passed' });

  for (const plain of [hello('elasticsearch', port), http('127.0.0.1', 'http')])
    expect(await evidenceOf(plain)).toMatchObject({
      state: 'failed',
      seen: 'the connection was broken off',
      next: 'look into its log, or ask by `https://` where it speaks TLS',
    });

  const here = [{ address: '127.0.0.1', family: 4 }];
  const lookup = vi
    .spyOn(dns, 'lookup')
    .mockImplementation(((
      _host: string,
      _options: LookupOptions,
      found: (error: null, addresses: typeof here) => void,
    ) => found(null, here)) as typeof dns.lookup);
  atEnd(() => lookup.mockRestore());
  for (const elsewhere of [cluster('search.internal'), http('search.internal')])
    expect(await evidenceOf(elsewhere, { limits: { allowedHosts: ['search.internal'] } })).toMatchObject({
      state: 'failed',
      seen: 'this machine does not trust its certificate: self-signed certificate',
      next: 'renew the certificate, or name the file of who signed it in `NODE_EXTRA_CA_CERTS`',
    });
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
  const body = JSON.stringify({
    status: 'success',
    data: { result: [{ value: 1 }], note: 'two\nlines' },
    'a.b': true,
  });
  const port = await web((url) =>
    url.startsWith('/ok')
      ? { status: 200, body }
      : url === '/moved'
        ? { status: 302, headers: { location: 'http://192.0.2.1/' } }
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
  expect(await evidenceOf(plain('/ok', value('data.note', 'one')))).toMatchObject({
    seen: '`data.note` is `two lines`',
  });
  expect(await evidenceOf(plain('/ok', value('data.none')))).toMatchObject({
    seen: '`data.none` is not there',
  });
  expect(await evidenceOf(plain('/moved'))).toMatchObject({ state: 'passed', seen: 'it answers 302' });
  expect(await evidenceOf(plain('/bad'))).toMatchObject({
    state: 'failed',
    seen: 'it answers 503, which is an error',
  });
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

test('of what an address says no more is read than is asked', async () => {
  const http = (port: number, path: string, json: readonly JsonValue[] = []): Probe => ({
    kind: 'http',
    url: `http://bob:100%@127.0.0.1:${port}${path}`,
    json,
  });
  const status: readonly JsonValue[] = [{ path: 'status', equals: 'up' }];
  const large = JSON.stringify({ status: 'up', rest: 'x'.repeat(5_000_000) });
  const port = await web((url) =>
    url === '/events'
      ? { status: 200, body: 'data: 1', isOpen: true }
      : { status: 200, body: url === '/large' ? large : '\ufeff{"status":"up"}' },
  );
  expect(await evidenceOf(http(port, '/events'))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(http(port, '/large', status))).toMatchObject({
    state: 'unknown',
    seen: 'it answers 200 with more than is read',
    next: 'ask an address that says less',
  });
  expect(await evidenceOf(http(port, '/marked', status))).toMatchObject({ state: 'passed' });
});

test('why an address of the web does not answer is said', async () => {
  const seen = async (scheme: 'http' | 'https', talk: (socket: Socket) => void): Promise<string> =>
    (await evidenceOf({ kind: 'http', url: `${scheme}://127.0.0.1:${await listen(talk)}/`, json: [] })).seen;
  expect(await seen('http', (socket) => void socket.write('SSH-2.0-OpenSSH\r\n'))).toBe(
    'what answers does not speak HTTP',
  );
  expect(await seen('http', says(''))).toBe('the connection was broken off');
  expect(await seen('https', redis('HTTP/1.1 400 Bad Request\r\n\r\n'))).toBe(
    'what answers does not speak TLS as this machine does',
  );
});
