import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { errorsOf, open, platformUri, positionOf, retype, startPenstock, until } from './workspace.ts';

const mart = 'dbt/models/marts/fct_orders.sql';

suite('names', () => {
  suiteSetup(startPenstock);

  test('a ref leads to its model', async () => {
    assert.deepEqual(await definitions(mart, await positionOf(mart, "ref('stg_orders')", 6)), [
      'dbt/models/staging/stg_orders.sql',
    ]);
  });

  test('a source leads to where its table is declared', async () => {
    const path = 'dbt/models/staging/stg_orders.sql';
    assert.deepEqual(await definitions(path, await positionOf(path, "'orders'", 2)), [
      'dbt/models/staging/_sources.yml',
    ]);
  });

  test('a job task leads to its plugin', async () => {
    const at = await positionOf('meltano.yml', '- tap-shop target-warehouse', 4);
    assert.deepEqual(await definitions('meltano.yml', at), ['meltano.yml']);
  });

  test('a model knows everyone who uses it, in SQL and in YAML', async () => {
    const locations = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      platformUri(mart),
      await positionOf(mart, "ref('stg_orders')", 6),
    );
    const files = new Set(locations.map(({ uri }) => vscode.workspace.asRelativePath(uri)));
    for (const file of [mart, 'dbt/models/staging/_staging.yml'])
      assert.ok(files.has(file), [...files].join(', '));
  });

  test('a hover says what a model is, where it lies and who uses it', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      platformUri(mart),
      await positionOf(mart, "ref('stg_orders')", 6),
    );
    const parts = hovers.flatMap(({ contents }) => contents);
    const text = parts
      .map((part) => (typeof part === 'string' ? part : part.value).replaceAll('\\', ''))
      .join('\n');
    assert.match(text, /stg_orders.*model/);
    assert.match(text, /dbt\/models\/staging\/stg_orders\.sql.*used by 3 files/);
  });

  test('inside a ref the models are offered', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      platformUri(mart),
      await positionOf(mart, "ref('stg_orders')", 5),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const name of ['stg_orders', 'dim_customers', 'countries'])
      assert.ok(labels.includes(name), labels.join(', '));
  });

  test('a slip of the finger is mended by its quick fix', async () => {
    await retype(mart, "ref('stg_orders')", "ref('stg_odrers')");
    const finding = await until('the finding', () => errorsOf(mart)[0]);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      platformUri(mart),
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title, edit }) => edit !== undefined && title.includes('stg_orders'));
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match((await open(mart)).getText(), /ref\('stg_orders'\)/);
    await until('the finding to clear', () => errorsOf(mart).length === 0);
    await (await open(mart)).save();
  });
});

/** The files that a name leads to, relative to the workspace. */
async function definitions(path: string, at: vscode.Position): Promise<string[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    platformUri(path),
    at,
  );
  return found.map((each) =>
    vscode.workspace.asRelativePath('targetUri' in each ? each.targetUri : each.uri),
  );
}
