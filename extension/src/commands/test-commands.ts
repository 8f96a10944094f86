import type * as vscode from 'vscode';
import type { ExtensionHost } from '../host.ts';

/** Shows the rows for which a test failed; given the message of it in the Testing view. */
export async function showFailingRows(host: ExtensionHost, argument: unknown): Promise<void> {
  const item = testOf(argument);
  if (item) await host.tests.showFailingRows(item);
}

function testOf(argument: unknown): vscode.TestItem | undefined {
  if (typeof argument !== 'object' || argument === null || !('test' in argument)) return undefined;
  const { test } = argument;
  return typeof test === 'object' && test !== null && 'id' in test ? (test as vscode.TestItem) : undefined;
}
