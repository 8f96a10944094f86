import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { errorsOf, open, platformUri, readFile, startPenstock, until, writeFile } from './workspace.ts';

suite('readiness', () => {
  suiteSetup(startPenstock);
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('the dashboard has one panel, which is shown again', async () => {
    await vscode.commands.executeCommand('penstock.showReadiness');
    await until('the dashboard', () => dashboards().length === 1);
    await vscode.window.showTextDocument(await open('penstock.yaml'));
    await vscode.commands.executeCommand('penstock.showReadiness');
    await until('it to be shown again', () => dashboards()[0]?.isActive);
    assert.equal(dashboards().length, 1);
  });

  test('penstock.yaml is made of what is here and shown before it is written', async () => {
    const before = await readFile('penstock.yaml');
    const uri = platformUri('penstock.yaml');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
    try {
      // The server reads the workspace anew once it hears that the file is gone.
      const editor = await until('the preview of what is here', async () => {
        await vscode.commands.executeCommand('penstock.createManifest');
        const active = vscode.window.activeTextEditor;
        return active?.document.isUntitled === true && /^plan: /m.test(active.document.getText()) && active;
      });
      const { document } = editor;
      const text = document.getText();
      assert.match(text, /^plan: planning\/outstanding-tasks\.md$/m);
      assert.match(text, /^ {6}- meltano:job\/load\n {6}- dbt:build$/m);
      assert.match(text, /^ {4}ran: pipeline:daily$/m);
      await assert.rejects(async () => vscode.workspace.fs.stat(uri), 'nothing is written yet');
      assert.ok(await document.save());
      assert.equal(await readFile('penstock.yaml'), text);
      await open('penstock.yaml');
      await until('its pipeline', async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          uri,
        );
        return lenses.some(({ command }) => command?.command === 'penstock.showGraph');
      });
      assert.deepEqual(errorsOf('penstock.yaml'), []);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await writeFile('penstock.yaml', before);
    }
  });
});

function dashboards(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('penstock.readiness'),
  );
}
