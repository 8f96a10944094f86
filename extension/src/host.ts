import * as vscode from 'vscode';
import { systemClock } from '../../server/src/runs/clock.ts';
import { CompiledDocuments } from './compiled/compiled-sql.ts';
import { Contents } from './contents.ts';
import { LanguageServer } from './language-client.ts';
import { GraphPanels } from './panels/graph-panels.ts';
import { OpenPages } from './panels/open-pages.ts';
import { LineagePanel } from './panels/lineage-panel.ts';
import { ReadinessPanel } from './panels/readiness-panel.ts';
import { createRunPanels } from './panels/run-panels.ts';
import { Questions } from './questions.ts';
import { Readiness } from './readiness/readiness.ts';
import { ReportDocuments } from './reports/report-documents.ts';
import { RunStores } from './runs/run-stores.ts';
import { printStep } from './runs/print-step.ts';
import { startRun } from './runs/start-run.ts';
import { TestExplorer } from './testing/test-explorer.ts';
import { placeOfTest, testsOf } from './testing/test-place.ts';
import { PlanChoice } from './views/plan-choice.ts';

/** What every part of the extension may use. Made once, when the extension is activated. */
export interface ExtensionHost {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  /** What the server found: plans, systems, steps. */
  readonly contents: Contents;
  /** How the Plan view is grouped and filtered. */
  readonly planChoice: PlanChoice;
  /** Running and past runs of all workspace folders. */
  readonly runs: RunStores;
  /** Shows a run in its panel; from then on it counts as looked at while the panel can be seen. */
  showRun(folder: vscode.WorkspaceFolder, runId: string): void;
  /** Gives the keyboard to the search of the run's output. */
  searchOutput(): void;
  /** Commands from the palette wait for them to be at rest, and so does each question; nobody else need. */
  readonly pages: OpenPages;
  /** The one way to open lists, questions and dialogs. */
  readonly questions: Questions;
  readonly lineage: LineagePanel;
  readonly graphs: GraphPanels;
  readonly compiled: CompiledDocuments;
  /** What plans claim beside what checks show. */
  readonly readiness: Readiness;
  readonly readinessPanel: ReadinessPanel;
  /** Texts to look at. */
  readonly reports: ReportDocuments;
  /** Tests in VS Code's Testing view. */
  readonly tests: TestExplorer;
}

export function createHost(context: vscode.ExtensionContext): ExtensionHost {
  const log = vscode.window.createOutputChannel('Penstock', { log: true });
  const server = new LanguageServer(context, log);
  const contents = new Contents(server);
  const planChoice = new PlanChoice(context.workspaceState);
  const runs = new RunStores(context, log);
  const pages = new OpenPages({
    clock: systemClock,
    isPageActive: () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview,
  });
  const questions = new Questions({ pages, window: vscode.window });
  const panels = createRunPanels({
    context,
    log,
    pages,
    questions,
    stores: (folder) => runs.storeOf(folder),
    onShown: (folder, run) => runs.noteShown(folder, run),
    start: async (path, what) => {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
      if (folder) await startRun(host, folder, what);
    },
    print: (folder, step, cwd) => printStep(context, { folder, step, cwd }),
    placeOfTest: (folder, names) => placeOfTest(testsOf(server), folder, names),
  });
  const lineage = new LineagePanel({ context, log, pages, questions, server, contents, runs });
  const graphs = new GraphPanels({
    context,
    log,
    pages,
    questions,
    server,
    contents,
    runs,
    showRun: ({ folderUri, run }) => {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(folderUri));
      if (folder) host.showRun(folder, run);
    },
  });
  const compiled = new CompiledDocuments({ context, log, server });
  const readiness = new Readiness(server, contents);
  const readinessPanel = new ReadinessPanel({ context, log, pages, questions, server, contents, readiness });
  const reports = new ReportDocuments();
  // It is given all of this, which is not there before it.
  let tests: TestExplorer | undefined;
  const host: ExtensionHost = {
    context,
    log,
    server,
    contents,
    planChoice,
    runs,
    showRun: (folder, runId) => panels.show({ folder: folder.uri.fsPath, runId }),
    searchOutput: () => panels.search(),
    pages,
    questions,
    lineage,
    graphs,
    compiled,
    readiness,
    readinessPanel,
    reports,
    get tests() {
      return (tests ??= new TestExplorer(host));
    },
  };
  context.subscriptions.push(readiness, readinessPanel, reports, host.tests);
  context.subscriptions.push(log, server, contents, planChoice, runs, panels, lineage, graphs, compiled);
  return host;
}
