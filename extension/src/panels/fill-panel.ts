import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { panelHtml } from './panel-html.ts';

/** Loads the page of a panel; `name` is the folder it was built from. */
export function fillPanel(
  { webview }: vscode.WebviewPanel,
  { extensionUri, name, title }: { extensionUri: vscode.Uri; name: string; title: string },
): void {
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
