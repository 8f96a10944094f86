import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { neverCancelled } from '../core/cancellation.ts';
import { aboutNothing, type Check, type Judgement, type Probe } from '../core/evidence.ts';
import { FactIndex } from '../core/fact-index.ts';
import { fromFsPath } from '../files/node-files.ts';
import { createCheckRunner } from './run-checks.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function folderOf(texts: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'penstock-fill-'));
  ends.push(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function judged(
  probe: Probe,
  { root, env = {} }: { readonly root: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Judgement> {
  const runner = createCheckRunner({
    systems: [],
    history: {
      last: async () => undefined,
      lastOfStep: async () => undefined,
      masking: () => (text) => text,
    },
    env,
  });
  const top = fromFsPath(root);
  const check: Check = {
    id: 'a',
    title: 'it answers',
    probe,
    about: aboutNothing,
    weight: 1,
    folder: `${top}/sub`,
  };
  const found: Judgement[] = [];
  await runner.run([check], {
    limits: { isTrusted: true, allowedHosts: [], environments: [], folders: [top], secrets: [] },
    facts: new FactIndex(),
    token: neverCancelled,
    onAnswer: (_check, { judgement }) => void found.push(judgement),
  });
  return found[0]!;
}

const port = (text: string): Probe => ({ kind: 'port', address: { host: '', port: 0, open: { text } } });

test('addresses are filled in from `.env` files and the environment, and shown as they are written', async () => {
  const listening = await portOf(createHttpServer((_request, response) => void response.end('{}')));
  const root = folderOf({ '.env': `DB_HOST=127.0.0.1\nDB_PORT=1\n`, 'sub/.env': `DB_PORT=${listening}\n` });
  const where = '${DB_HOST}:${DB_PORT}';
  expect(await judged(port(where), { root })).toEqual({
    state: 'passed',
    expected: `something listens at ${where}`,
    seen: 'it is open',
    where,
  });
  const http: Probe = { kind: 'http', url: 'http://me:${PASS}@${DB_HOST}:${DB_PORT}/${PASS}', json: [] };
  const web = await judged(http, { root, env: { PASS: 'a-secret' } });
  expect(web).toEqual({
    state: 'passed',
    expected: 'http://${DB_HOST}:${DB_PORT}/${PASS} answers',
    seen: 'it answers 200',
    where: 'http://${DB_HOST}:${DB_PORT}/${PASS}',
  });
  // The environment of who asks comes before the files, as in a run.
  expect(await judged(port(where), { root, env: { DB_HOST: 'db.example.com' } })).toMatchObject({
    state: 'unknown',
    seen: `\`${where}\` is another machine, and nobody allowed to ask it`,
  });
});

test.each([
  ['${NOBODY}:1', '`${NOBODY}` has no value'],
  ['${BAD}', 'what `${BAD}` stands for is no address'],
])('%s cannot be asked', async (text, seen) => {
  const root = folderOf({ 'sub/.env': 'BAD=a secret text\n' });
  const judgement = await judged(port(text), { root });
  expect(judgement).toMatchObject({ state: 'unknown', expected: 'it answers', seen });
  expect(JSON.stringify(judgement)).not.toContain('secret');
});

test('what is meant where there is no value is taken, and the usual port', async () => {
  const open = { text: '${CACHE:-localhost}', usualPort: 1 };
  const judgement = await judged(
    { kind: 'hello', protocol: 'redis', address: { host: '', port: 0, open } },
    {
      root: folderOf({}),
    },
  );
  expect(judgement).toMatchObject({
    state: 'failed',
    where: '${CACHE:-localhost}',
    seen: 'nothing listens there',
  });
});
