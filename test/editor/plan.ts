import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { open, platformUri, positionOf, readFile, startPenstock, until, writeFile } from './workspace.ts';

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
    const row = (status: string): string => `| ${task} | **P1** | Low | ${status} | Storage bucket |`;
    const after = before.replace(row('📋 Planned'), row('✅ Done'));
    assert.notEqual(after, before);
    await until('the file to be saved', async () => (await readFile(plan)) === after);
  });

  test('tasks under several cursors are marked together, and undo takes it back', async () => {
    const editor = await vscode.window.showTextDocument(await open(plan));
    const before = editor.document.getText();
    const titles = ['Best products by season', 'Separate production warehouse'];
    const places = await Promise.all(titles.map((title) => positionOf(plan, title)));
    editor.selections = places.map((at) => new vscode.Selection(at, at));
    await vscode.commands.executeCommand('penstock.markItem', undefined, 'blocked');
    const marked = editor.document.getText();
    for (const title of titles) assert.match(marked, new RegExp(`${title} .* 🚫 Blocked `, 'u'));
    assert.equal(await readFile(plan), marked);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
    await editor.document.save();
  });

  test('a task moves down and up again within its table', async () => {
    const editor = await vscode.window.showTextDocument(await open(plan));
    const before = editor.document.getText();
    const row = (text: string, title: string): number =>
      text.split('\n').findIndex((line) => line.startsWith(`| ${title} `));
    const [upper, lower] = ['Sales overview in Metabase', 'Best products by season'] as const;
    const at = await positionOf(plan, upper);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('penstock.moveTaskDown');
    const moved = editor.document.getText();
    assert.equal(row(moved, lower), row(before, upper));
    assert.equal(row(moved, upper), row(before, lower));
    const there = await positionOf(plan, upper);
    editor.selection = new vscode.Selection(there, there);
    await until('the moved task to be known', async () => {
      await vscode.commands.executeCommand('penstock.moveTaskUp');
      return editor.document.getText() === before;
    });
    await until('the file to be saved', async () => (await readFile(plan)) === before);
  });

  test('what is typed while a task is marked is kept, and the task is the one that was meant', async () => {
    const document = await open(plan);
    const editor = await vscode.window.showTextDocument(document);
    const before = document.getText();
    // How long the plan is asked for depends on the machine: lines come in before, meanwhile and after it is known.
    for (const wait of [0, 2, 5, 10, 20, 40]) {
      await type(document, '\nTyped before.\n');
      const at = await positionOf(plan, task);
      editor.selection = new vscode.Selection(at, at);
      const marking = vscode.commands.executeCommand('penstock.markItem', undefined, 'in-progress');
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      await Promise.all([marking, type(document, '\nTyped meanwhile.\n')]);
      const marked = before.replace(
        new RegExp(`(\\| ${task} \\|.*\\| )[^|]*( \\| Storage bucket \\|)`),
        '$1🚧 In Progress$2',
      );
      const typed = document.getText().replace('\nTyped meanwhile.\n', '').replace('\nTyped before.\n', '');
      assert.equal(typed, marked);
      // What was typed before is not saved, so that the file is as before, too.
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await until('the document to be as before', () => document.getText() === before);
    }
  });

  test('what somebody writes to the file while it is open is kept', async () => {
    const document = await open(plan);
    const editor = await vscode.window.showTextDocument(document);
    const before = document.getText();
    const at = await positionOf(plan, task);
    editor.selection = new vscode.Selection(at, at);
    await writeFile(plan, before.replace('Until the winter sale', 'Until the spring sale'));
    await vscode.commands.executeCommand('penstock.markItem', undefined, 'blocked');
    const after = await readFile(plan);
    assert.match(after, /Until the spring sale/);
    assert.match(after, new RegExp(`${task} .* 🚫 Blocked `, 'u'));
    await writeFile(plan, before);
    await until('the document to be as before', () => document.getText() === before);
  });

  test('right after lines came in, tasks and what stands above them are looked for where they are now', async () => {
    const document = await open(plan);
    const editor = await vscode.window.showTextDocument(document);
    const before = document.getText();
    await type(document, '\nOne.\n\nTwo.\n');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const marks = lenses.filter(({ command }) => command?.command === 'penstock.markItem');
    assert.ok(marks.length > 0);
    for (const { range } of marks) assert.match(document.lineAt(range.start.line).text, /^\| Task /);
    await type(document, '\nThree.\n');
    const start = new vscode.Position(0, 0);
    editor.selection = new vscode.Selection(start, start);
    await vscode.commands.executeCommand('penstock.nextOpenTask');
    const line = document.lineAt(editor.selection.active.line).text;
    assert.match(line, /^\| .* (🚧 In Progress|📋 Planned|🚫 Blocked) \|/u);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the document to be as before', () => document.getText() === before);
  });

  test('a table of tasks says how they stand, and what can be done', async () => {
    const { document } = await vscode.window.showTextDocument(await open(plan));
    const lenses = await until('the lenses', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return found.some(({ command }) => command?.command === 'penstock.addTask') && found;
    });
    const marks = lenses.filter(({ command }) => command?.command === 'penstock.markItem');
    for (const { range } of marks) assert.match(document.lineAt(range.start.line).text, /^\| Task /);
    assert.ok(lenses.some(({ command }) => /^\$\(checklist\)\s\d+ of \d+ done/.test(command?.title ?? '')));
  });
});

/** Puts lines below the first one. VS Code refuses an edit that crosses another one, where a key would come after it. */
async function type(document: vscode.TextDocument, text: string): Promise<void> {
  await until('what is typed to come in', async () => {
    const typing = new vscode.WorkspaceEdit();
    typing.insert(document.uri, new vscode.Position(1, 0), text);
    return await vscode.workspace.applyEdit(typing);
  });
}
