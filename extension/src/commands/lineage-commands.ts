import * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';
import { activePlace } from '../panels/lineage-panel.ts';
import type { LineagePlace } from '../panels/lineage-session.ts';
import { stepOfRow } from './run-commands.ts';

/** Shows the lineage of a file, of a row's model, or of what the cursor is in. */
export async function showLineage(host: ExtensionHost, argument: unknown): Promise<void> {
  const place = placeOf(argument) ?? activePlace();
  if (place) await host.lineage.show(place);
  else
    void vscode.window.showInformationMessage(
      'Penstock: open a model, a seed or a source to see its lineage.',
    );
}

/** A menu over an open file gives its URI; the cursor in it says more. */
function placeOf(argument: unknown): LineagePlace | undefined {
  if (argument instanceof vscode.Uri) {
    const active = activePlace();
    return active?.uri === argument.toString() ? active : { uri: argument.toString() };
  }
  const step = stepOfRow(argument);
  return step?.uri === undefined
    ? undefined
    : { uri: step.uri, ...(step.range ? { position: step.range.start } : {}) };
}
