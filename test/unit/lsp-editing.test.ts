import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type {
  ClientCapabilities,
  CodeAction,
  DocumentHighlight,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { System } from '../../server/src/core/system.ts';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';
import { toy } from '../support/toy-system.ts';

function start(
  files: Readonly<Record<string, string>>,
  capabilities: ClientCapabilities = {},
  system: System = toy,
): Promise<TestClient> {
  return startTestClient({
    systems: [system],
    files: { 'toy.txt': 'demo', ...files },
    capabilities,
  });
}

function at(client: TestClient, name: string, line: number, character: number) {
  return { textDocument: { uri: client.uri(name) }, position: { line, character } };
}

/** What VS Code says it can do with an edit. */
const canMove: ClientCapabilities = {
  textDocument: { rename: { prepareSupport: true } },
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    fileOperations: { willRename: true, didRename: true },
  },
};

const models = {
  'dbt_project.yml': 'name: shop\n',
  'models/orders.sql': 'select 1',
  'models/last.sql': "select * from {{ ref('orders') }}",
};

test('a rename writes the open buffer at its version, other files as they are, and moves the file last', async () => {
  const client = await start(models, canMove, dbt);
  await client.open('models/last.sql', "select * from {{ ref('orders') }}");
  await client.change('models/last.sql', "select *\nfrom {{ ref('orders') }}");
  const place = at(client, 'models/last.sql', 1, 14);
  expect(await client.connection.sendRequest('textDocument/prepareRename', place)).toEqual({
    range: { start: { line: 1, character: 13 }, end: { line: 1, character: 19 } },
    placeholder: 'orders',
  });
  const edit: WorkspaceEdit = await client.connection.sendRequest('textDocument/rename', {
    ...place,
    newName: 'sales',
  });
  expect(edit.documentChanges).toEqual([
    {
      textDocument: { uri: client.uri('models/last.sql'), version: 2 },
      edits: [
        {
          range: { start: { line: 1, character: 13 }, end: { line: 1, character: 19 } },
          newText: 'sales',
        },
      ],
    },
    {
      kind: 'rename',
      oldUri: client.uri('models/orders.sql'),
      newUri: client.uri('models/sales.sql'),
      options: { overwrite: false },
    },
  ]);
});

test('a rename that would move a file is refused for a client that cannot, others are plain edits', async () => {
  const client = await start(models, {}, dbt);
  const asked = client.connection.sendRequest('textDocument/rename', {
    ...at(client, 'models/last.sql', 0, 23),
    newName: 'sales',
  });
  await expect(asked).rejects.toThrow(/moves orders\.sql/);
  const plain = await start({ 'a.toy': 'def x', 'b.toy': 'use x' });
  const edit: WorkspaceEdit = await plain.connection.sendRequest('textDocument/rename', {
    ...at(plain, 'b.toy', 0, 4),
    newName: 'y',
  });
  expect(Object.keys(edit.changes ?? {}).sort()).toEqual([plain.uri('a.toy'), plain.uri('b.toy')]);
});

test('why a rename is refused is the error that the person reads', async () => {
  const client = await start({ 'a.toy': 'def x\ndef y\nuse gone' }, canMove);
  await expect(
    client.connection.sendRequest('textDocument/rename', { ...at(client, 'a.toy', 0, 4), newName: 'y' }),
  ).rejects.toThrow(/there is a thing `y` already/);
  await expect(
    client.connection.sendRequest('textDocument/prepareRename', at(client, 'a.toy', 2, 5)),
  ).rejects.toThrow(/nothing in this workspace defines `gone`/);
  expect(
    await client.connection.sendRequest('textDocument/prepareRename', at(client, 'a.toy', 0, 1)),
  ).toBeNull();
});

test('a model’s file that is renamed in the explorer takes its users along', async () => {
  const client = await start(models, canMove, dbt);
  const rename = (to: string): Promise<WorkspaceEdit | null> =>
    client.connection.sendRequest('workspace/willRenameFiles', {
      files: [{ oldUri: client.uri('models/orders.sql'), newUri: client.uri(to) }],
    });
  expect((await rename('models/deep/sales.sql'))?.documentChanges).toMatchObject([
    { textDocument: { uri: client.uri('models/last.sql') }, edits: [{ newText: 'sales' }] },
  ]);
  expect(await rename('models/deep/orders.sql')).toBeNull();
});

test('a file that was renamed is known by its new name at once', async () => {
  const client = await start(models, canMove, dbt);
  await client.open('models/last.sql', "select * from {{ ref('sales') }}");
  renameSync(join(client.folder, 'models/orders.sql'), join(client.folder, 'models/sales.sql'));
  await client.connection.sendNotification('workspace/didRenameFiles', {
    files: [{ oldUri: client.uri('models/orders.sql'), newUri: client.uri('models/sales.sql') }],
  });
  const found: { readonly targetUri: string }[] = await client.connection.sendRequest(
    'textDocument/definition',
    at(client, 'models/last.sql', 0, 23),
  );
  expect(found.map(({ targetUri }) => targetUri)).toEqual([client.uri('models/sales.sql')]);
});

test('a name is highlighted where it is defined and used in the file', async () => {
  const client = await start({ 'a.toy': 'def x\nuse x\nuse y', 'b.toy': 'use x' });
  const found: DocumentHighlight[] = await client.connection.sendRequest(
    'textDocument/documentHighlight',
    at(client, 'a.toy', 1, 4),
  );
  expect(found.map(({ range, kind }) => [range.start.line, kind])).toEqual([
    [0, 3],
    [1, 2],
  ]);
});

const mendable: System = {
  ...toy,
  rules: [
    {
      id: 'toy/shout',
      severity: 'warning',
      check: ({ source }, report) => {
        for (const { index, 0: word } of source.text.matchAll(/[A-Z]+/g)) {
          const span = { start: index, end: index + word.length };
          const edits = [{ path: source.path, span, newText: word.toLowerCase() }];
          report(span, 'this shouts', { fixes: [{ title: 'Speak low', edits, certain: true }] });
        }
      },
    },
  ],
  actions: ({ source }) => [
    {
      title: 'Make a twin',
      kind: 'refactor',
      edits: [],
      creates: [{ path: source.path.replace('a.toy', 'twin.toy'), text: 'def twin\n' }],
    },
  ],
};

async function actions(client: TestClient, only?: readonly string[]): Promise<CodeAction[]> {
  const position = { line: 0, character: 5 };
  return client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: client.uri('a.toy') },
    range: { start: position, end: position },
    context: { diagnostics: [], ...(only ? { only } : {}) },
  });
}

test('one fix, all of its kind, and what the system offers; a file is made before anything is written', async () => {
  const client = await start({ 'a.toy': 'def ABC\nuse DE' }, canMove, mendable);
  const found = await actions(client);
  expect(found.map(({ title, kind, isPreferred = false }) => [title, kind, isPreferred])).toEqual([
    ['Speak low', 'quickfix', true],
    ['Make a twin', 'refactor', false],
    ['Fix all `toy/shout` in this file', 'quickfix', false],
    ['Ignore `toy/shout` here', 'quickfix', false],
  ]);
  expect(found[1]?.edit?.documentChanges).toEqual([
    { kind: 'create', uri: client.uri('twin.toy'), options: { ignoreIfExists: false, overwrite: false } },
    {
      textDocument: { uri: client.uri('twin.toy'), version: null },
      edits: [
        {
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
          newText: 'def twin\n',
        },
      ],
    },
  ]);
});

test('on saving, all certain fixes of the file and nothing else', async () => {
  const client = await start({ 'a.toy': 'def ABC\nuse DE' }, canMove, mendable);
  for (const only of [['source.fixAll'], ['source.fixAll.penstock'], ['source']]) {
    const found = await actions(client, only);
    expect(found.map(({ kind }) => kind)).toEqual(['source.fixAll.penstock']);
    expect(found[0]?.edit?.documentChanges).toMatchObject([
      { edits: [{ newText: 'abc' }, { newText: 'de' }] },
    ]);
  }
  expect(await actions(client, ['source.organizeImports'])).toEqual([]);
  expect((await actions(client, ['refactor'])).map(({ title }) => title)).toEqual(['Make a twin']);
});

test('a client that cannot make files is not offered what needs one', async () => {
  const client = await start({ 'a.toy': 'def abc' }, {}, mendable);
  expect(await actions(client)).toEqual([]);
});

test('a client’s own spelling of a URI is the same file', async () => {
  const client = await start({ 'a+b @.toy': 'use x', 'c.toy': 'def x' }, canMove);
  const uri = client.uri('a+b @.toy').replace('%2B', '+').replace('%40', '@');
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'plaintext', version: 7, text: '\nuse x' },
  });
  const edit: WorkspaceEdit = await client.connection.sendRequest('textDocument/rename', {
    ...at(client, 'c.toy', 0, 4),
    newName: 'y',
  });
  expect(edit.documentChanges).toMatchObject([
    { textDocument: { uri, version: 7 }, edits: [{ range: { start: { line: 1 } } }] },
    { textDocument: { uri: client.uri('c.toy'), version: null } },
  ]);
});
