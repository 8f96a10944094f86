import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import {
  allErrors,
  open,
  platformUri,
  positionOf,
  readFile,
  retype,
  startPenstock,
  until,
} from './workspace.ts';

const mart = 'dbt/models/marts/fct_orders.sql';
const staging = 'dbt/models/staging/stg_orders.sql';

suite('editing', () => {
  suiteSetup(startPenstock);

  test('a model is renamed with its file, its users and its step, and back again', async () => {
    const before = await readFile(mart);
    const pipelines = await readFile('penstock.yaml');
    await renameModel('stg_orders', 'stg_sales');
    await until(
      'the file to have moved',
      async () => (await exists('dbt/models/staging/stg_sales.sql')) && !(await exists(staging)),
    );
    assert.ok((await open(mart)).getText().includes("ref('stg_sales')"));
    assert.ok((await open('dbt/models/staging/_staging.yml')).getText().includes('name: stg_sales'));
    await until('no error', () => allErrors().length === 0);
    await vscode.workspace.saveAll(false);
    await renameModel('stg_sales', 'stg_orders');
    await until('the file to be back', () => exists(staging));
    await until('all to be saved as it was', async () => {
      await vscode.workspace.saveAll(false);
      return (await readFile(mart)) === before;
    });
    assert.equal(await readFile('penstock.yaml'), pipelines);
    await until('no error', () => allErrors().length === 0);
  });

  test('a name that is taken is refused, and the editor says why', async () => {
    await assert.rejects(
      async () => renameModel('stg_orders', 'fct_orders'),
      /there is a model `fct_orders` already/,
    );
  });

  test('all findings of one kind are mended at once', async () => {
    const path = 'dbt/dbt_project.yml';
    const before = await readFile(path);
    for (const schema of ['staging', 'marts', 'reference'])
      await retype(path, `+schema: ${schema}`, `schema: ${schema}`);
    const title = 'Fix all `dbt/refused-by-v2` in this file';
    const action = await until('the action', async () => {
      const place = await positionOf(path, 'schema: marts');
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        platformUri(path),
        new vscode.Range(place, place),
      );
      return found.find((each) => each.title === title);
    });
    assert.ok(action.edit, 'the action brings its edits along');
    await vscode.workspace.applyEdit(action.edit);
    const document = await open(path);
    assert.equal(document.getText(), before);
    await document.save();
  });

  test('above a model stands what can be done with it, and how many depend on it', async () => {
    await open(staging);
    const titles = await until('the lenses', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        platformUri(staging),
        20,
      );
      const found = lenses.map(({ command }) => command?.title ?? '');
      return found.some((title) => title.includes('dependent')) && found.length > 1 ? found : undefined;
    });
    for (const title of [
      '$(play)\u00A0Run',
      '$(play)\u00A0Test',
      '$(play)\u00A0Build',
      '$(play)\u00A0Build +',
    ])
      assert.ok(titles.includes(title), titles.join(', '));
    assert.ok(
      titles.some((title) => /^\d+ dependents?$/.test(title)),
      titles.join(', '),
    );
  });

  test('a model that is missing is made by its quick fix', async () => {
    const made = 'dbt/models/marts/brand_new.sql';
    await retype(mart, "ref('stg_orders')", "ref('brand_new')");
    const action = await until('the quick fix', async () => {
      const at = await positionOf(mart, 'brand_new', 2);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        platformUri(mart),
        new vscode.Range(at, at),
        vscode.CodeActionKind.QuickFix.value,
      );
      return actions.find(({ title }) => title === 'Create the model `brand_new`');
    });
    assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
    await until('the model to be there', () => exists(made));
    await vscode.workspace.saveAll(false);
    await until('no error', () => allErrors().length === 0);
    await retype(mart, "ref('brand_new')", "ref('stg_orders')");
    await vscode.workspace.saveAll(false);
    await vscode.workspace.fs.delete(platformUri(made));
  });
});

/** Renames a model from its `ref`. The command gives files first and texts last; an editor does it as the server says, the other way round. */
async function renameModel(from: string, to: string): Promise<void> {
  const given = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    platformUri(mart),
    await positionOf(mart, `ref('${from}')`, 6),
    to,
  );
  const edit = new vscode.WorkspaceEdit();
  for (const [uri, edits] of given.entries()) edit.set(uri, edits);
  const folder = 'dbt/models/staging';
  edit.renameFile(platformUri(`${folder}/${from}.sql`), platformUri(`${folder}/${to}.sql`));
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function exists(path: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(platformUri(path));
    return true;
  } catch {
    return false;
  }
}
