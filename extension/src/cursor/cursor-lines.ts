import * as vscode from 'vscode';
import { FollowedLines } from './followed-lines.ts';

/**
 * Lines that cursors are on at the moment when a command is called. Its answer may take a while, and what is typed
 * meanwhile, or comes in from elsewhere, moves lines and cursors, and not in one step: the lines are followed by its edits.
 */
export class CursorLines implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly #lines: FollowedLines;
  readonly #following: vscode.Disposable;

  private constructor(document: vscode.TextDocument, lines: Iterable<number>) {
    this.document = document;
    const textAt = (line: number): string => (line < document.lineCount ? document.lineAt(line).text : '');
    this.#lines = new FollowedLines(document.version, lines, textAt);
    this.#following = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document) this.#lines.take(document.version, event.contentChanges, textAt);
    });
  }

  /** All that the selections of the active editor touch; to be called in the same breath as the command. */
  static touched(): CursorLines | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && new CursorLines(editor.document, new Set(editor.selections.flatMap(linesOf)));
  }

  /** The one that its cursor is on; to be called in the same breath as the command. */
  static active(): CursorLines | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && new CursorLines(editor.document, [editor.selection.active.line]);
  }

  /** Where they are now; those that are gone are left out. */
  get now(): readonly number[] {
    return this.#lines.now;
  }

  /** Where they were in a version of the document, now for the one on disk. None in one of before the command. */
  at(version: number | null): readonly number[] {
    return version === null ? this.now : (this.#lines.at(version) ?? []);
  }

  dispose(): void {
    this.#following.dispose();
  }
}

function linesOf({ start, end }: vscode.Selection): readonly number[] {
  return Array.from({ length: end.line - start.line + 1 }, (_, index) => start.line + index);
}
