import { expect, test } from 'vitest';
import { OperationCancelled } from '../core/cancellation.ts';
import type { Probe } from '../core/evidence.ts';
import { fromFsPath } from '../files/node-files.ts';
import { answersTo, evidenceOf, files, here, hour } from './test-support/evidence-of.ts';
import { at, hello, listen } from './test-support/servers.ts';

const command = (words: readonly string[], exit = 0): Probe => ({
  kind: 'command',
  words,
  cwd: fromFsPath(here()),
  exit,
});

test('whoever takes too long has failed, and is ended', async () => {
  files({});
  const silent = await listen(() => {});
  const more = { timeoutMs: 50 };
  expect(await evidenceOf(hello('redis', silent), { more })).toMatchObject({
    state: 'failed',
    seen: 'no answer within 0.1 s',
  });
  const words = ['node', '-e', 'setInterval(() => {}, 1000)'];
  expect(await evidenceOf(command(words), { more })).toMatchObject({
    state: 'failed',
    expected: `\`${words.join(' ')}\` ends with 0`,
    where: fromFsPath(here()),
  });
});

test('whoever does not answer in time is named, and a long time is waited', async () => {
  const silent = await listen(() => {});
  const probe: Probe = { kind: 'http', url: `http://127.0.0.1:${silent}/health`, json: [] };
  expect(await evidenceOf(probe, { more: { timeoutMs: 50 } })).toMatchObject({
    state: 'failed',
    expected: `http://127.0.0.1:${silent}/health answers`,
    where: `http://127.0.0.1:${silent}/health`,
  });
  const late = await listen((socket) => {
    socket.once('data', () => setTimeout(() => socket.write('+PONG\r\n'), 20));
  });
  const more = { timeoutMs: 720 * hour };
  expect(await evidenceOf(hello('redis', late), { more })).toMatchObject({ state: 'passed' });
});

test('what is said steers no terminal', async () => {
  files({});
  const said = String.raw`\u001b[31mno\u001b[0m\u001b]0;title\u0007 table\u0007here`;
  const words = ['node', '-e', `process.stderr.write("${said}"); process.exit(1)`];
  expect(await evidenceOf(command(words))).toMatchObject({
    seen: 'it ended with 1: no table here',
  });
});

test('other machines are asked only where somebody allows it', async () => {
  const far: Probe = { kind: 'port', address: at(5432, 'warehouse.internal') };
  expect(await evidenceOf(far)).toMatchObject({
    state: 'unknown',
    seen: '`warehouse.internal` is another machine, and nobody allowed to ask it',
  });
  const open = await listen(() => {});
  expect(await evidenceOf({ kind: 'port', address: at(open, '0.0.0.0') })).toMatchObject({ state: 'passed' });
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
