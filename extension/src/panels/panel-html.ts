export interface PanelHtmlOptions {
  readonly title: string;
  /** Where the editor serves local files from, as the policy names it. */
  readonly cspSource: string;
  /** A fresh one for each page. */
  readonly nonce: string;
  readonly script: string;
  readonly styles: readonly string[];
}

/**
 * The page of a panel: an empty box, its styles and one script. Only that script runs, nothing is inline,
 * and nothing comes from anywhere but the extension's own folder. The toolkit reads the nonce for the one
 * style element it tries out `:focus-visible` with; refused, it would outline whatever the mouse pressed.
 */
export function panelHtml(options: PanelHtmlOptions): string {
  const { cspSource, nonce, script, styles, title } = options;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  const links = styles.map((style) => `<link rel="stylesheet" href="${escapeHtml(style)}">`).join('\n');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta property="csp-nonce" content="${escapeHtml(nonce)}">
<title>${escapeHtml(title)}</title>
${links}
</head>
<body>
<div id="page"></div>
<script type="module" nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
