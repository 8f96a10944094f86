import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import {
  createConnection,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { RunHistory } from '../../server/src/core/last-run.ts';
import type { System } from '../../server/src/core/system.ts';
import type { ReaderOptions } from '../../server/src/files/node-files.ts';
import type { CheckRunner } from '../../server/src/readiness/check-runner.ts';
import type { ReadinessHistory } from '../../server/src/readiness/history.ts';
import { startServer } from '../../server/src/lsp/server.ts';

/** A client of the real server over two streams, on a folder of real files. */
export interface TestClient {
  readonly connection: MessageConnection;
  readonly folder: string;
  /** Diagnostics that were pushed, the newest by URI. */
  readonly pushed: ReadonlyMap<string, Diagnostic[]>;
  /** What the server told, and that it asked for fresh pulls. */
  readonly notifications: readonly { readonly method: string; readonly params: unknown }[];
  uri(name: string): string;
  open(name: string, text: string): Promise<void>;
  change(name: string, text: string): Promise<void>;
  write(name: string, text: string): void;
  /** Replaces the workspace's folders (relative names). */
  openFolders(names: readonly string[]): Promise<void>;
}

export interface TestClientOptions {
  readonly systems: readonly System[];
  readonly files: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  /** Folders to open, relative; the one that holds all where absent. */
  readonly folders?: readonly string[];
  readonly settings?: unknown;
  /** Commands that the client says it has. */
  readonly commands?: readonly string[];
  /** The folder of the pages that explain findings. */
  readonly pages?: string;
  readonly history?: RunHistory;
  /** What looks at the world for checks. */
  readonly runner?: CheckRunner;
  readonly readinessHistory?: ReadinessHistory;
  /** What reads the workspace ahead. */
  readonly reader?: ReaderOptions;
  /** Whether the client vouches for the workspace. */
  readonly trusted?: boolean;
}

/** The client is there until the test has finished. */
export async function startTestClient({
  systems,
  files,
  capabilities = {},
  folders = ['.'],
  settings,
  commands = [],
  pages,
  history,
  runner,
  readinessHistory,
  reader,
  trusted,
}: TestClientOptions): Promise<TestClient> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-lsp-'));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    systems,
    version: '0.0.0-test',
    ...(pages === undefined ? {} : { pages }),
    ...(reader === undefined ? {} : { reader }),
    ...(history ? { history } : {}),
    ...(runner ? { runner } : {}),
    ...(readinessHistory ? { readinessHistory } : {}),
  });
  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const pushed = new Map<string, Diagnostic[]>();
  const notifications: { method: string; params: unknown }[] = [];
  connection.onNotification((method, params) => {
    notifications.push({ method, params });
    const published = params as { uri: string; diagnostics: Diagnostic[] };
    if (method === 'textDocument/publishDiagnostics') pushed.set(published.uri, published.diagnostics);
  });
  // Progress has a road of its own in the library, past the handler of all notifications.
  connection.onUnhandledProgress((params) => notifications.push({ method: '$/progress', params }));
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', (params) => {
    notifications.push({ method: 'workspace/diagnostic/refresh', params });
    return null;
  });
  const rootsOf = (names: readonly string[]): { uri: string; name: string }[] =>
    names.map((name) => ({ uri: URI.file(join(folder, name)).toString(), name }));
  const roots = rootsOf(folders);
  let open = roots;
  connection.onRequest('workspace/workspaceFolders', () => open);
  connection.listen();
  onTestFinished(async () => {
    await connection.sendRequest('shutdown');
    connection.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    workspaceFolders: roots,
    initializationOptions: { settings, commands, ...(trusted === undefined ? {} : { trusted }) },
  });
  await connection.sendNotification('initialized', {});
  const versions = new Map<string, number>();
  const uri = (name: string): string => URI.file(join(folder, name)).toString();
  return {
    connection,
    folder,
    pushed,
    notifications,
    uri,
    write,
    open: (name, text) => {
      versions.set(name, 1);
      return connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(name), languageId: 'plaintext', version: 1, text },
      });
    },
    change: (name, text) => {
      const version = (versions.get(name) ?? 1) + 1;
      versions.set(name, version);
      return connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(name), version },
        contentChanges: [{ text }],
      });
    },
    openFolders: (names) => {
      const removed = open;
      open = rootsOf(names);
      return connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: open, removed },
      });
    },
  };
}

/** Asks again and again until `look` gives something; the test's own limit ends it. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((wake) => setTimeout(wake, 10));
  }
}
