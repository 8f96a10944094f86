import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { maxTextBytes, type Files } from '../core/files.ts';
import { toPath, toUri } from './convert.ts';

/** The documents that are open in the editor, by the path of their file, however the client spells its URI. */
export interface OpenDocuments {
  at(path: string): TextDocument | undefined;
  /** The file's URI as the client spells it. */
  uri(path: string): string;
}

export function openDocuments(documents: TextDocuments<TextDocument>): OpenDocuments {
  const spelled = new Map<string, string>();
  documents.onDidOpen(({ document }) => spelled.set(toPath(document.uri), document.uri));
  documents.onDidClose(({ document }) => spelled.delete(toPath(document.uri)));
  const uri = (path: string): string => spelled.get(path) ?? toUri(path);
  return { at: (path) => documents.get(uri(path)), uri };
}

/** The disk seen through the editor: what is open there shadows what lies on disk. */
export function withOpenFiles(disk: Files, documents: OpenDocuments): Files {
  return {
    list: (root, token) => disk.list(root, token),
    covers: (root, path) => disk.covers(root, path),
    expect: (paths, what) => disk.expect?.(paths, what),
    has: (path) => documents.at(path) !== undefined || disk.has(path),
    stamp: (path) => (documents.at(path) ? undefined : disk.stamp?.(path)),
    read: (path) => {
      const text = documents.at(path)?.getText();
      if (text === undefined) return disk.read(path);
      return text.length > maxTextBytes ? { kind: 'too-large', bytes: text.length } : { kind: 'text', text };
    },
  };
}
