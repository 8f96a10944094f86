import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { testsOf } from '../testing/test-place.ts';
import { placedFindings } from './placed-findings.ts';
import {
  hasFailures,
  latestFindings,
  stepOutcomes,
  type RunFinding,
  type StepOutcome,
} from './run-findings.ts';
import type { RunEntry } from './run-stores.ts';

/** How far back failures are looked for; older ones say little of the files as they are now. */
const runsPerFolder = 20;

/** Puts what failed in the latest run of each step into the Problems panel, on file and line. */
export function reportRunFindings({ runs, log, server }: ExtensionHost): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('Penstock runs');
  let round = 0;
  const report = async (): Promise<void> => {
    const mine = ++round;
    const byUri = new Map<string, vscode.Diagnostic[]>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const ended = runs.entries.filter(
        ({ folder: own, summary }) => own.index === folder.index && summary.status !== 'running',
      );
      const outcomes: StepOutcome[] = [];
      for (const entry of ended.slice(0, runsPerFolder)) outcomes.push(...(await outcomesOf(entry)));
      for (const finding of await placed(latestFindings(outcomes))) {
        const uri = vscode.Uri.file(finding.path).toString();
        byUri.set(uri, [...(byUri.get(uri) ?? []), toDiagnostic(finding)]);
      }
    }
    if (mine !== round) return;
    collection.clear();
    for (const [uri, diagnostics] of byUri) collection.set(vscode.Uri.parse(uri), diagnostics);
  };
  /** Of a run that succeeded without a failure there is nothing to read: its first event names the steps. */
  const outcomesOf = async (entry: RunEntry): Promise<readonly StepOutcome[]> => {
    if (entry.summary.problem !== undefined) return [];
    try {
      if (hasFailures(entry.summary)) return stepOutcomes(await runs.snapshot(entry));
      return (await runs.stepsOf(entry)).map((step) => ({ step, findings: [] }));
    } catch (error) {
      log.warn(`run ${entry.summary.id}: ${String(error)}`);
      return [];
    }
  };
  const placed = async (findings: readonly RunFinding[]): Promise<readonly RunFinding[]> => {
    try {
      return await placedFindings(findings, testsOf(server));
    } catch (error) {
      log.warn(`lines of failed tests: ${String(error)}`);
      return findings;
    }
  };
  const start = (): void =>
    void report().catch((error: unknown) => log.error(`findings of runs: ${String(error)}`));
  start();
  return vscode.Disposable.from(collection, runs.onChanged(start));
}

function toDiagnostic({ line, message, step }: RunFinding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(line, 0, line, 1_000),
    message,
    vscode.DiagnosticSeverity.Error,
  );
  diagnostic.source = 'Penstock runs';
  diagnostic.code = step;
  return diagnostic;
}
