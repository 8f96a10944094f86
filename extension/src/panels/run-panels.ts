import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../../server/src/runs/clock.ts';
import type { FromWebview, ToWebview } from '../../../webviews/run/protocol.ts';
import type { WhatToRun } from '../runs/driver-arguments.ts';
import { LocalPages } from './local-pages.ts';
import type { WrittenPlace } from '../testing/test-place.ts';
import type { Questions } from '../questions.ts';
import { fillPanel } from './fill-panel.ts';
import { orSayWith } from './or-say.ts';
import { readFromWebview, readSavedRun } from './from-webview.ts';
import type { OpenPages } from './open-pages.ts';
import { RunSession, type RunSessionOptions, type SessionActions } from './run-session.ts';
import { copyOutput, saveOutput } from './take-output.ts';

export const runViewType = 'penstock.run';

export interface RunPanelsDeps {
  readonly context: vscode.ExtensionContext;
  /** The runs of a workspace folder, by the folder's file-system path. */
  readonly stores: (folder: string) => RunSessionOptions['store'];
  /** Told of the run that the panel shows from now on. */
  readonly onShown: (folder: string, runId: string) => void;
  /** Starts steps anew or goes on with a run; shows the new run itself. */
  readonly start: (folder: string, what: WhatToRun) => Promise<void>;
  /** Runs a step for what it prints. */
  readonly print: (folder: string, step: string, cwd: string) => Promise<string>;
  /** Where a test is written that a tool calls so in the project of a folder. */
  readonly placeOfTest: (folder: string, names: readonly string[]) => Promise<WrittenPlace | undefined>;
  readonly log: vscode.LogOutputChannel;
  readonly pages: OpenPages;
  readonly questions: Questions;
}

export interface ShowRun {
  /** File-system path of the workspace folder that holds the run. */
  readonly folder: string;
  readonly runId: string;
  readonly preserveFocus?: boolean;
}

export interface RunPanels extends vscode.Disposable {
  show(run: ShowRun): void;
  /** Gives the keyboard to the search of the panel's output. */
  search(): void;
}

/** The panel that shows a run: one for all, also after the window was reloaded. */
export function createRunPanels(deps: RunPanelsDeps): RunPanels {
  const panels = new SingleRunPanel(deps);
  const serializer = vscode.window.registerWebviewPanelSerializer(runViewType, {
    deserializeWebviewPanel: async (panel, state) => panels.revive(panel, state),
  });
  return {
    show: (run) => panels.show(run),
    search: () => panels.search(),
    dispose: () => {
      serializer.dispose();
      panels.dispose();
    },
  };
}

class SingleRunPanel {
  readonly #pages = new LocalPages();
  readonly #deps: RunPanelsDeps;
  #panel: vscode.WebviewPanel | undefined;
  #session: RunSession | undefined;
  /** Said to the page in place of a run. */
  #unavailable: string | undefined;

  constructor(deps: RunPanelsDeps) {
    this.#deps = deps;
  }

  show({ folder, runId, preserveFocus = false }: ShowRun): void {
    const shown = this.#panel;
    if (shown === undefined) {
      const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus };
      this.#adopt(vscode.window.createWebviewPanel(runViewType, 'Run', place, { enableScripts: true }));
    } else shown.reveal(undefined, preserveFocus);
    if (this.#session?.run === runId && this.#session.folder === folder) return;
    this.#open(folder, runId);
    // A page that is there already asks for nothing; one that is not yet will say that it is ready.
    if (shown?.visible === true) this.#session?.restart();
  }

  search(): void {
    this.#send({ kind: 'search' });
  }

  /** Takes back a panel that was open when the window was reloaded. */
  revive(panel: vscode.WebviewPanel, state: unknown): void {
    if (this.#panel !== undefined) return panel.dispose();
    this.#adopt(panel);
    const saved = readSavedRun(state);
    const isOpen =
      vscode.workspace.workspaceFolders?.some(({ uri }) => uri.fsPath === saved?.folder) === true;
    if (saved === undefined || !isOpen)
      this.#unavailable = 'The run that was shown here is not in this workspace.';
    else this.#open(saved.folder, saved.run);
  }

  dispose(): void {
    this.#pages.dispose();
    this.#panel?.dispose();
  }

  #open(folder: string, run: string): void {
    const asked = this.#session?.asked;
    this.#session?.stop();
    this.#session = undefined;
    this.#unavailable = undefined;
    this.#deps.onShown(folder, run);
    const store = this.#deps.stores(folder);
    if (!this.#hasLog(store, run)) {
      this.#unavailable = `The log of run ${run} is not there any more.`;
      this.#send({ kind: 'unavailable', message: this.#unavailable });
      return;
    }
    this.#session = new RunSession({
      store,
      folder,
      run,
      asked,
      clock: systemClock,
      send: (message) => this.#send(message),
      actions: this.#actions(folder),
      onProblem: (message) => this.#deps.log.warn(message),
    });
  }

  #hasLog(store: Pick<RunSessionOptions['store'], 'logPath'>, run: string): boolean {
    try {
      return existsSync(store.logPath(run));
    } catch {
      // What a page saved need not be the id of a run.
      return false;
    }
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away by the editor; it says that it is ready when it is made anew.
      if (!panel.visible) this.#session?.stop();
    });
    panel.onDidDispose(() => {
      this.#session?.stop();
      this.#session = undefined;
      this.#panel = undefined;
    });
    const { context, pages, log } = this.#deps;
    fillPanel(panel, {
      extensionUri: context.extensionUri,
      name: 'run',
      title: 'Run',
      pages,
      log,
      read: readFromWebview,
      receive: (message) => this.#receive(message),
    });
  }

  #receive(message: FromWebview): void {
    if (message.kind === 'ready' && this.#unavailable !== undefined) {
      this.#send({ kind: 'unavailable', message: this.#unavailable });
    }
    this.#session?.receive(message);
  }

  #send(message: ToWebview): void {
    if (this.#panel === undefined) return;
    if (message.kind === 'run') this.#panel.title = message.run.requested.join(', ') || message.run.title;
    void this.#panel.webview.postMessage(message);
  }

  #actions(folder: string): SessionActions {
    const { log, questions, start, placeOfTest } = this.#deps;
    const orSay = orSayWith(log);
    return {
      openFile: (path, line, column) =>
        orSay('The file could not be opened', this.#openFile(path, line, column)),
      openUrl: (url) =>
        orSay('The address could not be opened', vscode.env.openExternal(vscode.Uri.parse(url))),
      showCompiled: (path) =>
        orSay(
          'The compiled SQL could not be shown',
          vscode.commands.executeCommand('penstock.showCompiled', vscode.Uri.file(path)),
        ),
      openLog: (path) => orSay('The log could not be opened', this.#openFile(path)),
      openArtifact: (path, doubt) => orSay('The file could not be opened', this.#openArtifact(path, doubt)),
      openTest: ({ cwd, names, path }) =>
        orSay(
          'The test could not be opened',
          placeOfTest(cwd, names).then((place) => openText(place?.path ?? path, place?.line, place?.column)),
        ),
      say: (message) => void vscode.window.showInformationMessage(message),
      copy: (text, what) => orSay('Nothing was copied', copy(text, what)),
      copyOutput: (text) => orSay('Nothing was copied', copyOutput(text)),
      saveOutput: (text, name) => orSay('Nothing was saved', saveOutput(questions, text, join(folder, name))),
      print: (step, cwd) => this.#deps.print(folder, step, cwd),
      start: (what) => orSay('The run could not be started', start(folder, what)),
    };
  }

  /** Documentation and coverage are pages to look at, not text to edit. */
  async #openFile(path: string, line?: number, column?: number): Promise<void> {
    if (!/\.html?$/i.test(path)) return openText(path, line, column);
    await vscode.env.openExternal(vscode.Uri.parse(await this.#pages.addressOf(path)));
  }

  async #openArtifact(path: string, doubt: string | undefined): Promise<void> {
    const open = 'Open Anyway';
    if (doubt !== undefined && (await vscode.window.showWarningMessage(doubt, open)) !== open) return;
    await this.#openFile(path);
  }
}

/** Opens beside nothing: in the group that is active, at the place. */
async function openText(path: string, line?: number, column = 1): Promise<void> {
  const start = new vscode.Position(Math.max(0, (line ?? 1) - 1), Math.max(0, column - 1));
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    preview: true,
    ...(line === undefined ? {} : { selection: new vscode.Range(start, start) }),
  });
}

async function copy(text: string, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Copied ${what}`, 3000);
}
