import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { open, platformUri, startPenstock, until } from './workspace.ts';

suite('graphs', () => {
  suiteSetup(startPenstock);
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('the platform has one panel, which is shown again', async () => {
    await vscode.commands.executeCommand('penstock.showPlatformGraph');
    // The panel takes its name from what the server answered to its page.
    await until('the graph', () => graphs().includes('Graph: Platform'));
    await vscode.window.showTextDocument(await open('penstock.yaml'));
    await vscode.commands.executeCommand('penstock.showPlatformGraph');
    assert.deepEqual(graphs(), ['Graph: Platform']);
  });

  test('a pipeline has a graph of its own, from the lens above it', async () => {
    const lenses = await until('the lens', async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        platformUri('penstock.yaml'),
        50,
      );
      const found = all.filter(({ command }) => command?.command === 'penstock.showGraph');
      return found.length > 0 ? found : undefined;
    });
    const document = await open('penstock.yaml');
    const lines = lenses.map(({ range }) => document.lineAt(range.start.line).text.trim());
    assert.deepEqual(lines, ['daily:', 'rebuild:']);
    const { command } = lenses[0]!;
    assert.ok(command);
    assert.match(command.title, /^\$\(type-hierarchy-sub\)\s+Show Graph$/);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    await until('the graph', () => graphs().includes('Graph: Load the shop, build its marts and check them'));
    assert.ok(graphs().includes('Graph: Platform'));
  });
});

function graphs(): string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('penstock.graph'),
    )
    .map(({ label }) => label);
}
