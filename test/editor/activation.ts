import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';

suite('activation', () => {
  test('the extension starts in a folder that holds a data platform', async () => {
    const extension = vscode.extensions.getExtension('penstock.penstock');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
