import * as vscode from 'vscode';
import { runIdFor } from '../../../server/src/runs/run-folder.ts';
import type { ExtensionHost } from '../host.ts';
import { printStep } from '../runs/print-step.ts';
import type { RunEntry } from '../runs/run-stores.ts';
import { isTrusted, startRun } from '../runs/start-run.ts';
import { testsIn, type TestEnd } from './test-events.ts';
import { TestItems } from './test-items.ts';
import { ShownRun, showEnd } from './test-run.ts';
import { chosenTests, stepFor, type ChosenTests } from './test-tree.ts';

/** How many of the last runs are looked into for how tests went. */
const mostRuns = 30;

/** A view that is typed into is not asked for with each stroke. */
const refreshAfterMs = 1_000;

type Ended = Pick<TestEnd<unknown>, 'cwd' | 'rowsStep'> & { readonly folder: string };

/** Tests in VS Code's Testing view: how they last went, whoever ran them, and how they go now. */
export class TestExplorer implements vscode.Disposable {
  readonly #host: ExtensionHost;
  readonly #controller: vscode.TestController;
  readonly #items: TestItems;
  /** Runs that are shown, or need not be as they were there before; by folder and id. */
  readonly #known = new Set<string>();
  readonly #following = new Map<string, vscode.Disposable>();
  /** How failed tests ended, by their ids. */
  readonly #failed = new Map<string, Ended>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #isOpen = false;

  constructor(host: ExtensionHost) {
    this.#host = host;
    this.#controller = vscode.tests.createTestController('penstock', 'Penstock');
    this.#items = new TestItems(this.#controller, host.server);
    this.#controller.resolveHandler = (item) => this.#resolve(item);
    this.#controller.refreshHandler = () => this.#items.refresh();
    const { Run } = vscode.TestRunProfileKind;
    this.#controller.createRunProfile('Run', Run, (request, token) => this.#run(request, token), true);
    this.#subscriptions = [
      this.#controller,
      host.contents.onChanged(() => this.#refreshSoon()),
      host.runs.onChanged(() => this.#followNew()),
    ];
  }

  /** Shows the rows for which a test failed, in a document beside. */
  async showFailingRows(item: vscode.TestItem): Promise<void> {
    const { folder, cwd, rowsStep } = this.#failed.get(item.id) ?? {};
    if (folder === undefined || cwd === undefined || rowsStep === undefined) {
      void vscode.window.showInformationMessage(`Penstock: ${item.label} has no failing rows to show.`);
      return;
    }
    const text = await printStep(this.#host.context, { folder, step: rowsStep, cwd });
    await this.#host.reports.show(`Failing rows of ${item.label}`, 'txt', text);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#following.values()) each.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }

  async #resolve(item: vscode.TestItem | undefined): Promise<void> {
    if (!this.#isOpen) {
      this.#isOpen = true;
      for (const { folder, summary } of this.#host.runs.entries)
        if (summary.status !== 'running') this.#known.add(keyOf(folder, summary.id));
      this.#followNew();
    }
    const isNew = await this.#items.resolve(item);
    if (item && isNew) await this.#showHistory(item);
    // Who opens the view wants to see what failed, not what could be unfolded.
    if (!item) for (const [, project] of this.#controller.items) await this.#resolve(project);
  }

  #refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#items.refresh();
    }, refreshAfterMs);
  }

  /** Runs what is chosen, all of a project at once. */
  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      // The view does not wait until somebody has read why.
      void isTrusted();
      return;
    }
    const chosen: ChosenTests = {
      ...(request.include ? { include: new Set(request.include.map(({ id }) => id)) } : {}),
      exclude: new Set(request.exclude?.map(({ id }) => id)),
    };
    // All tests can be run before anybody has opened the view.
    if (this.#controller.items.size === 0) await this.#resolve(undefined);
    for (const [, item] of this.#controller.items) await this.#resolve(item);
    const run = this.#controller.createTestRun(request);
    const parts = this.#items.known.all().map(async ({ answer, tree }) => {
      const step = stepFor(answer, tree, chosen);
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(answer.folderUri));
      if (step === undefined || !folder) return;
      const waiting = chosenTests(answer.projectUri, tree, chosen);
      await this.#start({ run, token, folder, step, waiting: waiting.map(({ id }) => id) });
    });
    try {
      await Promise.all(parts);
    } finally {
      run.end();
    }
  }

  async #start({
    run,
    token,
    folder,
    step,
    waiting,
  }: {
    readonly run: vscode.TestRun;
    readonly token: vscode.CancellationToken;
    readonly folder: vscode.WorkspaceFolder;
    readonly step: string;
    readonly waiting: readonly string[];
  }): Promise<void> {
    const runId = this.#freshId(folder);
    const shown = new ShownRun({
      find: this.#find,
      begin: () => run,
      waiting: waiting.flatMap((id) => this.#items.item(id) ?? []),
      onEnd: (end) => this.#note(folder, end),
    });
    const hasBegun = await startRun(this.#host, folder, { steps: [step] }, { runId });
    if (!hasBegun) return shown.end('the run could not start');
    const store = this.#host.runs.storeOf(folder.uri.fsPath);
    const cancel = (): void => void store.cancel(runId);
    const cancelling = token.onCancellationRequested(cancel);
    const stopping = run.token.onCancellationRequested(cancel);
    if (token.isCancellationRequested) cancel();
    await this.#follow(folder, runId, shown);
    cancelling.dispose();
    stopping.dispose();
  }

  /** Two runs that begin in one millisecond are two. */
  #freshId(folder: vscode.WorkspaceFolder): string {
    for (let at = Date.now(); ; at++) {
      const id = runIdFor(at);
      const key = keyOf(folder, id);
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      return id;
    }
  }

  /** Shows what runs, or ran, since the view was opened, whoever began it. */
  #followNew(): void {
    if (!this.#isOpen) return;
    for (const { folder, summary } of this.#host.runs.entries) {
      const key = keyOf(folder, summary.id);
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      const begin = (): vscode.TestRun =>
        this.#controller.createTestRun(new vscode.TestRunRequest(), summary.requested.join(' '), false);
      const onEnd = (end: TestEnd<vscode.TestItem>): void => this.#note(folder, end);
      void this.#follow(folder, summary.id, new ShownRun({ find: this.#find, begin, onEnd }));
    }
  }

  #follow(folder: vscode.WorkspaceFolder, id: string, shown: ShownRun): Promise<void> {
    const key = keyOf(folder, id);
    return new Promise((resolve) => {
      const following = this.#host.runs.storeOf(folder.uri.fsPath).follow(
        id,
        (events) => shown.take(events),
        (end) => {
          this.#following.delete(key);
          shown.end(end.kind === 'interrupted' ? 'the run was interrupted' : '');
          resolve();
        },
      );
      this.#following.set(key, following);
    });
  }

  /** Each test as the newest run left it that ran it. */
  async #showHistory(item: vscode.TestItem): Promise<void> {
    const project = this.#items.known.project(item.id);
    const entries = this.#host.runs.entries.filter(
      ({ folder, summary }) =>
        folder.uri.toString() === project?.answer.folderUri && summary.status !== 'running',
    );
    const ends = new Map<vscode.TestItem, TestEnd<vscode.TestItem>>();
    for (const entry of entries.slice(0, mostRuns)) {
      for (const end of await this.#endsIn(entry)) {
        if (ends.has(end.test)) continue;
        ends.set(end.test, end);
        this.#note(entry.folder, end);
      }
    }
    if (ends.size === 0) return;
    const run = this.#controller.createTestRun(new vscode.TestRunRequest(), 'Last runs', false);
    for (const end of ends.values()) showEnd(run, end);
    run.end();
  }

  async #endsIn(entry: RunEntry): Promise<readonly TestEnd<vscode.TestItem>[]> {
    try {
      return testsIn(await this.#host.runs.snapshot(entry), this.#find);
    } catch (error) {
      this.#host.log.warn(`tests of run ${entry.summary.id}: ${String(error)}`);
      return [];
    }
  }

  readonly #find = (cwd: string, name: string): vscode.TestItem | undefined => {
    const id = this.#items.known.find(cwd, name);
    return id === undefined ? undefined : this.#items.item(id);
  };

  #note(folder: vscode.WorkspaceFolder, { test, cwd, rowsStep, status }: TestEnd<vscode.TestItem>): void {
    if (status !== 'failed') this.#failed.delete(test.id);
    else
      this.#failed.set(test.id, {
        folder: folder.uri.fsPath,
        cwd,
        ...(rowsStep === undefined ? {} : { rowsStep }),
      });
  }
}

function keyOf(folder: vscode.WorkspaceFolder, run: string): string {
  return `${folder.uri.toString()} ${run}`;
}
