import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import {
  lineageRequest,
  type LineageAnswer,
  type LineageNodeAnswer,
  type StepAnswer,
} from '../../../server/src/protocol/requests.ts';
import type { PanelState, ToWebview } from '../../../webviews/lineage/protocol.ts';
import type { Contents } from '../contents.ts';
import type { LanguageServer } from '../language-client.ts';
import { NodeRuns, type KnownRun } from '../runs/node-runs.ts';
import type { RunStores } from '../runs/run-stores.ts';
import { readFromLineage, readSavedLineage } from './from-lineage.ts';
import { LineageSession, type LineagePlace } from './lineage-session.ts';
import { panelHtml } from './panel-html.ts';

const viewType = 'penstock.lineage';
/** A cursor that moves is not asked about at every step. */
const followAfterMs = 150;
/** Limit: what ran longer ago than this many runs is told as not run. */
const runsLookedAt = 20;

export interface LineagePanelDeps {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly contents: Contents;
  readonly runs: RunStores;
}

/** The panel that shows a lineage: one for all, also after the window was reloaded. */
export class LineagePanel implements vscode.Disposable {
  readonly #deps: LineagePanelDeps;
  readonly #subscriptions: readonly vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #session: LineageSession | undefined;
  #runs = new NodeRuns([], () => undefined);
  #runsWanted = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: LineagePanelDeps) {
    this.#deps = deps;
    const { server, contents, runs } = deps;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state) => this.#revive(panel, state),
      }),
      server.onChanged(() => this.#refresh()),
      contents.onChanged(() => void this.#readRuns()),
      runs.onChanged(() => void this.#readRuns()),
      runs.onProgressed(() => void this.#readRuns()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.window.onDidChangeTextEditorSelection(() => this.#follow()),
    ];
  }

  /** Shows the lineage of what a place is about, beside the editor where the panel is not open yet. */
  async show(place: LineagePlace): Promise<void> {
    if (this.#panel) this.#panel.reveal(undefined, true);
    else {
      const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
      this.#adopt(vscode.window.createWebviewPanel(viewType, 'Lineage', beside, { enableScripts: true }));
    }
    await this.#session?.show(place);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    clearTimeout(this.#timer);
    this.#panel?.dispose();
  }

  #revive(panel: vscode.WebviewPanel, state: unknown): void {
    if (this.#panel) return panel.dispose();
    this.#adopt(panel, readSavedLineage(state));
  }

  #adopt(panel: vscode.WebviewPanel, saved?: PanelState): void {
    this.#panel = panel;
    const { context } = this.#deps;
    const files = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webviews');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [files] };
    this.#session = this.#createSession(panel, saved);
    webview.onDidReceiveMessage((value: unknown) => this.#receive(value));
    panel.onDidChangeViewState(() => this.#refresh());
    panel.onDidDispose(() => {
      this.#session = undefined;
      this.#panel = undefined;
    });
    const uriOf = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
    webview.html = panelHtml({
      title: 'Lineage',
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: uriOf('lineage.js'),
      styles: [uriOf('codicon.css'), uriOf('lineage.css')],
    });
    void this.#readRuns();
  }

  #createSession(panel: vscode.WebviewPanel, saved: PanelState | undefined): LineageSession {
    const { server } = this.#deps;
    return new LineageSession({
      ask: (params) => server.request<LineageAnswer | null>(lineageRequest, params),
      runOf: (node) => this.#runs.of(node, new Date()),
      send: (message: ToWebview) => void panel.webview.postMessage(message),
      open: (node) => this.#orSay('The file could not be opened', openNode(node, panel)),
      export: (name, svg) => this.#orSay('The picture could not be saved', savePicture(name, svg)),
      titled: (name) => (panel.title = `Lineage: ${name}`),
      ...(saved ? { saved } : {}),
    });
  }

  #receive(value: unknown): void {
    const message = readFromLineage(value);
    if (!message) return this.#deps.log.warn('the lineage panel sent a message that is not understood');
    this.#orSay('The lineage could not be read', this.#session?.receive(message) ?? Promise.resolve());
  }

  #refresh(): void {
    if (this.#panel?.visible) this.#orSay('The lineage could not be read', this.#session!.refresh());
  }

  #follow(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const place = activePlace();
      if (place && this.#panel?.visible && this.#session)
        this.#orSay('The lineage could not be read', this.#session.follow(place));
    }, followAfterMs);
  }

  /** Reads how things last ran; of several asked for while one reads, the last one counts. */
  async #readRuns(): Promise<void> {
    if (!this.#panel) return;
    const wanted = ++this.#runsWanted;
    const { runs, contents, log } = this.#deps;
    const known: KnownRun[] = [];
    for (const entry of runs.entries.slice(0, runsLookedAt)) {
      try {
        known.push({ folderUri: entry.folder.uri.toString(), snapshot: await runs.snapshot(entry) });
      } catch (error) {
        log.debug(`run ${entry.summary.id} tells nothing of the lineage: ${String(error)}`);
      }
      if (wanted !== this.#runsWanted) return;
    }
    this.#runs = new NodeRuns(known, (step, folderUri) => projectOf(contents.steps, step, folderUri));
    if (this.#panel?.visible) this.#session?.redraw();
  }

  #orSay(what: string, doing: PromiseLike<unknown>): void {
    doing.then(undefined, (error: unknown) => {
      this.#deps.log.error(`${what}: ${String(error)}`);
      void vscode.window.showErrorMessage(
        `Penstock: ${what}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
}

/** Where the cursor is, in a file of the disk. */
export function activePlace(): LineagePlace | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.uri.scheme !== 'file') return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

function projectOf(steps: readonly StepAnswer[], step: string, folderUri: string): string | undefined {
  return steps.find((each) => each.id === step && each.folderUri === folderUri)?.projectUri;
}

/** Beside the panel, in the group that holds files, so that the graph stays in view. */
async function openNode({ uri, range }: LineageNodeAnswer, panel: vscode.WebviewPanel): Promise<void> {
  const other = vscode.window.tabGroups.all.find(
    ({ viewColumn, tabs }) =>
      viewColumn !== panel.viewColumn && tabs.some(({ input }) => input instanceof vscode.TabInputText),
  );
  const viewColumn =
    other?.viewColumn ??
    (panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One);
  const at = new vscode.Position(range.start.line, range.start.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    viewColumn,
    selection: new vscode.Range(at, at),
  });
}

async function savePicture(name: string, svg: string): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const file = `${name.replace(/[^\w.-]+/g, '_')}.svg`;
  const target = await vscode.window.showSaveDialog({
    title: 'Export Lineage as SVG',
    filters: { SVG: ['svg'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, file) } : {}),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg));
  vscode.window.setStatusBarMessage(`Saved ${vscode.workspace.asRelativePath(target)}`, 3000);
}
