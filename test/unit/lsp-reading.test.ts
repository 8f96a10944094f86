import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type {
  ClientCapabilities,
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentLink,
  FoldingRange,
  InlayHint,
  SemanticTokens,
  SignatureHelp,
} from 'vscode-languageserver/node';
import type { System } from '../../server/src/core/system.ts';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import type { StepAnswer } from '../../server/src/protocol/requests.ts';
import { startTestClient, until, type TestClient } from '../support/test-client.ts';
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
    fileOperations: { willRename: true },
  },
};

const models = {
  'dbt_project.yml': 'name: shop\n',
  'models/orders.sql': 'select 1',
  'models/last.sql': "select * from {{ ref('orders') }}",
};

const helpful: System = {
  ...toy,
  signature: (file, offset) => ({
    label: `call(${file.source.text.length}, at)`,
    parameters: [{ label: 'length', documentation: '*how long*' }, { label: 'at' }],
    active: offset > 2 ? 1 : 0,
  }),
  links: () => [
    { span: { start: 0, end: 3 }, target: '/w/a b.toy', tooltip: 'Open' },
    { span: { start: 4, end: 5 }, target: 'https://example.com/x' },
  ],
  folds: () => [{ start: 0, end: 18 }],
  hints: (file, { span }) => [
    { offset: 3, label: `to ${span.end}`, tooltip: '*why*' },
    { offset: 5, label: 'leads', target: { path: file.source.path, span: { start: 0, end: 3 } } },
    { offset: 20, label: 'off the screen' },
  ],
  tokens: () => [
    { span: { start: 0, end: 3 }, type: 'keyword' },
    { span: { start: 4, end: 8 }, type: 'class' },
    { span: { start: 6, end: 7 }, type: 'macro', isDeclaration: true },
  ],
};

test('a call’s arguments, links, folds and colours come from the system', async () => {
  const client = await start({ 'a.toy': 'def x\nuse x\n\n  use y\n' }, {}, helpful);
  const textDocument = { uri: client.uri('a.toy') };
  const help: SignatureHelp = await client.connection.sendRequest(
    'textDocument/signatureHelp',
    at(client, 'a.toy', 0, 3),
  );
  expect(help).toMatchObject({
    signatures: [
      {
        label: 'call(21, at)',
        parameters: [{ label: 'length', documentation: { kind: 'markdown' } }, { label: 'at' }],
      },
    ],
    activeParameter: 1,
  });
  const links: DocumentLink[] = await client.connection.sendRequest('textDocument/documentLink', {
    textDocument,
  });
  expect(links.map(({ target }) => target)).toEqual(['file:///w/a%20b.toy', 'https://example.com/x']);
  const folds: FoldingRange[] = await client.connection.sendRequest('textDocument/foldingRange', {
    textDocument,
  });
  expect(folds).toEqual([
    { startLine: 0, endLine: 3 },
    { startLine: 1, endLine: 3 },
  ]);
  const tokens: SemanticTokens = await client.connection.sendRequest('textDocument/semanticTokens/full', {
    textDocument,
  });
  expect(tokens.data).toEqual([0, 0, 3, 6, 0, 1, 0, 1, 0, 1]);
  const part: SemanticTokens = await client.connection.sendRequest('textDocument/semanticTokens/range', {
    textDocument,
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
  });
  expect(part.data).toEqual([1, 0, 1, 0, 1]);
});

test('notes in the text stand where they belong, on the screen alone, and may lead somewhere', async () => {
  const client = await start({ 'a.toy': 'def x\nuse x\n\n  use y\n' }, {}, helpful);
  const hints: InlayHint[] = await client.connection.sendRequest('textDocument/inlayHint', {
    textDocument: { uri: client.uri('a.toy') },
    range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
  });
  expect(hints).toEqual([
    {
      position: { line: 0, character: 3 },
      label: 'to 6',
      paddingLeft: true,
      tooltip: { kind: 'markdown', value: '*why*' },
    },
    {
      position: { line: 0, character: 5 },
      label: [{ value: 'leads', location: expect.objectContaining({ uri: client.uri('a.toy') }) }],
      paddingLeft: true,
    },
  ]);
});

test('a completion is documented when it is looked at, and a macro brings its brackets', async () => {
  const files = {
    'dbt_project.yml': 'name: shop\n',
    'models/a.sql': 'select 1',
    'models/a.yml': 'models:\n- name: a\n  description: All of it.\n',
    'models/b.sql': "select * from {{ ref('') }}",
  };
  const client = await start(
    files,
    { textDocument: { completion: { completionItem: { labelDetailsSupport: true } } } },
    dbt,
  );
  const list: CompletionList = await client.connection.sendRequest(
    'textDocument/completion',
    at(client, 'models/b.sql', 0, 22),
  );
  expect(list).toMatchObject({
    isIncomplete: false,
    items: [
      { label: 'a', sortText: '00000', labelDetails: { description: 'model · models/a.sql' } },
      { label: 'b', sortText: '00001' },
    ],
  });
  expect(list.items[0]?.documentation).toBeUndefined();
  const resolved: CompletionItem = await client.connection.sendRequest(
    'completionItem/resolve',
    list.items[0],
  );
  expect(resolved.documentation).toMatchObject({
    kind: 'markdown',
    value: expect.stringContaining('All of it.') as string,
  });
});

const snippets: System = {
  ...toy,
  complete: (_file, offset) => [
    {
      label: 'if',
      kind: 'snippet',
      insertText: 'if ${1:it} then\\$x$0',
      span: { start: offset, end: offset },
    },
  ],
};
for (const [can, newText] of [
  [true, 'if ${1:it} then\\$x$0'],
  [false, 'if it then$x'],
] as const) {
  test(`a client that ${can ? 'knows' : 'knows no'} snippets gets one it can write`, async () => {
    const client = await start(
      { 'a.toy': 'def x\n' },
      { textDocument: { completion: { completionItem: { snippetSupport: can } } } },
      snippets,
    );
    const list: CompletionList = await client.connection.sendRequest(
      'textDocument/completion',
      at(client, 'a.toy', 1, 0),
    );
    expect(list.items).toMatchObject([{ textEdit: { newText }, ...(can ? { insertTextFormat: 2 } : {}) }]);
  });
}

test('a finding leads to the page that explains it, where there is one', async () => {
  const pages = resolve(import.meta.dirname, '../../docs/rules');
  const files = { ...models, 'models/last.sql': "select * from {{ ref('ordres') }}", 'a.toy': 'use x' };
  const client = await startTestClient({ systems: [dbt, toy], files: { 'toy.txt': '', ...files }, pages });
  const [finding] = await until(() => client.pushed.get(client.uri('models/last.sql')));
  expect(finding?.codeDescription?.href).toBe(pathToFileURL(join(pages, 'dbt/undefined-ref.md')).href);
  const [toyFinding] = await until(() => client.pushed.get(client.uri('a.toy')));
  expect(toyFinding?.code).toBe('toy/undefined-thing');
  expect(toyFinding?.codeDescription).toBeUndefined();
});

const yml = 'models:\n- name: orders\n  description: x\n';

test('what can be done with a model stands in its file and beside its description, each form by its name', async () => {
  const client = await start({ ...models, 'models/m.yml': yml }, {}, dbt);
  const stepsOf = async (name: string): Promise<unknown[]> => {
    const steps: StepAnswer[] = await client.connection.sendRequest('penstock/fileSteps', {
      uri: client.uri(name),
    });
    return steps.map(({ id, verb, range }) => [id, verb, range?.start.line]);
  };
  const inFile = [
    ['dbt:model/orders', undefined, 0],
    ['dbt:test/orders', 'Test', 0],
    ['dbt:build/orders', 'Build', 0],
    ['dbt:build/orders+', 'Build +', 0],
  ];
  expect((await stepsOf('models/orders.sql')).slice(0, 4)).toEqual(inFile);
  expect((await stepsOf('models/m.yml')).slice(0, 4)).toEqual(inFile.map(([id, verb]) => [id, verb, 1]));
  expect(await stepsOf('elsewhere.sql')).toEqual([]);
  const listed: StepAnswer[] = await client.connection.sendRequest('penstock/steps');
  expect(listed.map(({ id }) => id)).not.toContain('dbt:test/orders');
});

test('a step that moves with its lines is found where it is then', async () => {
  const client = await start({ 'a.toy': 'def x' });
  const lineOf = async (): Promise<unknown> => {
    const steps: StepAnswer[] = await client.connection.sendRequest('penstock/fileSteps', {
      uri: client.uri('a.toy'),
    });
    return steps[0]?.range?.start.line;
  };
  expect(await lineOf()).toBe(0);
  await client.open('a.toy', 'def x');
  await client.change('a.toy', '\n\ndef x');
  expect(await lineOf()).toBe(2);
});

test('above a model stands how many depend on it, and where, for a client that can show that', async () => {
  const commands = ['penstock.showReferences'];
  const client = await startTestClient({
    systems: [dbt],
    files: { ...models, 'models/m.yml': yml },
    commands,
  });
  const lensesOf = (name: string): Promise<CodeLens[]> =>
    client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: client.uri(name) } });
  const [lens, ...others] = await lensesOf('models/orders.sql');
  expect(others).toEqual([]);
  expect(lens?.command).toBeUndefined();
  const resolved: CodeLens = await client.connection.sendRequest('codeLens/resolve', lens);
  expect(resolved.command).toMatchObject({
    title: '1 dependent',
    command: 'penstock.showReferences',
    arguments: [
      client.uri('models/orders.sql'),
      { line: 0, character: 0 },
      [{ uri: client.uri('models/last.sql') }],
    ],
  });
  const [last] = await lensesOf('models/last.sql');
  expect(await client.connection.sendRequest('codeLens/resolve', last)).toMatchObject({
    command: { title: 'no dependents' },
  });
  const plain = await start(models, {}, dbt);
  await expect(
    plain.connection.sendRequest('textDocument/codeLens', {
      textDocument: { uri: plain.uri('models/orders.sql') },
    }),
  ).rejects.toThrow();
});

test('of a file that nobody claims, a buffer without a file and an old version nothing is said', async () => {
  const client = await start({ 'a.toy': 'def x\nuse x', 'notes.txt': 'use x' }, canMove, helpful);
  for (const uri of [
    'untitled:Untitled-1',
    client.uri('a.toy').replace('file:', 'git:'),
    client.uri('notes.txt'),
  ]) {
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'plaintext', version: 1, text: 'def x\nuse x\nuse gone' },
    });
    const place = { textDocument: { uri }, position: { line: 1, character: 4 } };
    const range = { start: place.position, end: place.position };
    const context = { includeDeclaration: true, diagnostics: [] };
    const nothing = async (method: string): Promise<void> => {
      const answer = await client.connection.sendRequest(`textDocument/${method}`, {
        ...place,
        range,
        context,
        newName: 'y',
      });
      expect([method, answer]).toSatisfy(([, each]: unknown[]) => isNothing(each));
    };
    for (const method of [
      'definition',
      'references',
      'hover',
      'completion',
      'documentSymbol',
      'documentHighlight',
      'signatureHelp',
      'documentLink',
      'foldingRange',
      'semanticTokens/full',
      'prepareRename',
      'rename',
      'codeAction',
    ])
      await nothing(method);
  }
  // What the other buffers hold did not become what the file says.
  expect(
    await client.connection.sendRequest('textDocument/documentHighlight', at(client, 'a.toy', 1, 4)),
  ).toHaveLength(2);
});

function isNothing(answer: unknown): boolean {
  if (answer === null) return true;
  if (Array.isArray(answer)) return answer.length === 0;
  if (typeof answer !== 'object') return false;
  const { data, items } = answer as { readonly data?: unknown; readonly items?: unknown };
  return isNothing(data ?? items);
}
