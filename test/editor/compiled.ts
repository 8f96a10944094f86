import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { open, platformUri, readFile, retype, startPenstock, until } from './workspace.ts';

const mart = 'dbt/models/marts/fct_orders.sql';

suite('compiled SQL', () => {
  suiteSetup(startPenstock);

  test('dbt’s SQL stands beside the model, follows each save, and dbt’s words stand there when it fails', async () => {
    const before = await readFile(mart);
    await vscode.window.showTextDocument(await open(mart));
    await vscode.commands.executeCommand('penstock.showCompiled');
    const document = await until('the compiled SQL', () => shown('from "shop"."main_staging"."stg_orders"'));
    assert.equal(document.languageId, 'sql');
    assert.equal(document.uri.path.split('/').at(-1), 'fct_orders (compiled)');
    assert.doesNotMatch(document.getText(), /\{\{|^-- /m);
    try {
      await retype(mart, 'order_values.order_value_eur,', 'order_values.order_value_eur as worth,');
      await (await open(mart)).save();
      await until('the SQL of the saved model', () => shown('order_value_eur as worth'));
      await retype(mart, "ref('stg_orders')", "ref('stg_ordrs')");
      await (await open(mart)).save();
      const failed = await until('what dbt says', () => shown('fct_orders could not be compiled'));
      assert.match(failed.getText(), /^-- .*depends on a node named 'stg_ordrs'/m);
      assert.match(failed.getText(), /^-- Below: what it was compiled to/m);
    } finally {
      await vscode.workspace.fs.writeFile(platformUri(mart), new TextEncoder().encode(before));
    }
  });

  test('a seed says that there is nothing to compile', async () => {
    await vscode.commands.executeCommand('penstock.showCompiled', platformUri('dbt/seeds/countries.csv'));
    await until('the reason', () => shown('countries is a seed'));
  });

  test('looking at compiled SQL leaves nothing in the history', async () => {
    for (const [name] of await runFolders()) {
      const log = await readFile(`.penstock/runs/${name}/events.jsonl`);
      assert.doesNotMatch(log, /dbt:compile/);
    }
  });
});

/** A document of compiled SQL that can be seen and reads so. */
function shown(text: string): vscode.TextDocument | undefined {
  return vscode.window.visibleTextEditors
    .map(({ document }) => document)
    .find((document) => document.uri.scheme === 'penstock-compiled' && document.getText().includes(text));
}

async function runFolders(): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(platformUri('.penstock/runs'));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}
