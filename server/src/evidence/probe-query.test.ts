import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Probe } from '../core/evidence.ts';
import { fromFsPath } from '../files/node-files.ts';
import { neverCancelled } from '../core/cancellation.ts';
import { aboutNothing, type Judgement } from '../core/evidence.ts';
import { FactIndex } from '../core/fact-index.ts';
import { createRunHistory } from '../runs/run-history.ts';
import { createCheckRunner } from './run-checks.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((each) => rmSync(each, { recursive: true, force: true })));

function folderOf(address: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-query-'));
  folders.push(folder);
  writeFileSync(join(folder, 'tool.txt'), address);
  return folder;
}

const probe: Probe = {
  kind: 'query',
  variable: 'TOOL_DATABASE',
  file: 'tool.txt',
  addressIn: (text) => text || undefined,
  made: 'run it',
  sql: 'SELECT state FROM runs',
  judge: (rows) => ({ state: 'passed', expected: 'a', seen: `${rows.length} rows` }),
};

async function asked(folder: string, env: NodeJS.ProcessEnv = {}, isTrusted = true): Promise<Judgement> {
  const runner = createCheckRunner({ systems: [], history: createRunHistory({}), env });
  const found: Judgement[] = [];
  const check = { id: 'a', title: 'a', probe, about: aboutNothing, weight: 1, folder: fromFsPath(folder) };
  await runner.run([check], {
    limits: { isTrusted, allowedHosts: [], environments: [], folders: [fromFsPath(folder)], secrets: [] },
    facts: new FactIndex(),
    token: neverCancelled,
    onAnswer: (_check, { judgement }) => found.push(judgement),
  });
  return found[0]!;
}

test('nothing is asked in a workspace that nobody vouches for, and no other machine', async () => {
  const folder = folderOf('postgresql://ann:secret-word@db.example.com/runs');
  expect((await asked(folder, {}, false)).seen).toContain('nobody vouches for this workspace');
  const other = await asked(folder);
  expect(other).toMatchObject({ state: 'unknown', blockedHost: 'db.example.com' });
  expect(JSON.stringify(other)).not.toContain('secret-word');
});

test('the variable goes before the file, and what it says is never shown', async () => {
  const port = await closedPort();
  const folder = folderOf('sqlite:///none.db');
  expect(await asked(folder)).toMatchObject({ state: 'unknown', seen: 'there is no such database' });
  const env = { TOOL_DATABASE: `postgresql+psycopg://ann:secret-word@127.0.0.1:${port}/runs` };
  const answer = await asked(folder, env);
  expect(answer).toMatchObject({ state: 'unknown', where: `127.0.0.1:${port}/runs` });
  expect(answer.seen).toMatch(/^the database cannot be read: nothing listens there$/);
  expect(JSON.stringify(answer)).not.toContain('secret-word');
});

test('a file names variables, a `.env` file those in braces, and the environment none', async () => {
  const port = await closedPort();
  const address = (password: string): string => `postgresql://ann:${password}@127.0.0.1:${port}/runs`;
  const reached = { where: `127.0.0.1:${port}/runs` };
  const folder = folderOf(address('$WORD'));
  expect(await asked(folder, { WORD: 'a' })).toMatchObject(reached);
  expect(await asked(folder)).toMatchObject({ seen: '`WORD` has no value' });
  expect(await asked(folderOf(address('\\$WORD')))).toMatchObject(reached);
  expect(await asked(folder, { TOOL_DATABASE: address('pa$WORD') })).toMatchObject(reached);
  writeFileSync(join(folder, '.env'), `TOOL_DATABASE=${address('pa$SECRET')}\n`);
  expect(await asked(folder)).toMatchObject(reached);
  writeFileSync(join(folder, '.env'), `TOOL_DATABASE=${address('${WORD}')}\n`);
  expect(await asked(folder)).toMatchObject({ seen: '`WORD` has no value' });
});

test.each(['12/secret', 'secret%', 'se#cret', 'se?cret', 'se@cret'])(
  'nothing of the password %s is shown',
  async (password) => {
    const address = `postgresql://ann:${password}@127.0.0.1:${await closedPort()}/runs`;
    expect(JSON.stringify(await asked(folderOf(address)))).not.toMatch(/cret|malformed|`ann`/);
  },
);

test.each(['mssql://ann@localhost/runs', 'postgresql:///runs', 'postgresql://:x', 'runs'])(
  'says of %s that it is none that can be asked',
  async (address) => {
    expect(await asked(folderOf(address))).toMatchObject({
      state: 'unknown',
      seen: 'its database is neither PostgreSQL at a host nor SQLite',
    });
  },
);

/** A port that nobody listens at. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}
