import * as vscode from 'vscode';

const scheme = 'penstock-report';
/** The editor in which VS Code shows Markdown as a page, which is called as the document is. */
const markdownPreview = 'vscode.markdown.preview.editor';

/** Texts to look at: reports on runs, rows of a test. Read-only, and gone when they are closed. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#texts.delete(uri.path);
      }),
    ];
  }

  /** Shows a text under a title, in place of what it showed before; Markdown as it is meant to be read. */
  async show(title: string, kind: 'md' | 'txt', text: string): Promise<void> {
    // No ending: the path is what the tab is called.
    const path = `/${title.replace(/[/\\?#]/g, ' ')}`;
    const uri = vscode.Uri.from({ scheme, path });
    this.#texts.set(path, text);
    this.#changed.fire(uri);
    if (kind === 'md') await vscode.commands.executeCommand('vscode.openWith', uri, markdownPreview);
    else await vscode.window.showTextDocument(uri, { preview: true });
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.#texts.get(path) ?? 'This was shown before the window was reloaded. Ask for it again.';
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
