import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import {
  allErrors,
  errorsOf,
  open,
  platformUri,
  readFile,
  retype,
  startPenstock,
  until,
  writeFile,
} from './workspace.ts';

interface Mistake {
  readonly what: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** The text that the finding must cover, to the character. */
  readonly covers: string;
}

const mistakes: readonly Mistake[] = [
  {
    what: 'a job task that names no plugin',
    path: 'meltano.yml',
    from: '- tap-shop target-warehouse',
    to: '- tap-shpo target-warehouse',
    covers: 'tap-shpo',
  },
  {
    what: 'a ref to no model',
    path: 'dbt/models/marts/dim_products.sql',
    from: "ref('stg_products')",
    to: "ref('stg_product')",
    covers: 'stg_product',
  },
  {
    what: 'a profile that does not exist',
    path: 'dbt/dbt_project.yml',
    from: 'profile: shop',
    to: 'profile: shops',
    covers: 'shops',
  },
  {
    what: 'a target that has no output',
    path: 'dbt/profiles.yml',
    from: 'target: dev',
    to: 'target: develop',
    covers: 'develop',
  },
  {
    what: 'a key that environments do not have',
    path: 'meltano.yml',
    from: '  - name: prod\n    config',
    to: '  - name: prod\n    confg',
    covers: 'confg',
  },
];

suite('findings', () => {
  suiteSetup(startPenstock);

  for (const { what, path, from, to, covers } of mistakes) {
    test(`${what} shows on its span and clears when it is mended`, async () => {
      await retype(path, from, to);
      const document = await open(path);
      const found = await until('the finding', () =>
        errorsOf(path).find(({ range }) => document.getText(range) === covers),
      );
      assert.match(found.message, new RegExp(covers));
      await retype(path, to, from);
      await until('the finding to clear', () => errorsOf(path).length === 0);
    });
  }

  test('YAML that does not parse is an error, and mending it clears it', async () => {
    const path = 'dbt/models/marts/_marts.yml';
    await retype(path, '  - name: dim_products\n', '  - name: [dim_products\n');
    await until('the finding', () => errorsOf(path).length > 0);
    await retype(path, '  - name: [dim_products\n', '  - name: dim_products\n');
    await until('the finding to clear', () => errorsOf(path).length === 0);
  });

  test('a file that is not open is checked when it changes on disk', async () => {
    const path = 'dbt/models/staging/stg_orders.sql';
    assert.ok(!vscode.workspace.textDocuments.some(({ uri }) => uri.path === platformUri(path).path));
    const text = await readFile(path);
    await writeFile(path, text.replace("'orders'", "'odrers'"));
    await until('the finding', () => errorsOf(path).length === 1);
    await writeFile(path, text);
    await until('the finding to clear', () => errorsOf(path).length === 0);
  });

  test('a model that goes takes the names with it that others use, and brings them back', async () => {
    const path = 'dbt/models/staging/stg_products.sql';
    const text = await readFile(path);
    // One of its users is open in an editor, the other is not.
    await vscode.window.showTextDocument(await open('dbt/models/marts/dim_products.sql'));
    await vscode.workspace.fs.delete(platformUri(path));
    try {
      for (const user of ['dbt/models/marts/dim_products.sql', 'dbt/snapshots/product_prices.yml']) {
        await until(`${user} to have an error`, () => errorsOf(user).length > 0);
      }
    } finally {
      await writeFile(path, text);
    }
    await until('the workspace to be clean', () => allErrors().length === 0);
  });

  suiteTeardown(async () => {
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await document.save();
    assert.deepEqual(allErrors(), []);
  });
});
