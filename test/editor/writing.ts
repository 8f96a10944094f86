import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { open, platformUri, positionOf, retype, startPenstock, until } from './workspace.ts';

const project = 'meltano.yml';

suite('writing', () => {
  suiteSetup(startPenstock);

  test('behind a schedule stands when it runs', async () => {
    const document = await open(project);
    const end = document.positionAt(document.getText().length);
    const hints = await until('the notes', async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        platformUri(project),
        new vscode.Range(new vscode.Position(0, 0), end),
      );
      return found.length > 0 ? found : undefined;
    });
    const labels = hints.map(({ label }) => (typeof label === 'string' ? label : label[0]!.value));
    assert.ok(
      labels.some((label) => /^at 03:00 every day · next \w{3} \d+ \w{3}, /.test(label)),
      labels.join(' | '),
    );
  });

  test('the settings of a plugin that are not set yet complete, also in an environment', async () => {
    const set = 'filepath: warehouse/shop_prod.duckdb';
    const added = `${set}\n              def`;
    await retype(project, set, added);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      platformUri(project),
      await positionOf(project, added, added.length),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('default_target_schema'), labels.join(', '));
    assert.ok(!labels.includes('filepath'), labels.join(', '));
    await retype(project, added, set);
    await (await open(project)).save();
  });
});
