import * as vscode from 'vscode';
import type { Contents } from '../contents.ts';
import type { LanguageServer } from '../language-client.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { Questions } from '../questions.ts';
import { fillPanel } from './fill-panel.ts';
import { orSayWith, type OrSay } from './or-say.ts';
import { readFromReadiness } from './from-readiness.ts';
import type { OpenPages } from './open-pages.ts';
import { openBeside } from './place-and-picture.ts';
import { ReadinessSession } from './readiness-session.ts';
import type { ItemPlace } from './readiness-view-of.ts';
import { saveReport } from './save-report.ts';

const viewType = 'penstock.readiness';

export interface ReadinessPanelDeps {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly pages: OpenPages;
  readonly questions: Questions;
  readonly server: LanguageServer;
  readonly contents: Contents;
  readonly readiness: Readiness;
}

/** The panel that shows readiness: one for all, also after the window was reloaded. */
export class ReadinessPanel implements vscode.Disposable {
  readonly #deps: ReadinessPanelDeps;
  readonly #orSay: OrSay;
  readonly #subscriptions: readonly vscode.Disposable[];
  #open: { readonly panel: vscode.WebviewPanel; readonly session: ReadinessSession } | undefined;

  constructor(deps: ReadinessPanelDeps) {
    this.#deps = deps;
    this.#orSay = orSayWith(deps.log);
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel) => (this.#open ? panel.dispose() : this.#adopt(panel)),
      }),
      deps.readiness.onChanged(() => this.#refresh()),
      deps.server.onStateChanged(() => this.#refresh()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refresh()),
    ];
  }

  show(): void {
    if (this.#open) return this.#open.panel.reveal();
    const { Active } = vscode.ViewColumn;
    this.#adopt(vscode.window.createWebviewPanel(viewType, 'Readiness', Active, { enableScripts: true }));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#open?.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const session = this.#createSession(panel);
    this.#open = { panel, session };
    panel.onDidChangeViewState(() => this.#refresh());
    panel.onDidDispose(() => (this.#open = undefined));
    fillPanel(panel, {
      extensionUri: this.#deps.context.extensionUri,
      name: 'readiness',
      title: 'Readiness',
      pages: this.#deps.pages,
      log: this.#deps.log,
      read: readFromReadiness,
      receive: (message) => this.#orSay('Readiness could not be told', session.receive(message)),
    });
    void this.#deps.readiness.refresh();
  }

  #createSession(panel: vscode.WebviewPanel): ReadinessSession {
    const { readiness, contents, questions, server } = this.#deps;
    const run = (command: string, ...args: readonly unknown[]): void =>
      this.#orSay('It could not be done', vscode.commands.executeCommand(command, ...args));
    /** A command about a task takes the row that it comes from; without one it would ask which task is meant. */
    const runFor = (command: string, { uri, item }: ItemPlace): void => {
      const found = contents.plans.find((plan) => plan.uri === uri)?.items.find(({ id }) => id === item);
      if (found) run(command, { data: { uri, item: found } });
    };
    return new ReadinessSession({
      known: () => ({
        title: vscode.workspace.name ?? 'Platform',
        answer: readiness.answer,
        plans: contents.plans,
        trusted: vscode.workspace.isTrusted,
        failed: server.state === 'failed',
      }),
      send: (message) => void panel.webview.postMessage(message),
      check: async (params) => void (await readiness.check(params)),
      open: (place) => this.#orSay('The file could not be opened', openBeside(place, panel)),
      waive: (check) => run('penstock.waiveCheck', check),
      takeBack: (check) => run('penstock.takeBackWaiver', check),
      mark: (item) => runFor('penstock.markItem', item),
      rank: (item) => runFor('penstock.setPriority', item),
      writeFigures: () => run('penstock.writeFigures'),
      create: (what) => run(what === 'plan' ? 'penstock.createPlan' : 'penstock.createManifest'),
      export: (format, text) =>
        this.#orSay('The report could not be saved', saveReport(questions, format, text)),
    });
  }

  #refresh(): void {
    if (this.#open?.panel.visible) this.#open.session.refresh();
  }
}
