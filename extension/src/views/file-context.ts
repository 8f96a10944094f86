import * as vscode from 'vscode';
import { setContext } from '../contents.ts';
import type { ExtensionHost } from '../host.ts';
import { stepsIn } from '../steps/step-at.ts';

/** Keeps the context key by which 'Run This' is offered only where it can do something. */
export function followActiveFile({ contents }: ExtensionHost): vscode.Disposable {
  const tell = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    void setContext('penstock.fileHasSteps', uri !== undefined && stepsIn(contents.steps, uri).length > 0);
  };
  tell();
  return vscode.Disposable.from(vscode.window.onDidChangeActiveTextEditor(tell), contents.onChanged(tell));
}
