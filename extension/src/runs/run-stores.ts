import * as vscode from 'vscode';
import { systemClock } from '../../../server/src/runs/clock.ts';
import { endLeftBehind, type LeftBehind } from '../../../server/src/runs/left-behind.ts';
import { RunModel, type RunSnapshot } from '../../../server/src/runs/run-state.ts';
import { RunStore, type RunSummary } from '../../../server/src/runs/run-store.ts';
import { setContext } from '../contents.ts';
import { runViewType } from '../panels/run-panels.ts';
import { readSettings } from '../settings.ts';
import { LiveRun } from './live-run.ts';
import { SeenRuns } from './seen-runs.ts';

/** A run and the workspace folder that holds its log. */
export interface RunEntry {
  readonly folder: vscode.WorkspaceFolder;
  readonly summary: RunSummary;
}

interface OpenFolder {
  readonly path: string;
  readonly store: RunStore;
  readonly watcher: { dispose(): void };
}

/** The runs of every workspace folder, whoever started them; read from their logs, kept up to date. */
export class RunStores implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #seen: SeenRuns;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<void>();
  readonly #justEnded = new vscode.EventEmitter<void>();
  readonly #folders = new Map<string, OpenFolder>();
  readonly #live = new Map<string, LiveRun>();
  readonly #ended = new Map<string, Promise<RunSnapshot>>();
  readonly #subscription: vscode.Disposable;
  #entries: readonly RunEntry[] = [];
  #isListed = false;
  #refreshing: Promise<void> | undefined;
  #isStale = false;
  #shown: { readonly folder: vscode.WorkspaceFolder; readonly run: string } | undefined;
  #wasPanelVisible = false;

  /** A run began, ended, was removed or was looked at. */
  readonly onChanged = this.#changed.event;
  /** A running run got further; a few times a second at most. */
  readonly onProgressed = this.#progressed.event;
  /** Runs ended since the window was opened, whoever started them; told once for those that did so together. */
  readonly onEnded = this.#justEnded.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#seen = new SeenRuns(context.workspaceState);
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#openFolders()),
      vscode.window.tabGroups.onDidChangeTabs(() => void this.#lookAtShown()),
    );
    this.#openFolders();
  }

  /** Newest first. */
  get entries(): readonly RunEntry[] {
    return this.#entries;
  }

  get running(): readonly RunEntry[] {
    return this.#entries.filter(({ summary }) => summary.status === 'running');
  }

  /** Failed runs that nobody looked at since they ended. */
  get unseenFailures(): readonly RunEntry[] {
    return this.#entries.filter((entry) => this.#seen.isUnseenFailure(keyOf(entry), entry.summary));
  }

  /** `folder` is a workspace folder's URI or its path in the file system. */
  find(folder: string, run: string): RunEntry | undefined {
    return this.#entries.find(
      (entry) =>
        entry.summary.id === run &&
        (entry.folder.uri.toString() === folder || entry.folder.uri.fsPath === folder),
    );
  }

  /** The run as it stands. Rejects where its log cannot be read. */
  snapshot(entry: RunEntry): Promise<RunSnapshot> {
    const key = keyOf(entry);
    const live = this.#live.get(key);
    if (live) return Promise.resolve(live.snapshot());
    let ended = this.#ended.get(key);
    if (!ended) {
      ended = this.#read(entry);
      if (entry.summary.status !== 'running') this.#ended.set(key, ended);
    }
    return ended;
  }

  /** The runs of a folder, by its path in the file system. */
  storeOf(folder: string): RunStore {
    const open = [...this.#folders.values()].find(({ path }) => path === folder);
    return open?.store ?? new RunStore(folder);
  }

  /** Takes note of the run that the panel shows; `path` is that of its workspace folder. */
  noteShown(path: string, run: string): void {
    void this.#lookAtShown();
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === path);
    this.#shown = folder && { folder, run };
    void this.#lookAtShown();
    void this.refresh();
  }

  /** What is known of a running run without reading anything. */
  liveSnapshot(entry: RunEntry): RunSnapshot | undefined {
    return this.#live.get(keyOf(entry))?.snapshot();
  }

  /** The steps a run set out to run, by their public names; reads the log's first event only. */
  async stepsOf({ folder, summary }: RunEntry): Promise<readonly string[]> {
    const store = this.#folders.get(folder.uri.toString())?.store;
    if (store) {
      for await (const event of store.read(summary.id))
        return event.type === 'run-started' ? event.steps.map(({ step }) => step) : [];
    }
    return [];
  }

  /** Asks for the run's end; asked again, it is harder. */
  async cancel({ folder, summary }: RunEntry): Promise<void> {
    await this.#folders.get(folder.uri.toString())?.store.cancel(summary.id);
  }

  /** Takes note that the user looked at a run, so that its failure no longer counts in the badge. */
  async markSeen(entry: RunEntry): Promise<void> {
    if (await this.#seen.add(keyOf(entry), entry.summary)) this.#changed.fire();
  }

  refresh(): Promise<void> {
    this.#isStale = true;
    return (this.#refreshing ??= this.#refresh());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#closeFolders();
    this.#changed.dispose();
    this.#progressed.dispose();
    this.#justEnded.dispose();
  }

  #openFolders(): void {
    this.#closeFolders();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (folder.uri.scheme !== 'file') continue;
      const store = new RunStore(folder.uri.fsPath);
      const path = folder.uri.fsPath;
      const watcher = store.watch(() => void this.refresh());
      this.#folders.set(folder.uri.toString(), { path, store, watcher });
    }
    void this.refresh();
  }

  #closeFolders(): void {
    for (const { watcher } of this.#folders.values()) watcher.dispose();
    for (const live of this.#live.values()) live.dispose();
    this.#folders.clear();
    this.#live.clear();
  }

  async #refresh(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        await this.#list();
      } catch (error) {
        this.#log.error(`reading the runs: ${String(error)}`);
      }
    }
    // In the same breath as the last look at the flag: a call in between would be lost.
    this.#refreshing = undefined;
  }

  async #list(): Promise<void> {
    const entries: RunEntry[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const store = this.#folders.get(folder.uri.toString())?.store;
      for (const summary of (await store?.list()) ?? []) entries.push({ folder, summary });
    }
    entries.sort((a, b) => b.summary.startedAt.localeCompare(a.summary.startedAt));
    const known = new Set(this.#entries.filter(isOver).map(keyOf));
    const ended = this.#isListed ? entries.filter((entry) => isOver(entry) && !known.has(keyOf(entry))) : [];
    this.#entries = entries;
    this.#isListed = true;
    this.#followRunning();
    void this.#endLeftBehind();
    for (const entry of ended) await this.#settle(entry);
    await this.#lookAtShown();
    await this.#seen.keepOnly([...entries.map(keyOf), ...(this.#shown ? [keyOfRun(this.#shown)] : [])]);
    this.#changed.fire();
    if (ended.length > 0) this.#justEnded.fire();
    await Promise.all([
      setContext('penstock.hasRuns', entries.length > 0),
      setContext('penstock.running', this.running.length > 0),
    ]);
  }

  /** The processes of a driver that was killed would go on unseen, and write what the next run writes. */
  async #endLeftBehind(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    for (const { path, store } of this.#folders.values()) {
      const onFound = ({ run, step, processes }: LeftBehind): void =>
        this.#log.warn(
          `ends what run ${run} left of ${step}: ${processes.map(({ name, pid }) => `${name} (${pid})`).join(', ')}`,
        );
      await endLeftBehind({ folder: path, store, clock: systemClock, onFound });
    }
  }

  /** A run ended just now: old runs make room. */
  async #settle(entry: RunEntry): Promise<void> {
    const store = this.#folders.get(entry.folder.uri.toString())?.store;
    await store?.prune(readSettings().run.history);
  }

  /**
   * What is on the screen counts as looked at: when it ends, when it is shown, and up to when it makes room for something
   * else. Its log tells how it went, as the panel may be ahead of the list.
   */
  async #lookAtShown(): Promise<void> {
    const wasVisible = this.#wasPanelVisible;
    this.#wasPanelVisible = isPanelVisible();
    if (!this.#shown || (!wasVisible && !this.#wasPanelVisible)) return;
    const { folder, run } = this.#shown;
    const summary = this.storeOf(folder.uri.fsPath).summary(run);
    if (summary) await this.markSeen({ folder, summary });
  }

  #followRunning(): void {
    const running = new Map(this.running.map((entry) => [keyOf(entry), entry]));
    for (const [key, live] of this.#live) {
      if (running.has(key)) continue;
      live.dispose();
      this.#live.delete(key);
    }
    for (const [key, { folder, summary }] of running) {
      const store = this.#folders.get(folder.uri.toString())?.store;
      if (!store || this.#live.has(key)) continue;
      this.#live.set(
        key,
        new LiveRun(store, summary.id, {
          onProgress: () => this.#progressed.fire(),
          onEnd: () => void this.refresh(),
        }),
      );
    }
    for (const key of this.#ended.keys()) {
      if (!this.#entries.some((entry) => keyOf(entry) === key)) this.#ended.delete(key);
    }
  }

  async #read({ folder, summary }: RunEntry): Promise<RunSnapshot> {
    const store = this.#folders.get(folder.uri.toString())?.store;
    const kept = store?.outcome(summary.id);
    if (kept) return kept;
    const model = new RunModel(summary.id);
    // What a run printed last tells when it was interrupted.
    const withoutOutput = summary.status !== 'interrupted';
    if (store) for await (const event of store.read(summary.id, { withoutOutput })) model.apply(event);
    if (summary.status === 'interrupted') model.interrupt();
    return model.snapshot();
  }
}

function isOver({ summary }: RunEntry): boolean {
  return summary.status !== 'running';
}

function keyOf({ folder, summary }: RunEntry): string {
  return keyOfRun({ folder, run: summary.id });
}

function keyOfRun({ folder, run }: { folder: vscode.WorkspaceFolder; run: string }): string {
  return `${folder.uri.toString()} ${run}`;
}

function isPanelVisible(): boolean {
  return vscode.window.tabGroups.all.some(
    ({ activeTab }) =>
      activeTab?.input instanceof vscode.TabInputWebview && activeTab.input.viewType.includes(runViewType),
  );
}
