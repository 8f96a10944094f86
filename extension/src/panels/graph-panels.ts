import * as vscode from 'vscode';
import {
  graphRequest,
  graphSearchRequest,
  pipelineGraphRequest,
  type GraphAnswer,
  type GraphFoundAnswer,
  type PipelineGraphAnswer,
} from '../../../server/src/protocol/graph-requests.ts';
import type { PanelState, ToWebview } from '../../../webviews/graph/protocol.ts';
import type { Contents } from '../contents.ts';
import type { LanguageServer } from '../language-client.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import type { RunPlace } from '../../../server/src/runs/last-runs.ts';
import type { RunStores } from '../runs/run-stores.ts';
import type { Questions } from '../questions.ts';
import { fillPanel } from './fill-panel.ts';
import { orSayWith, type OrSay } from './or-say.ts';
import { readFromGraph, readSavedGraph } from './from-graph.ts';
import { GraphSession } from './graph-session.ts';
import type { OpenPages } from './open-pages.ts';
import { openBeside, savePicture } from './place-and-picture.ts';

const viewType = 'penstock.graph';
/** More that is found is not read. */
const mostFound = 50;

export interface GraphPanelsDeps {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly pages: OpenPages;
  readonly questions: Questions;
  readonly server: LanguageServer;
  readonly contents: Contents;
  readonly runs: RunStores;
  showRun(place: RunPlace): void;
}

/** A pipeline whose graph is asked for. */
export type PipelineChoice = NonNullable<PanelState['pipeline']>;

/** The panels that show graphs: one for the platform and one for each pipeline, also after the window was reloaded. */
export class GraphPanels implements vscode.Disposable {
  readonly #deps: GraphPanelsDeps;
  readonly #orSay: OrSay;
  readonly #open = new Map<string, { readonly panel: vscode.WebviewPanel; readonly session: GraphSession }>();
  readonly #runs: KnownRuns;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(deps: GraphPanelsDeps) {
    this.#deps = deps;
    this.#orSay = orSayWith(deps.log);
    this.#runs = new KnownRuns(deps, {
      isWanted: () => this.#open.size > 0,
      changed: () => this.#refresh(),
    });
    this.#subscriptions = [
      this.#runs,
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state) => this.#revive(panel, readSavedGraph(state)),
      }),
      deps.server.onChanged(({ systems }) => systems && this.#refresh()),
    ];
  }

  /** Shows the graph of a pipeline, or of the platform. */
  show(pipeline?: PipelineChoice): void {
    const state = { opened: [], closed: [], hidden: [], ...(pipeline ? { pipeline } : {}) };
    const shown = this.#open.get(keyOf(state));
    if (shown) return shown.panel.reveal();
    const column =
      vscode.window.activeTextEditor && pipeline ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    this.#adopt(vscode.window.createWebviewPanel(viewType, 'Graph', column, { enableScripts: true }), state);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { panel } of Array.from(this.#open.values())) panel.dispose();
  }

  #revive(panel: vscode.WebviewPanel, state: PanelState): void {
    if (this.#open.has(keyOf(state))) return panel.dispose();
    this.#adopt(panel, state);
  }

  #adopt(panel: vscode.WebviewPanel, state: PanelState): void {
    const key = keyOf(state);
    const session = this.#createSession(panel, state);
    this.#open.set(key, { panel, session });
    panel.onDidChangeViewState(() => this.#refresh());
    panel.onDidDispose(() => this.#open.delete(key));
    fillPanel(panel, {
      extensionUri: this.#deps.context.extensionUri,
      name: 'graph',
      title: 'Graph',
      pages: this.#deps.pages,
      log: this.#deps.log,
      read: readFromGraph,
      receive: (message) => this.#orSay('The graph could not be read', session.receive(message)),
    });
    void this.#runs.read();
  }

  #createSession(panel: vscode.WebviewPanel, state: PanelState): GraphSession {
    const { questions, server } = this.#deps;
    return new GraphSession({
      ask: (params) => server.request<GraphAnswer>(graphRequest, params),
      askPipeline: (params) => server.request<PipelineGraphAnswer | null>(pipelineGraphRequest, params),
      find: (text) =>
        server.request<readonly GraphFoundAnswer[]>(graphSearchRequest, { text, limit: mostFound }),
      runs: () => this.#runs,
      send: (message: ToWebview) => void panel.webview.postMessage(message),
      open: (place) => this.#orSay('The file could not be opened', openBeside(place, panel)),
      showRun: (place) => this.#deps.showRun(place),
      export: (name, svg) =>
        this.#orSay('The picture could not be saved', savePicture(questions, 'Graph', name, svg)),
      titled: (name) => (panel.title = `Graph: ${name}`),
      state,
    });
  }

  #refresh(): void {
    for (const { panel, session } of this.#open.values())
      if (panel.visible) this.#orSay('The graph could not be read', session.refresh());
  }
}

function keyOf({ pipeline }: PanelState): string {
  return pipeline ? `${pipeline.folderUri ?? ''} ${pipeline.step}` : '';
}
