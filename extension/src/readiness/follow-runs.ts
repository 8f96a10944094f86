import type * as vscode from 'vscode';
import { factsAndFiles } from '../../../server/src/protocol/readiness-requests.ts';
import type { ExtensionHost } from '../host.ts';

/** Looks again at what costs next to nothing when a run has ended: what it leaves behind is evidence. */
export function followRuns({ runs, readiness, log }: ExtensionHost): vscode.Disposable {
  return runs.onEnded(() => {
    const hasChecks = readiness.answer !== undefined && readiness.answer.checks.length > 0;
    if (hasChecks)
      readiness
        .check(factsAndFiles)
        .catch((error: unknown) => log.warn(`checks could not follow a run: ${String(error)}`));
  });
}
