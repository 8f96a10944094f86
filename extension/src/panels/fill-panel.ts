import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { OpenPages } from './open-pages.ts';
import { panelHtml } from './panel-html.ts';

export interface PanelPage<Message> {
  readonly extensionUri: vscode.Uri;
  /** The folder it was built from. */
  readonly name: string;
  readonly title: string;
  readonly pages: OpenPages;
  readonly log: vscode.LogOutputChannel;
  /** What the page says, or undefined for anything else that may arrive. */
  readonly read: (value: unknown) => Message | undefined;
  readonly receive: (message: Message) => void;
}

/** Loads the page of a panel, and listens to it. */
export function fillPanel<Message>(
  panel: vscode.WebviewPanel,
  { extensionUri, name, title, pages, log, read, receive }: PanelPage<Message>,
): void {
  pages.add(panel, (value) => {
    const message = read(value);
    if (message === undefined) log.warn(`the ${name} panel sent a message that is not understood`);
    else receive(message);
  });
  const { webview } = panel;
  const files = vscode.Uri.joinPath(extensionUri, 'dist', 'webviews');
  webview.options = { enableScripts: true, localResourceRoots: [files] };
  const uriOf = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, file)).toString();
  webview.html = panelHtml({
    title,
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    script: uriOf(`${name}.js`),
    styles: [uriOf('codicon.css'), uriOf(`${name}.css`)],
  });
}
