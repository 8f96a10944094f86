import * as vscode from 'vscode';
import { lineageRequest, type LineageAnswer } from '../../../server/src/protocol/requests.ts';
import type { PanelState, ToWebview } from '../../../webviews/lineage/protocol.ts';
import type { Contents } from '../contents.ts';
import type { LanguageServer } from '../language-client.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import type { RunStores } from '../runs/run-stores.ts';
import type { Questions } from '../questions.ts';
import { fillPanel } from './fill-panel.ts';
import { orSayWith, type OrSay } from './or-say.ts';
import { readFromLineage, readSavedLineage } from './from-lineage.ts';
import { LineageSession, type LineagePlace } from './lineage-session.ts';
import type { OpenPages } from './open-pages.ts';
import { openBeside, savePicture } from './place-and-picture.ts';

const viewType = 'penstock.lineage';
/** A cursor that moves is not asked about at every step. */
const followAfterMs = 150;

export interface LineagePanelDeps {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly pages: OpenPages;
  readonly questions: Questions;
  readonly server: LanguageServer;
  readonly contents: Contents;
  readonly runs: RunStores;
}

/** The panel that shows a lineage: one for all, also after the window was reloaded. */
export class LineagePanel implements vscode.Disposable {
  readonly #deps: LineagePanelDeps;
  readonly #orSay: OrSay;
  readonly #subscriptions: readonly vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #session: LineageSession | undefined;
  readonly #runs: KnownRuns;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: LineagePanelDeps) {
    this.#deps = deps;
    this.#orSay = orSayWith(deps.log);
    this.#runs = new KnownRuns(deps, {
      isWanted: () => this.#panel !== undefined,
      changed: () => {
        if (this.#panel?.visible) this.#session?.redraw();
      },
    });
    this.#subscriptions = [
      this.#runs,
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state) => this.#revive(panel, state),
      }),
      deps.server.onChanged(({ systems }) => systems && this.#refresh()),
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
    this.#session = this.#createSession(panel, saved);
    panel.onDidChangeViewState(() => this.#refresh());
    panel.onDidDispose(() => {
      this.#session = undefined;
      this.#panel = undefined;
    });
    const { context, pages, log } = this.#deps;
    fillPanel(panel, {
      extensionUri: context.extensionUri,
      name: 'lineage',
      title: 'Lineage',
      pages,
      log,
      read: readFromLineage,
      receive: (message) =>
        this.#orSay('The lineage could not be read', this.#session?.receive(message) ?? Promise.resolve()),
    });
    void this.#runs.read();
  }

  #createSession(panel: vscode.WebviewPanel, saved: PanelState | undefined): LineageSession {
    const { questions, server } = this.#deps;
    return new LineageSession({
      ask: (params) => server.request<LineageAnswer | null>(lineageRequest, params),
      runOf: (node) => this.#runs.nodes.of(node, new Date()),
      send: (message: ToWebview) => void panel.webview.postMessage(message),
      open: (node) => this.#orSay('The file could not be opened', openBeside(node, panel)),
      export: (name, svg) =>
        this.#orSay('The picture could not be saved', savePicture(questions, 'Lineage', name, svg)),
      titled: (name) => (panel.title = `Lineage: ${name}`),
      ...(saved ? { saved } : {}),
    });
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
}

/** Where the cursor is, in a file of the disk. */
export function activePlace(): LineagePlace | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.uri.scheme !== 'file') return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}
