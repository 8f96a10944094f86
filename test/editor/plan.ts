import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { open, platformUri, positionOf, readFile, startPenstock, until } from './workspace.ts';

const plan = 'planning/outstanding-tasks.md';
const task = 'Back up the warehouse file';

suite('plan', () => {
  suiteSetup(startPenstock);

  test('the next open task is the first P0 that is not done', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('penstock.nextOpenTask');
    const editor = await until('the document to open', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.uri.path, platformUri(plan).path);
    const line = editor.document.lineAt(editor.selection.active.line).text;
    assert.match(line, /\*\*P0\*\*.*(🚧 In Progress|📋 Planned)/u);
  });

  test('marking the task under the cursor writes its cell and nothing else, and saves', async () => {
    const before = await readFile(plan);
    const editor = await vscode.window.showTextDocument(await open(plan));
    const at = await positionOf(plan, task);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('penstock.markItem', undefined, 'done');
    const after = await until('the file to be saved', async () => {
      const text = await readFile(plan);
      return text !== before && text;
    });
    const lines = before.split('\n');
    const changed = after
      .split('\n')
      .flatMap((line, index) => (line === lines[index] ? [] : [[lines[index], line]]));
    assert.deepEqual(changed, [
      [
        `| ${task} | **P1** | Low | 📋 Planned | Storage bucket |`,
        `| ${task} | **P1** | Low | ✅ Done | Storage bucket |`,
      ],
    ]);
  });
});
