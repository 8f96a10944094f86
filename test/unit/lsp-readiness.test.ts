import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { RunHistory } from '../../server/src/core/last-run.ts';
import { createCheckRunner } from '../../server/src/evidence/run-checks.ts';
import type { CheckRunner } from '../../server/src/readiness/check-runner.ts';
import type { HistoryEntry, ReadinessHistory } from '../../server/src/readiness/history.ts';
import type { ReadinessAnswer, RunChecksParams } from '../../server/src/protocol/readiness-requests.ts';
import { penstock } from '../../server/src/systems/penstock/index.ts';
import { plan } from '../../server/src/systems/plan/index.ts';
import { startTestClient, until, type TestClient, type TestClientOptions } from '../support/test-client.ts';
import { toy } from '../support/toy-system.ts';

const noRuns: RunHistory = {
  last: async () => undefined,
  lastOfStep: async () => undefined,
  masking: () => (text) => text,
};

const tasks =
  '# Tasks\n\n## Loading\n| Task | Priority | Status |\n|--|--|--|\n| Load | P0 | Done |\n| Show | P0 | Open |\n';

function start(checks: string, more: Partial<TestClientOptions> = {}): Promise<TestClient> {
  return startTestClient({
    systems: [penstock, plan, toy],
    files: { 'toy.txt': 'shop', 'tasks.md': tasks, 'penstock.yaml': `checks:\n${checks}` },
    runner: createCheckRunner({ systems: [], history: noRuns, env: process.env }),
    trusted: true,
    ...more,
  });
}

const ask = (client: TestClient): Promise<ReadinessAnswer> =>
  client.connection.sendRequest('penstock/readiness');
const run = (client: TestClient, params: RunChecksParams | null): Promise<ReadinessAnswer> =>
  client.connection.sendRequest('penstock/runChecks', params);
const stateOf = (answer: ReadinessAnswer, id: string): string | undefined =>
  answer.checks.find((check) => check.id === id)?.state;

async function openPort(): Promise<number> {
  const server = createServer((socket) => void socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('a snapshot holds claims beside evidence, each with its place', async () => {
  const client = await start(
    '  exports: { file: data/*.csv, items: [loading/load], categories: Loading }\n  shown: { file: toy.txt, items: [loading/show] }\n',
  );
  const answer = await ask(client);
  expect(answer.state).toBe('not-ready');
  expect(answer.checks.map(({ id, state }) => [id, state])).toEqual([
    ['exports', 'failed'],
    ['shown', 'passed'],
    ['penstock:valid', 'passed'],
    ['toy:valid', 'passed'],
  ]);
  expect(answer.checks[0]).toMatchObject({
    uri: client.uri('penstock.yaml'),
    range: { start: { line: 1, character: 2 } },
    cost: 'instant',
    items: ['loading/load'],
    next: 'make the file, or correct the path',
  });
  expect(answer.checks[1]).toMatchObject({ where: 'toy.txt', whereUri: client.uri('toy.txt') });
  expect(answer.items).toMatchObject([
    { id: 'loading/load', standing: 'ticked-but-failing', uri: client.uri('tasks.md'), checks: ['exports'] },
    { id: 'loading/show', standing: 'open-but-proven' },
  ]);
  expect(answer.categories).toMatchObject([{ category: 'Loading', level: 'claimed' }]);
});

test('tells the evidence of tasks that have checks: what is only claimed, plans tell', async () => {
  const client = await start('  exports: { file: data/*.csv, items: [loading/load] }\n');
  expect((await ask(client)).items.map(({ id }) => id)).toEqual(['loading/load']);
});

test('what connects is looked at when somebody asks, where somebody vouches for it', async () => {
  const port = await openPort();
  const checks = `  db: { port: ${port} }\n`;
  const client = await start(checks);
  expect(stateOf(await ask(client), 'db')).toBe('unknown');
  expect(stateOf(await run(client, { costs: ['seconds'] }), 'db')).toBe('unknown');
  expect(stateOf(await run(client, { checks: ['db'] }), 'db')).toBe('passed');
  expect(stateOf(await ask(client), 'db')).toBe('passed');

  const stranger = await start(checks, { trusted: false });
  expect(stateOf(await run(stranger, null), 'db')).toBe('unknown');
  await stranger.connection.sendNotification('penstock/trust', { isTrusted: true });
  expect(stateOf(await run(stranger, null), 'db')).toBe('passed');
});

test('other machines are asked where the settings allow them', async () => {
  const client = await start('  far: { port: db.invalid:5432 }\n', {
    settings: { readiness: { allowHosts: ['db.invalid'] } },
  });
  expect(stateOf(await run(client, null), 'far')).toBe('failed');
  const other = await start('  far: { port: db.invalid:5432 }\n');
  expect(stateOf(await run(other, null), 'far')).toBe('unknown');
});

test('instant checks follow edits, and the client is told', async () => {
  const client = await start('  two: { defined: { kind: thing, at-least: 2 } }\n');
  expect(stateOf(await ask(client), 'two')).toBe('failed');
  await client.open('x.toy', 'def a\ndef b\n');
  client.write('x.toy', 'def a\n');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('x.toy'), type: 1 }],
  });
  await until(() => client.notifications.find(({ method }) => method === 'penstock/readinessChanged'));
  expect(stateOf(await ask(client), 'two')).toBe('passed');
});

test('cancelling the request ends the checks', async () => {
  let began = false;
  const ended = Promise.withResolvers<void>();
  const runner: CheckRunner = {
    run: async (_checks, { token }) => {
      began = true;
      await until(() => token.isCancellationRequested || undefined);
      ended.resolve();
    },
  };
  const client = await start('  db: { port: 1 }\n', { runner });
  const source = new CancellationTokenSource();
  const answer = client.connection.sendRequest('penstock/runChecks', null, source.token);
  await until(() => began || undefined);
  source.cancel();
  await expect(answer).rejects.toThrow(/cancelled/);
  await ended.promise;
});

const contradicted = '  exports: { file: data/*.csv, items: [loading/load] }\n';

test('a task that is ticked against evidence is a finding in its document, and goes with the cause', async () => {
  const client = await start(contradicted, { capabilities: { textDocument: { diagnostic: {} } } });
  const codes = async (): Promise<unknown[]> => {
    const report: { readonly items: readonly { readonly code: unknown; readonly message: string }[] } =
      await client.connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: client.uri('tasks.md') },
      });
    return report.items.map(({ code }) => code);
  };
  await ask(client);
  expect(await codes()).toEqual(['readiness/ticked-but-failing']);
  client.write('data/a.csv', '');
  await ask(client);
  expect(await codes()).toEqual([]);
});

test('a comment ignores what evidence shows, and a quick fix writes it', async () => {
  const ignore = '<!-- penstock: ignore readiness/ticked-but-failing -- the export is on leave -->';
  const row = '| Load | P0 | Done |';
  const client = await start(contradicted, { capabilities: { textDocument: { diagnostic: {} } } });
  const textDocument = { uri: client.uri('tasks.md') };
  const codes = async (): Promise<unknown[]> => {
    const report: { readonly items: readonly { readonly code: unknown }[] } =
      await client.connection.sendRequest('textDocument/diagnostic', { textDocument });
    return report.items.map(({ code }) => code);
  };
  await ask(client);
  expect(await codes()).toEqual(['readiness/ticked-but-failing']);
  const at = { line: 5, character: 3 };
  const actions: readonly { readonly title: string }[] = await client.connection.sendRequest(
    'textDocument/codeAction',
    { textDocument, range: { start: at, end: at }, context: { diagnostics: [] } },
  );
  expect(actions.map(({ title }) => title)).toContain('Ignore `readiness/ticked-but-failing` in this file');
  await client.open('tasks.md', tasks.replace(row, `${row} ${ignore}`));
  await ask(client);
  expect(await codes()).toEqual([]);
});

test('a client that is sent findings is sent what evidence shows, and a severity that is chosen counts', async () => {
  const client = await start(contradicted, {
    settings: { severity: { 'readiness/ticked-but-failing': 'error' } },
  });
  await ask(client);
  const [finding] = await until(() => {
    const found = client.pushed.get(client.uri('tasks.md'));
    return found && found.length > 0 ? found : undefined;
  });
  expect(finding).toMatchObject({
    code: 'readiness/ticked-but-failing',
    severity: 1,
    message: 'this is ticked, and evidence shows otherwise: `exports` (no file); mend it, or open it again',
  });
});

test('hovers and lenses tell how tasks and checks stand', async () => {
  const client = await start(contradicted, { commands: ['penstock.checkNow'] });
  await ask(client);
  const hover = (name: string, line: number): Promise<{ contents: { value: string } } | null> =>
    client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: client.uri(name) },
      position: { line, character: 3 },
    });
  const task = (await hover('tasks.md', 5))!.contents.value;
  expect(task).toContain('**Ticked, but failing**');
  expect(task).toContain('✗ `exports`: no file, just now · [');
  expect(task).toContain('next: make the file, or correct the path');
  expect((await hover('penstock.yaml', 1))!.contents.value).toContain('expected: a file at `data/*.csv`');
  const lenses = (name: string): Promise<unknown[]> =>
    client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: client.uri(name) } });
  const lens = {
    command: {
      title: '✗ no file · check now',
      command: 'penstock.checkNow',
      arguments: [{ checks: ['exports'] }],
    },
  };
  expect(await lenses('tasks.md')).toMatchObject([{ range: { start: { line: 5 } }, ...lens }]);
  expect(await lenses('penstock.yaml')).toMatchObject([{ range: { start: { line: 1 } }, ...lens }]);
  const plain = await start(contradicted);
  await ask(plain);
  await expect(
    plain.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: plain.uri('tasks.md') } }),
  ).rejects.toThrow();
});

test('a lens offers no look that an untrusted workspace gets none of', async () => {
  const checks = '  db: { port: 1 }\n  exports: { file: data/*.csv }\n';
  const client = await start(checks, { commands: ['penstock.checkNow'], trusted: false });
  await ask(client);
  const titles = async (): Promise<readonly string[]> => {
    const document = { textDocument: { uri: client.uri('penstock.yaml') } };
    const lenses = await client.connection.sendRequest<{ command: { title: string } }[]>(
      'textDocument/codeLens',
      document,
    );
    return lenses.map(({ command }) => command.title);
  };
  expect(await titles()).toEqual([
    '? not looked at, because nobody vouches for this workspace',
    '✗ no file · check now',
  ]);
  await client.connection.sendNotification('penstock/trust', { isTrusted: true });
  await ask(client);
  expect(await titles()).toEqual([
    '? not looked at, because it asks the network · check now',
    '✗ no file · check now',
  ]);
});

test('what changed is kept where somebody vouches for the workspace, and told as a trend', async () => {
  const entries: HistoryEntry[] = [];
  const readinessHistory: ReadinessHistory = {
    read: async () => [...entries],
    append: async (_folder, entry) => void entries.push(entry),
  };
  const look: RunChecksParams = { costs: ['instant', 'seconds'] };
  const stranger = await start(contradicted, { readinessHistory, trusted: false });
  expect((await run(stranger, look)).trend?.points).toEqual([]);
  const client = await start(contradicted, { readinessHistory });
  expect((await ask(client)).trend?.points).toEqual([]);
  expect((await run(client, look)).trend?.points).toMatchObject([
    { passed: 2, checks: 3, done: 1, tasks: 2 },
  ]);
  client.write('data/a.csv', '');
  expect((await run(client, look)).trend?.points).toMatchObject([{ passed: 2 }, { passed: 3 }]);
  expect(entries.map(({ checks }) => checks?.['exports'])).toEqual(['failed', 'passed']);
});
