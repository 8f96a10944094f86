import {
  TextDocuments,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ParseCache } from '../core/kept.ts';
import type { RunHistory } from '../core/last-run.ts';
import type { Log } from '../core/log.ts';
import { resolvePath } from '../core/path.ts';
import { namesOfVariables, type PlanSettings } from '../core/platform-options.ts';
import { Platform } from '../core/platform.ts';
import type { System } from '../core/system.ts';
import type { CheckRunner } from '../readiness/check-runner.ts';
import type { ReadinessHistory } from '../readiness/history.ts';
import type { ServerSettings } from '../protocol/requests.ts';
import { ArtifactStore } from '../files/artifact-store.ts';
import { createExclusion } from '../files/excluded.ts';
import { createNodeFiles, type ReaderOptions } from '../files/node-files.ts';
import { createNodePause } from '../files/node-pause.ts';
import { toolVersion } from '../files/tool-version.ts';
import { TrackedFiles } from '../files/tracked-files.ts';
import { registerCodeActions } from './code-actions.ts';
import { registerCodeLenses } from './code-lenses.ts';
import { registerCompletion } from './completion.ts';
import { toPath } from './convert.ts';
import { registerDiagnostics } from './diagnostics.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { registerGraph } from './graph.ts';
import { registerInlayHints } from './inlay-hints.ts';
import { registerCallHierarchy, registerLineage } from './lineage.ts';
import { registerHover } from './hover.ts';
import { registerDefinition, registerReferences, registerSymbols } from './navigation.ts';
import { openDocuments, withOpenFiles, type OpenDocuments } from './open-files.ts';
import { registerPlan } from './plan.ts';
import {
  registerFolds,
  registerHighlights,
  registerLinks,
  registerSignatureHelp,
  registerTokens,
} from './reading.ts';
import { registerPreview } from './preview.ts';
import { registerReadiness } from './readiness.ts';
import { ReadinessSession } from './readiness-session.ts';
import { registerFileRename, registerRename } from './rename.ts';
import { rulePages } from './rule-pages.ts';
import { Session } from './session.ts';
import { decodeCommands, decodeInitialization, decodeSettings, decodeTrust } from './settings.ts';
import { registerSelection } from './selection.ts';
import { registerStepOptions } from './step-options.ts';
import { registerSystems } from './systems.ts';
import { registerTests } from './tests.ts';
import {
  loadWithProgress,
  readFolders,
  registerDocuments,
  registerFolders,
  registerWatchedFiles,
  watchFolders,
} from './workspace.ts';

const features: readonly Feature[] = [
  registerDocuments,
  registerWatchedFiles,
  registerFolders,
  registerDiagnostics,
  registerDefinition,
  registerReferences,
  registerHover,
  registerCompletion,
  registerSymbols,
  registerHighlights,
  registerSignatureHelp,
  registerLinks,
  registerInlayHints,
  registerFolds,
  registerTokens,
  registerRename,
  registerFileRename,
  registerCodeActions,
  registerCodeLenses,
  registerPlan,
  registerReadiness,
  registerSystems,
  registerStepOptions,
  registerSelection,
  registerTests,
  registerLineage,
  registerCallHierarchy,
  registerPreview,
  registerGraph,
];

export interface ServerOptions {
  readonly systems: readonly System[];
  readonly version: string;
  /** The folder of the pages that explain findings, where there is one. */
  readonly pages?: string;
  /** Where platforms are kept between starts; nowhere where absent. */
  readonly cache?: ParseCache;
  /** What reads a large workspace ahead; nothing where absent. */
  readonly reader?: ReaderOptions;
  /** What is told of runs; without it only what tools left behind themselves, and no message of theirs. */
  readonly history?: RunHistory;
  /** What looks at the world for checks; without it only facts answer. */
  readonly runner?: CheckRunner;
  /** Where what changes of readiness is kept; nowhere where absent. */
  readonly readinessHistory?: ReadinessHistory;
}

/** Serves one client over a connection until it is closed. */
export function startServer(
  connection: Connection,
  { systems, version, pages, cache, reader, history, runner, readinessHistory }: ServerOptions,
): void {
  const documents = new TextDocuments(TextDocument);
  const open = openDocuments(documents);
  const log: Log = connection.console;
  const pageOf = rulePages(pages);
  const artifacts = new ArtifactStore();

  connection.onInitialize(({ capabilities: client, initializationOptions, workspaceFolders }) => {
    const folders = (workspaceFolders ?? []).map((folder) => toPath(folder.uri));
    const session = createSession({
      systems,
      open,
      log,
      folders,
      cache,
      reader,
      sent: initializationOptions,
    });
    const commands = decodeCommands(initializationOptions);
    const isTrusted = decodeTrust(initializationOptions);
    const readiness = new ReadinessSession(session, {
      runner,
      history: readinessHistory,
      pause: createNodePause(),
      isTrusted,
    });
    const host: FeatureHost = {
      connection,
      session,
      documents,
      open,
      client,
      commands,
      pageOf,
      artifacts,
      readiness,
      ...(history ? { history } : {}),
      log,
    };
    connection.onInitialized(
      () => void initialize(host, folders).catch((error: unknown) => log.error(String(error))),
    );
    connection.onShutdown(() => session.dispose());
    return { capabilities: capabilitiesOf(host), serverInfo: { name: 'Penstock', version } };
  });

  documents.listen(connection);
  connection.listen();
}

function capabilitiesOf(host: FeatureHost): ServerCapabilities {
  const own: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
  };
  const all = features.map((feature) => feature(host));
  const workspace = Object.assign(
    {},
    ...all.map((each) => each.workspace),
  ) as ServerCapabilities['workspace'];
  return Object.assign(own, ...all, { workspace });
}

interface SessionOptions {
  readonly systems: readonly System[];
  readonly open: OpenDocuments;
  readonly log: Log;
  readonly folders: readonly string[];
  readonly cache: ParseCache | undefined;
  readonly reader: ReaderOptions | undefined;
  readonly sent: unknown;
}

function createSession({ systems, open, log, folders, cache, reader, sent }: SessionOptions): Session {
  const pause = createNodePause();
  const settings = decodeInitialization(sent);
  let session: Session | undefined;
  const now = (): typeof settings => session?.settings ?? settings;
  const disk = createNodeFiles({
    pause,
    ...(reader ? { reader } : {}),
    inExcluded: systems.flatMap((system) => system.inExcluded ?? []),
    isExcluded: (path) =>
      createExclusion(platform.folders.length > 0 ? platform.folders : folders, now().exclude)(path),
  });
  const tracked = new TrackedFiles();
  const platform: Platform = new Platform({
    ...(cache ? { cache } : {}),
    ...namesOfVariables(process.env),
    systems,
    files: withOpenFiles(disk, open),
    log,
    pause,
    isTracked: (path) => tracked.isTracked(path),
    clock: () => Date.now(),
    versions: () => now().versions ?? {},
    planSettings: () => planSettings(now(), platform.folders.length > 0 ? platform.folders : folders),
    versionOf: (tool, project) =>
      toolVersion(tool, project, { folders, environments: now().python.environments }),
  });
  session = new Session(platform, settings, { log, pause });
  return session;
}

async function initialize(host: FeatureHost, folders: readonly string[]): Promise<void> {
  const { connection, client, session, log } = host;
  if (client.workspace?.configuration) {
    await readSettings(connection).then(
      (settings) => (session.settings = settings),
      (error: unknown) => log.warn(`the settings could not be read, so the defaults count: ${String(error)}`),
    );
  }
  watchSettings(host);
  watchFolders(host);
  watchFiles(host);
  await loadWithProgress(host, folders);
}

async function readSettings(connection: Connection): Promise<ServerSettings> {
  return decodeSettings(await connection.workspace.getConfiguration('penstock'));
}

/** What decides which files are read, by which tool, and as what. */
function deciding({ exclude, python, versions, plan }: ServerSettings): unknown {
  return [exclude, python, versions, plan];
}

/** A document that is named relative to the workspace folder may lie in any of them. */
function planSettings({ plan }: ServerSettings, folders: readonly string[]): PlanSettings {
  const { documents = [], statusWords = {} } = plan ?? {};
  const paths = documents.flatMap((document) => folders.map((folder) => resolvePath(folder, document)));
  return { documents: paths, statusWords };
}

/** Settings that decide which files are read, or by which tool, call for a new reading. */
function watchSettings(host: FeatureHost): void {
  const { connection, client, session, log } = host;
  connection.onDidChangeConfiguration(
    ({ settings: sent }: { readonly settings?: { readonly penstock?: unknown } }) => {
      void (async () => {
        const before = session.settings;
        const now = client.workspace?.configuration
          ? await readSettings(connection)
          : decodeSettings(sent?.penstock);
        session.settings = now;
        if (JSON.stringify(deciding(before)) !== JSON.stringify(deciding(now))) await readFolders(host);
      })().catch((error: unknown) => log.error(String(error)));
    },
  );
}

/** Asks the client to watch what systems read; a client that cannot is told nothing and its edits still count. */
function watchFiles({
  connection,
  client,
}: Pick<FeatureHost, 'connection' | 'client'> & { readonly client: ClientCapabilities }): void {
  if (!client.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  const patterns = [
    '**/*.{yml,yaml,sql,py,csv,md,lock,json,env,toml,ini,cfg,conf,sh,bash,zsh,mk}',
    '**/{.env*,requirements.txt,Makefile,Dockerfile*,Containerfile*,justfile,Procfile}',
  ];
  const watchers = patterns.map((globPattern) => ({ globPattern }));
  void connection.client.register('workspace/didChangeWatchedFiles' as never, { watchers } as never);
}
