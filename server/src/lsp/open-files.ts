import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { maxTextBytes, type Files } from '../core/files.ts';
import { toUri } from './convert.ts';

/** The disk seen through the editor: what is open there shadows what lies on disk. */
export function withOpenFiles(disk: Files, documents: TextDocuments<TextDocument>): Files {
  return {
    list: (root, token) => disk.list(root, token),
    covers: (root, path) => disk.covers(root, path),
    read: (path) => {
      const text = documents.get(toUri(path))?.getText();
      if (text === undefined) return disk.read(path);
      return text.length > maxTextBytes ? { kind: 'too-large', bytes: text.length } : { kind: 'text', text };
    },
  };
}
