import type { LoadProgress } from '../core/platform.ts';
import { toPath } from './convert.ts';
import type { Feature, FeatureHost } from './feature.ts';

/** Open documents, files on disk, folders and settings: everything that makes the session look again. */
export const registerDocuments: Feature = ({ session, documents }) => {
  const touch = ({ document }: { readonly document: { readonly uri: string } }): void =>
    session.touch(toPath(document.uri));
  documents.onDidOpen(touch);
  documents.onDidChangeContent(touch);
  documents.onDidClose(touch);
  return {};
};

export const registerWatchedFiles: Feature = ({ connection, session }) => {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    session.touchOnDisk(changes.map(({ uri }) => toPath(uri)));
  });
  return {};
};

export const registerFolders: Feature = () => ({
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
});

/** Reads the folders anew when they change; to be called once the client is initialized, as the library asks. */
export function watchFolders(host: FeatureHost): void {
  if (!host.client.workspace?.workspaceFolders) return;
  host.connection.workspace.onDidChangeWorkspaceFolders(() => void readFolders(host));
}

/** Reads the client's folders as they are now, with progress. */
export async function readFolders({ connection, session, log }: FeatureHost): Promise<void> {
  const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
  await loadWithProgress(
    { connection, session, log },
    folders.map((folder) => toPath(folder.uri)),
  );
}

export async function loadWithProgress(
  { connection, session, log }: Pick<FeatureHost, 'connection' | 'session' | 'log'>,
  folders: readonly string[],
): Promise<void> {
  const began = Date.now();
  // A client that fails to show progress must still get its findings.
  const progress = await connection.window.createWorkDoneProgress().catch(() => undefined);
  progress?.begin('Penstock', 0, 'reading the platform');
  const tell: LoadProgress = (done, total) =>
    progress?.report(Math.floor((100 * done) / Math.max(1, total)), `${done} of ${total} files`);
  await session.load(folders, tell);
  progress?.done();
  log.info(`read ${folders.length} folders in ${Date.now() - began} ms`);
}
