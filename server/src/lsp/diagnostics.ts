import {
  DocumentDiagnosticReportKind,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Platform } from '../core/platform.ts';
import { asShown, diagnose } from '../language/diagnose.ts';
import { toDiagnostic, toPath, toUri } from './convert.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { runSafe } from './run-safe.ts';

/** Diagnostics as the client likes them: it pulls when it can, else they are pushed for every file. */
export const registerDiagnostics: Feature = (host) =>
  host.client.textDocument?.diagnostic ? pull(host) : push(host);

function pull(host: FeatureHost): ReturnType<Feature> {
  const { connection, session, open, client, log } = host;
  const results = new ResultIds();
  const waiting = new Set<() => void>();
  const typing = new TypedVersions();
  const wakeAll = (): void => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  session.onChanged(({ paths, all }) => {
    for (const path of paths) results.bump(path);
    // A client asks again for what it types in; that something else touched an open file, it must be told.
    const touched = [...paths].filter((path) => typing.isUntouched(path, open.at(path)?.version));
    const refresh = all || touched.length > 0;
    if (refresh && client.workspace?.diagnostics?.refreshSupport) {
      void connection.languages.diagnostics.refresh();
    }
    wakeAll();
  });
  host.readiness.onTaken(({ paths }) => {
    if (paths.size === 0) return;
    for (const path of paths) results.bump(path);
    if (client.workspace?.diagnostics?.refreshSupport) void connection.languages.diagnostics.refresh();
    wakeAll();
  });

  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) => {
    return runSafe<DocumentDiagnosticReport>(
      'diagnostics',
      async () => {
        const platform = await session.settled(token);
        const path = toPath(textDocument.uri);
        const resultId = results.of(path);
        if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return {
          kind: DocumentDiagnosticReportKind.Full,
          resultId,
          items: diagnosticsOf(platform, path, host),
        };
      },
      { fallback: { kind: DocumentDiagnosticReportKind.Full, items: [] }, log, token },
    );
  });

  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) => {
    return runSafe<WorkspaceDiagnosticReport>(
      'workspace diagnostics',
      async () => {
        const known = new Map(previousResultIds.map(({ uri, value }) => [toPath(uri), value]));
        for (;;) {
          const platform = await session.settled(token);
          const items = changedSince(platform, known, { results, host }).map((path) =>
            report(platform, path, results, host),
          );
          if (items.length > 0) return { items };
          // Nothing to say: the request stays open until there is, so that the client need not poll.
          await new Promise<void>((wake) => {
            waiting.add(wake);
            token.onCancellationRequested(() => wake());
          });
          if (token.isCancellationRequested) return { items: [] };
        }
      },
      { fallback: { items: [] }, log, token },
    );
  });

  return {
    diagnosticProvider: { identifier: 'penstock', interFileDependencies: true, workspaceDiagnostics: true },
  };
}

function push(host: FeatureHost): ReturnType<Feature> {
  const { connection, session, open } = host;
  const shown = new Set<string>();
  const send = (pathsOf: () => Iterable<string>): void => {
    void session.settled().then((platform) => {
      for (const path of pathsOf()) {
        const diagnostics = diagnosticsOf(platform, path, host);
        if (diagnostics.length === 0 && !shown.has(path)) continue;
        if (diagnostics.length > 0) shown.add(path);
        else shown.delete(path);
        const version = open.at(path)?.version;
        void connection.sendDiagnostics({
          uri: toUri(path),
          diagnostics,
          ...(version === undefined ? {} : { version }),
        });
      }
    });
  };
  session.onChanged(({ paths, all }) => send(() => (all ? new Set([...paths, ...shown]) : paths)));
  host.readiness.onTaken(({ paths }) => send(() => paths));
  return {};
}

/** What the file itself shows, then what evidence shows of it. */
function diagnosticsOf(
  platform: Platform,
  path: string,
  { session, pageOf, readiness }: FeatureHost,
): Diagnostic[] {
  const source = platform.source(path);
  if (!source) return [];
  const { settings } = session;
  const evidence = asShown(readiness.findings(path), path, { platform, settings });
  return [...diagnose(platform, path, settings), ...evidence].map((finding) =>
    toDiagnostic(finding, source, { platform, pageOf }),
  );
}

/** Files whose findings the client does not know yet; a file it never heard of counts only when it has some. */
function changedSince(
  platform: Platform,
  known: ReadonlyMap<string, string>,
  { results, host }: { readonly results: ResultIds; readonly host: FeatureHost },
): readonly string[] {
  const changed: string[] = [];
  for (const path of platform.paths()) {
    const before = known.get(path);
    if (before === undefined ? mayHaveFindings(platform, path, host) : before !== results.of(path))
      changed.push(path);
  }
  for (const path of known.keys())
    if (!platform.has(path) && known.get(path) !== results.of(path)) changed.push(path);
  return changed;
}

/** A comment that ignores nothing is a finding, too. */
function mayHaveFindings(platform: Platform, path: string, { readiness }: FeatureHost): boolean {
  return (
    platform.findings(path).length > 0 ||
    platform.suppressions(path).length > 0 ||
    readiness.findings(path).length > 0
  );
}

function report(
  platform: Platform,
  path: string,
  results: ResultIds,
  host: FeatureHost,
): WorkspaceDocumentDiagnosticReport {
  return {
    kind: DocumentDiagnosticReportKind.Full,
    uri: toUri(path),
    version: null,
    resultId: results.of(path),
    items: diagnosticsOf(platform, path, host),
  };
}

/** Tells a change of an open file's findings that its own typing made from one that came from elsewhere. */
class TypedVersions {
  readonly #seen = new Map<string, number>();

  /** True for a file that is open and was not typed in since this was last asked; also the first time. */
  isUntouched(path: string, version: number | undefined): boolean {
    const before = this.#seen.get(path);
    if (version === undefined) this.#seen.delete(path);
    else this.#seen.set(path, version);
    return version !== undefined && (before === undefined || before === version);
  }
}

/** A number per file that grows whenever its findings may differ. */
class ResultIds {
  readonly #counts = new Map<string, number>();

  of(path: string): string {
    return String(this.#counts.get(path) ?? 0);
  }

  bump(path: string): void {
    this.#counts.set(path, (this.#counts.get(path) ?? 0) + 1);
  }
}
