import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { allErrors, startPenstock } from './workspace.ts';

suite('activation', () => {
  suiteSetup(startPenstock);

  test('every command of the manifest is there', async () => {
    const manifest = vscode.extensions.getExtension('penstock.penstock')?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const wanted = manifest.contributes.commands.map(({ command }) => command);
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      wanted.filter((command) => !known.has(command)),
      [],
    );
  });

  test('the example has no error', () => {
    assert.deepEqual(allErrors(), []);
  });
});
