import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { sqlNeighbours, yamlNeighbour } from '../neighbours/decide-neighbours.ts';
import { readSettings } from '../settings.ts';
import { diagnosticsReport } from './diagnostics-report.ts';

/** Opens a new document with what a bug report needs; nothing leaves the machine. */
export async function collectDiagnostics(host: ExtensionHost): Promise<void> {
  const known = new Set([yamlNeighbour, ...sqlNeighbours]);
  const neighbours = vscode.extensions.all
    .filter(({ id }) => known.has(id.toLowerCase()))
    .map(({ id, packageJSON }) => `${id} ${versionOf(packageJSON)}`);
  const content = diagnosticsReport({
    versions: {
      Penstock: versionOf(host.context.extension.packageJSON),
      'VS Code': `${vscode.version} (${vscode.env.appHost}${vscode.env.remoteName === undefined ? '' : ', remote'})`,
      system: `${platform()} ${release()} ${arch()}`,
      Node: process.versions.node,
    },
    folders: vscode.workspace.workspaceFolders?.length ?? 0,
    isTrusted: vscode.workspace.isTrusted,
    server: host.server.state,
    settings: readSettings(),
    plans: host.contents.plans,
    systems: host.contents.systems,
    steps: host.contents.steps,
    runs: host.runs.entries.map(({ summary }) => summary),
    neighbours,
  });
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'markdown', content }),
  );
}

function versionOf(manifest: unknown): string {
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
