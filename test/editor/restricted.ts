import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { errorsOf, open, platformUri, retype, startPenstock, until } from './workspace.ts';

suite('restricted mode', () => {
  suiteSetup(startPenstock);

  test('the workspace is not trusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  test('findings work', async () => {
    const path = 'dbt/models/marts/dim_products.sql';
    await retype(path, "ref('stg_products')", "ref('stg_product')");
    await until('the finding', () => errorsOf(path).length > 0);
    await retype(path, "ref('stg_product')", "ref('stg_products')");
    await until('the finding to clear', () => errorsOf(path).length === 0);
  });

  test('no lens offers a look at what would connect or start a program', async () => {
    await open('penstock.yaml');
    const lenses = await until('the lenses of checks', async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        platformUri('penstock.yaml'),
      );
      const own = all.filter(({ command }) => command?.command === 'penstock.checkNow');
      return own.length > 0 && own;
    });
    const titles = lenses.map(({ command }) => command!.title);
    const offered = titles.filter((title) => title.endsWith('check now'));
    assert.ok(offered.length > 0, titles.join());
    assert.ok(offered.length < titles.length, titles.join());
    assert.deepEqual(
      offered.filter((title) => title.includes('nobody vouches')),
      [],
    );
  });

  test('nothing runs, also when the command is called by name', async () => {
    void vscode.commands.executeCommand('penstock.runStep', 'dbt:seed');
    void vscode.commands.executeCommand('testing.runAll');
    // A run makes its folder at once; nothing else tells that none will come.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await assert.rejects(async () => vscode.workspace.fs.stat(platformUri('.penstock/runs')));
  });
});
