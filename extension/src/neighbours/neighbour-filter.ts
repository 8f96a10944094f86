import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { readSettings, onSettingsChanged } from '../settings.ts';
import { decideNeighbours, leftToYamlNeighbour, type Neighbours } from './decide-neighbours.ts';

/** Keeps back what another active extension says of the same place, so that nobody reads it twice. */
export class NeighbourFilter implements vscode.Disposable {
  readonly #subscriptions: readonly vscode.Disposable[];
  #neighbours: Neighbours = currentNeighbours();

  readonly middleware: Middleware = {
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      // Only an open document is looked at by the other extension, and only under the language id it knows.
      if (
        !this.#neighbours.leavesYamlSyntax ||
        document instanceof vscode.Uri ||
        document.languageId !== 'yaml'
      )
        return report;
      if (!report || !('items' in report)) return report;
      return { ...report, items: report.items.filter((item) => !leftToYamlNeighbour(codeOf(item))) };
    },
    provideCompletionItem: (document, position, context, token, next) => {
      const isSql = document.uri.path.endsWith('.sql');
      return isSql && !this.#neighbours.completesSql ? [] : next(document, position, context, token);
    },
  };

  constructor() {
    const decide = (): void => {
      this.#neighbours = currentNeighbours();
    };
    this.#subscriptions = [
      vscode.extensions.onDidChange(decide),
      onSettingsChanged(decide),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('yaml.validate')) decide();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** Who is there now, and who does what. */
export function currentNeighbours(): Neighbours {
  return decideNeighbours({
    extensions: vscode.extensions.all.map((extension) => extension.id),
    sqlCompletion: readSettings().sqlCompletion,
    yamlValidates: vscode.workspace.getConfiguration('yaml').get('validate') !== false,
  });
}

function codeOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}
