import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { errorsOf, open, platformUri, positionOf, retype, startPenstock, until } from './workspace.ts';

const mart = 'dbt/models/marts/fct_orders.sql';

const slips = [
  { path: mart, from: "ref('stg_orders')", slip: "ref('stg_odrers')", name: 'stg_orders' },
  {
    path: 'meltano.yml',
    from: '- tap-shop target-warehouse',
    slip: '- tap-shop target-warehoue',
    name: 'target-warehouse',
  },
  { path: 'dbt/dbt_project.yml', from: 'profile: shop', slip: 'profile: shp', name: 'shop' },
];

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

  for (const { path, from, slip, name } of slips) {
    test(`a slip of the finger in ${path} is mended by its quick fix`, async () => {
      await retype(path, from, slip);
      const finding = await until('the finding', () => errorsOf(path)[0]);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        platformUri(path),
        finding.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title, edit }) => edit !== undefined && title.includes(name));
      assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      assert.ok((await open(path)).getText().includes(from));
      await until('the finding to clear', () => errorsOf(path).length === 0);
      await (await open(path)).save();
    });
  }
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
