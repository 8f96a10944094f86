import { expect, test } from 'vitest';
import type {
  CodeAction,
  CompletionList,
  DocumentDiagnosticReport,
  Hover,
  Location,
  LocationLink,
  SymbolInformation,
  WorkspaceDiagnosticReport,
  WorkspaceFullDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { ChangedParams, StepAnswer, SystemAnswer } from '../../server/src/protocol/requests.ts';
import { startTestClient, until, type TestClient, type TestClientOptions } from '../support/test-client.ts';
import { toy } from '../support/toy-system.ts';

function start(
  files: Readonly<Record<string, string>>,
  more: Partial<TestClientOptions> = {},
): Promise<TestClient> {
  return startTestClient({ systems: [toy], files: { 'toy.txt': 'demo', ...files }, ...more });
}

const canPull = { capabilities: { textDocument: { diagnostic: {} } } };

async function pull(
  client: TestClient,
  name: string,
  previousResultId?: string,
): Promise<DocumentDiagnosticReport> {
  return client.connection.sendRequest('textDocument/diagnostic', {
    textDocument: { uri: client.uri(name) },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });
}

async function codesOf(client: TestClient, name: string): Promise<unknown[]> {
  const report = await pull(client, name);
  return report.kind === 'full' ? report.items.map((item) => item.code) : ['unchanged'];
}

test('a pulled diagnostic stands on the name, and goes when another file defines it', async () => {
  const client = await start({ 'a.toy': 'use x', 'b.toy': '' }, canPull);
  await client.open('a.toy', 'use x');
  expect(await pull(client, 'a.toy')).toMatchObject({
    kind: 'full',
    items: [
      {
        code: 'toy/undefined-thing',
        severity: 1,
        source: 'Penstock',
        range: { start: { line: 0, character: 4 }, end: { line: 0, character: 5 } },
      },
    ],
  });
  await client.open('b.toy', '');
  await client.change('b.toy', 'def x');
  expect(await codesOf(client, 'a.toy')).toEqual([]);
});

test('a pull after no change says so', async () => {
  const client = await start({ 'a.toy': 'use x' }, canPull);
  const first = await pull(client, 'a.toy');
  expect(first.resultId).toBeDefined();
  expect((await pull(client, 'a.toy', first.resultId)).kind).toBe('unchanged');
});

test('the workspace pull covers files that are not open, then waits for the next change', async () => {
  const client = await start({ 'a.toy': 'use x', 'b.toy': 'def y' }, canPull);
  const ask = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> =>
    client.connection.sendRequest('workspace/diagnostic', { previousResultIds });
  const first = (await ask([])).items as WorkspaceFullDocumentDiagnosticReport[];
  expect(first.map(({ uri, items }) => [uri, items.length])).toEqual([[client.uri('a.toy'), 1]]);
  const second = ask(first.map(({ uri, resultId }) => ({ uri, value: resultId! })));
  await client.open('b.toy', 'def y');
  await client.change('b.toy', 'def y\nuse z');
  const changed = (await second).items as WorkspaceFullDocumentDiagnosticReport[];
  expect(changed.map(({ uri, items }) => [uri, items.map((item) => item.code)])).toEqual([
    [client.uri('b.toy'), ['toy/undefined-thing']],
  ]);
});

test('the workspace pull covers a file in which nothing is wrong but an ignore', async () => {
  const text = '# penstock: ignore toy/rule -- it was there\ndef x\n';
  const client = await start({ 'a.toy': text, 'b.toy': 'def y' }, canPull);
  const { items }: WorkspaceDiagnosticReport = await client.connection.sendRequest('workspace/diagnostic', {
    previousResultIds: [],
  });
  expect((items as WorkspaceFullDocumentDiagnosticReport[]).map((each) => each.items[0]?.code)).toEqual([
    'penstock/unused-ignore',
  ]);
});

test('a client that cannot pull is pushed every file’s diagnostics, and their end', async () => {
  const client = await start({ 'a.toy': 'use x', 'b.toy': '' });
  await until(() => client.pushed.get(client.uri('a.toy'))?.[0]);
  await client.open('b.toy', 'def x');
  await until(() => (client.pushed.get(client.uri('a.toy'))?.length === 0 ? true : undefined));
  expect(client.pushed.has(client.uri('b.toy'))).toBe(false);
});

test('a file changed outside is looked at again when the client says so', async () => {
  const client = await start({ 'a.toy': 'use x', 'b.toy': '' }, canPull);
  expect(await codesOf(client, 'a.toy')).toEqual(['toy/undefined-thing']);
  client.write('b.toy', 'def x');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('b.toy'), type: 2 }],
  });
  expect(await codesOf(client, 'a.toy')).toEqual([]);
});

test('an open file that a change on disk touches is pulled again at the server’s word, one typed in is not', async () => {
  const client = await start(
    { 'a.toy': 'use x', 'b.toy': 'def x' },
    { capabilities: { ...canPull.capabilities, workspace: { diagnostics: { refreshSupport: true } } } },
  );
  const refreshes = (): number =>
    client.notifications.filter(({ method }) => method === 'workspace/diagnostic/refresh').length;
  await client.open('a.toy', 'use x');
  await client.change('a.toy', 'use x\n');
  expect(await codesOf(client, 'a.toy')).toEqual([]);
  const before = refreshes();
  await client.change('a.toy', 'use x\n\n');
  expect(await codesOf(client, 'a.toy')).toEqual([]);
  expect(refreshes()).toBe(before);
  client.write('b.toy', '');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('b.toy'), type: 2 }],
  });
  await until(() => (refreshes() > before ? true : undefined));
  expect(await codesOf(client, 'a.toy')).toEqual(['toy/undefined-thing']);
});

test('closing a buffer that was not saved shows the file on disk again', async () => {
  const client = await start({ 'a.toy': 'use x' }, canPull);
  await client.open('a.toy', 'def x');
  expect(await codesOf(client, 'a.toy')).toEqual([]);
  await client.connection.sendNotification('textDocument/didClose', {
    textDocument: { uri: client.uri('a.toy') },
  });
  expect(await codesOf(client, 'a.toy')).toEqual(['toy/undefined-thing']);
});

test('definition, references, hover and completion come from facts', async () => {
  const client = await start({ 'a.toy': 'use thing', 'b.toy': 'def thing\ndef other' });
  const at = { textDocument: { uri: client.uri('a.toy') }, position: { line: 0, character: 6 } };
  const links: LocationLink[] = await client.connection.sendRequest('textDocument/definition', at);
  expect(links).toMatchObject([
    { targetUri: client.uri('b.toy'), targetSelectionRange: { start: { line: 0, character: 4 } } },
  ]);
  const places: Location[] = await client.connection.sendRequest('textDocument/references', {
    ...at,
    context: { includeDeclaration: true },
  });
  expect(places.map((place) => place.uri)).toEqual([client.uri('b.toy'), client.uri('a.toy')]);
  const hover: Hover = await client.connection.sendRequest('textDocument/hover', at);
  expect(hover.contents).toMatchObject({
    kind: 'markdown',
    value: expect.stringContaining('**thing** — thing') as string,
  });
  const list: CompletionList = await client.connection.sendRequest('textDocument/completion', at);
  expect(list.items.map((item) => item.label)).toEqual(['thing', 'other']);
});

test('a misspelt name has a fix that writes the name that was meant', async () => {
  const client = await start({ 'a.toy': 'use ordrs', 'b.toy': 'def orders' });
  const range = { start: { line: 0, character: 5 }, end: { line: 0, character: 5 } };
  const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: client.uri('a.toy') },
    range,
    context: { diagnostics: [] },
  });
  expect(actions).toMatchObject([
    {
      title: 'Change to `orders`',
      kind: 'quickfix',
      diagnostics: [{ message: 'no thing is named `ordrs`; did you mean `orders`?' }],
    },
    { title: 'Ignore `toy/undefined-thing` here' },
  ]);
  expect(actions[0]?.edit?.changes?.[client.uri('a.toy')]).toEqual([
    { range: { start: { line: 0, character: 4 }, end: { line: 0, character: 9 } }, newText: 'orders' },
  ]);
});

test('workspace symbols find a name by letters in order', async () => {
  const client = await start({ 'a.toy': 'def stg_orders\ndef stg_customers' });
  const found: SymbolInformation[] = await client.connection.sendRequest('workspace/symbol', {
    query: 'SOrd',
  });
  expect(found.map((symbol) => symbol.name)).toEqual(['stg_orders']);
});

test('systems and steps are answered whole, and a change is told', async () => {
  const client = await start({ 'a.toy': 'def x\nuse y' });
  const systems: SystemAnswer[] = await client.connection.sendRequest('penstock/systems');
  expect(systems).toMatchObject([
    { id: 'toy', projects: [{ name: 'demo', files: 2, findings: { error: 1, warning: 0 } }] },
  ]);
  const steps: StepAnswer[] = await client.connection.sendRequest('penstock/steps');
  expect(steps).toMatchObject([
    { id: 'toy:thing/x', uri: client.uri('a.toy'), range: { start: { line: 0, character: 4 } } },
  ]);
  await until(() => client.notifications.find(({ method }) => method === 'penstock/changed'));
});

test('steps are asked for again when a definition changes, not at every keystroke', async () => {
  const client = await start({ 'a.toy': 'def x' });
  const told = (from: number): boolean[] =>
    client.notifications
      .slice(from)
      .filter(({ method }) => method === 'penstock/changed')
      .map(({ params }) => (params as ChangedParams).steps);
  await until(() => (told(0).includes(true) ? true : undefined));
  const opened = client.notifications.length;
  await client.open('a.toy', 'def x');
  await client.change('a.toy', 'def x\nuse y');
  await until(() => (told(opened).length > 0 ? true : undefined));
  expect(told(opened)).not.toContain(true);
  await client.change('a.toy', 'def x\ndef y');
  await until(() => (told(opened).includes(true) ? true : undefined));
});

test('severity settings change or silence a finding', async () => {
  const off = await start(
    { 'a.toy': 'use x\nrule' },
    { ...canPull, settings: { severity: { 'toy/*': 'off', 'toy/rule': 'hint' } } },
  );
  const report = await pull(off, 'a.toy');
  expect(report.kind === 'full' && report.items.map((item) => [item.code, item.severity])).toEqual([
    ['toy/rule', 4],
  ]);
});

test('several folders are read, one inside another only once', async () => {
  const client = await start(
    { 'sub/toy.txt': 'inner', 'sub/a.toy': 'use x' },
    { ...canPull, folders: ['.', 'sub'] },
  );
  const systems: SystemAnswer[] = await client.connection.sendRequest('penstock/systems');
  expect(systems[0]?.projects.map((project) => project.name).sort()).toEqual(['demo', 'inner']);
  expect(systems[0]?.projects.find((project) => project.name === 'inner')).toMatchObject({
    files: 2,
    findings: { error: 1 },
  });
});

test('folders that are opened and closed later are read anew', async () => {
  const client = await start(
    { 'sub/toy.txt': 'inner', 'sub/a.toy': 'use x' },
    { capabilities: { workspace: { workspaceFolders: true } } },
  );
  const names = async (): Promise<string[]> => {
    const systems: SystemAnswer[] = await client.connection.sendRequest('penstock/systems');
    return systems.flatMap((system) => system.projects.map((project) => project.name)).sort();
  };
  expect(await names()).toEqual(['demo', 'inner']);
  await client.openFolders(['sub']);
  await until(async () => ((await names()).join() === 'inner' ? true : undefined));
});

test('a project that appears in an environment or beside the workspace is nobody’s', async () => {
  const client = await start(
    { 'a.toy': 'def x', '.venv/lib/toy.txt': 'installed' },
    { ...canPull, folders: ['.'] },
  );
  await client.open('.venv/lib/toy.txt', 'installed');
  await client.open('.venv/lib/b.toy', 'use y');
  await client.open('../elsewhere.toy', 'use y');
  const systems: SystemAnswer[] = await client.connection.sendRequest('penstock/systems');
  expect(systems.flatMap((system) => system.projects.map((project) => project.name))).toEqual(['demo']);
  expect(await codesOf(client, '.venv/lib/b.toy')).toEqual([]);
});

test('what the user excludes is not read', async () => {
  const client = await start({ 'old/a.toy': 'use x' }, { ...canPull, settings: { exclude: ['old/**'] } });
  expect(await codesOf(client, 'old/a.toy')).toEqual([]);
});

test('the first reading reports progress', async () => {
  const client = await start({ 'a.toy': 'use x' }, { capabilities: { window: { workDoneProgress: true } } });
  await until(() =>
    client.notifications.some(
      ({ method, params }) =>
        method === '$/progress' && (params as { value: { kind: string } }).value.kind === 'end',
    )
      ? true
      : undefined,
  );
});
