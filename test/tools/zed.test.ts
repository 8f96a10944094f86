/**
 * Stands in for Zed, which cannot be had where Penstock is tested: nothing here is Zed itself. It takes the settings as
 * docs/editors.md gives them and speaks as Zed does by its own source: what its client says it can (`lsp.rs`), what its
 * YAML adapter answers when it is asked for settings (`yaml.rs`), and in which order it tells what (`lsp_store.rs`).
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { root } from '../../scripts/support/project.mjs';
import { untilTrue } from './waiting.ts';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

interface Binary {
  readonly path: string;
  readonly arguments: readonly string[];
}

/** What the page says under its heading, as Zed reads it. */
function recipe(): Binary {
  const page = readFileSync(join(root, 'docs', 'editors.md'), 'utf8');
  const [, text = ''] = /^## Zed\n[^]*?```json\n([^]*?)```/m.exec(page)!;
  const settings = JSON.parse(text) as { lsp: Record<string, { binary: Binary }> };
  // The only server that Zed itself starts for YAML.
  return settings.lsp['yaml-language-server']!.binary;
}

/** Zed's client pulls diagnostics, unless it is told not to; then it takes what it is sent. */
const clients: readonly (readonly [string, boolean])[] = [
  ['that pulls diagnostics', true],
  ['that takes the diagnostics it is sent', false],
];

const dynamic = { dynamicRegistration: true };

function capabilities(pulls: boolean): object {
  return {
    general: { positionEncodings: ['utf-16'] },
    workspace: {
      configuration: true,
      didChangeWatchedFiles: { ...dynamic, relativePatternSupport: true },
      didChangeConfiguration: dynamic,
      workspaceFolders: true,
      symbol: {},
      inlayHint: { refreshSupport: true },
      ...(pulls ? { diagnostics: { refreshSupport: true } } : {}),
      codeLens: { refreshSupport: true },
      workspaceEdit: {
        resourceOperations: ['create', 'rename', 'delete'],
        documentChanges: true,
        snippetEditSupport: true,
      },
      fileOperations: { didRename: true, willRename: true },
      applyEdit: true,
      executeCommand: dynamic,
    },
    textDocument: {
      definition: { linkSupport: true },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ['refactor', 'quickfix', 'source'] } },
        dataSupport: true,
        resolveSupport: {
          properties: ['kind', 'diagnostics', 'isPreferred', 'disabled', 'edit', 'command'],
        },
      },
      completion: {
        completionItem: { snippetSupport: true, insertReplaceSupport: true, labelDetailsSupport: true },
        completionList: {
          itemDefaults: ['commitCharacters', 'editRange', 'insertTextMode', 'insertTextFormat', 'data'],
        },
        contextSupport: true,
      },
      rename: { prepareSupport: true },
      hover: { contentFormat: ['markdown'] },
      publishDiagnostics: { relatedInformation: true },
      synchronization: { didSave: true },
      ...(pulls ? { diagnostic: { ...dynamic, relatedDocumentSupport: true } } : {}),
    },
    experimental: { serverStatusNotification: true, localDocs: true },
    window: { workDoneProgress: true, showMessage: {} },
  };
}

/** What Zed's adapter for YAML has for whoever asks for settings; `penstock` is not among it. */
const settings: Readonly<Record<string, unknown>> = {
  '[yaml]': { 'editor.tabSize': 2 },
  yaml: { format: { enable: true } },
};

interface Asked {
  readonly items: readonly { readonly section?: string }[];
}

/** Starts what the recipe names, as installed by npm: a link to the program, which finds its Node by PATH. */
function start(folder: string): MessageConnection {
  const binary = recipe();
  const installed = join(folder, 'bin', basename(binary.path));
  mkdirSync(dirname(installed));
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  symlinkSync(join(root, bin[basename(binary.path)]!), installed);
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  const server = spawn(installed, [...binary.arguments], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  undo.push(() => server.kill('SIGKILL'));
  return createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
}

function answerAsZed(connection: MessageConnection, folders: readonly object[]): void {
  connection.onRequest('workspace/configuration', ({ items }: Asked) =>
    items.map(({ section }) => (section === undefined ? settings : (settings[section] ?? null))),
  );
  connection.onRequest('workspace/workspaceFolders', () => folders);
  for (const method of ['client/registerCapability', 'window/workDoneProgress/create'])
    connection.onRequest(method, () => null);
}

test.each(clients)(
  "Zed's recipe gives findings in a dbt properties file to a client %s",
  async (_, pulls) => {
    const folder = mkdtempSync(join(tmpdir(), 'penstock-zed-'));
    undo.push(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'dbt_project.yml'), 'name: shop\n');
    writeFileSync(join(folder, 'models', 'orders.sql'), 'select 1 as id\n');
    const text =
      "exposures:\n  - name: report\n    type: dashboard\n    owner: { name: Ada }\n    depends_on: [ref('ordrs')]\n";
    const file = join(folder, 'models', 'exposures.yml');
    writeFileSync(file, text);

    const connection = start(folder);
    const uri = pathToFileURL(file).href;
    const folders = [{ uri: pathToFileURL(folder).href, name: '' }];
    let shown: readonly Diagnostic[] | undefined;
    const pull = async (): Promise<void> => {
      const report: { kind: string; items?: Diagnostic[] } = await connection.sendRequest(
        'textDocument/diagnostic',
        { textDocument: { uri }, identifier: 'penstock' },
      );
      if (report.kind === 'full') shown = report.items;
    };
    answerAsZed(connection, folders);
    connection.onNotification(
      'textDocument/publishDiagnostics',
      (sent: { uri: string; diagnostics: Diagnostic[] }) => {
        if (sent.uri === uri) shown = sent.diagnostics;
      },
    );
    connection.onRequest('workspace/diagnostic/refresh', () => {
      void pull();
      return null;
    });
    connection.listen();
    const answer: { capabilities: { diagnosticProvider?: object } } = await connection.sendRequest(
      'initialize',
      {
        processId: process.pid,
        rootPath: folder,
        rootUri: pathToFileURL(folder).href,
        capabilities: capabilities(pulls),
        workspaceFolders: folders,
        clientInfo: { name: 'Zed', version: '0.200.0' },
      },
    );
    expect(answer.capabilities.diagnosticProvider !== undefined).toBe(pulls);
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 0, text },
    });
    if (pulls) await pull();
    await untilTrue('a finding', () => (shown?.length ?? 0) > 0);
    expect(shown!.map(({ code, severity, range }) => [code, severity, range.start])).toEqual([
      ['dbt/undefined-ref', 1, { line: 4, character: 22 }],
    ]);
    expect(shown![0]!.message).toContain('did you mean `orders`?');

    const at = { line: 4, character: 25 };
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 1 },
      contentChanges: [{ range: { start: at, end: at }, text: 'e' }],
    });
    if (pulls) await pull();
    await untilTrue('the finding to be gone', () => shown?.length === 0);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
  },
);
