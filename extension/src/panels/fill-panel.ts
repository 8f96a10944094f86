import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { OpenPages } from './open-pages.ts';
import { panelHtml } from './panel-html.ts';

export interface PanelPage {
  readonly extensionUri: vscode.Uri;
  /** The folder it was built from. */
  readonly name: string;
  readonly title: string;
  readonly pages: OpenPages;
  /** Takes what the page says. */
  readonly receive: (message: unknown) => void;
}

/** Loads the page of a panel, and listens to it. */
export function fillPanel(
  panel: vscode.WebviewPanel,
  { extensionUri, name, title, pages, receive }: PanelPage,
): void {
  pages.add(panel, receive);
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
