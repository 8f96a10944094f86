import * as vscode from 'vscode';
import { setContext } from '../contents.ts';
import type { ExtensionHost } from '../host.ts';
import { withOwnGlobs, withoutOwnGlobs } from './decide-neighbours.ts';
import { currentNeighbours } from './neighbour-filter.ts';

const askedKey = 'penstock.yamlNeighbour.asked';
const setting = 'disableSchemaDetection';

/** Looks after the YAML extension's guess of a schema for Penstock's files: asks once, per user, and never acts without consent. */
export function meetNeighbours(host: ExtensionHost): vscode.Disposable {
  const look = (): void => {
    const isThere = currentNeighbours().guessesSchemas && knowsSetting();
    void setContext('penstock.yamlNeighbour', isThere);
    if (isThere && host.contents.systems.length > 0) void askOnce(host);
  };
  return vscode.Disposable.from(vscode.extensions.onDidChange(look), host.contents.onChanged(look));
}

/** Changes the choice made before: Penstock's files are left alone by the YAML extension, or not. */
export async function changeYamlNeighbour({ context, questions }: ExtensionHost): Promise<void> {
  if (!knowsSetting()) {
    void vscode.window.showInformationMessage(
      'Penstock: the YAML extension is not there, or is too old to be told (1.24 is needed).',
    );
    return;
  }
  const off = 'Let Only Penstock Check Its Files';
  const on = 'Let the YAML Extension Guess a Schema Too';
  const chosen = await questions.pickWord([off, on], {
    placeHolder: `Writes yaml.${setting} in your user settings`,
  });
  if (chosen === undefined) return;
  await context.globalState.update(askedKey, true);
  await write(chosen === off ? withOwnGlobs(userValue()) : withoutOwnGlobs(userValue()));
}

async function askOnce({ context, log }: ExtensionHost): Promise<void> {
  if (context.globalState.get(askedKey) === true) return;
  await context.globalState.update(askedKey, true);
  if (withOwnGlobs(userValue()) === undefined) return;
  const yes = 'Yes, Only Penstock';
  const message =
    'The YAML extension guesses a schema for files that Penstock checks against the version in use. ' +
    'Turn the guess off for these files, so that nothing is reported twice? Other YAML files stay as they are.';
  const chosen = await vscode.window.showInformationMessage(message, yes, 'No');
  if (chosen !== yes) return;
  await write(withOwnGlobs(userValue()));
  log.info(`yaml.${setting} in the user settings now names Penstock's files`);
}

/** The setting exists since version 1.24 of the YAML extension; writing it before would fail. */
function knowsSetting(): boolean {
  return vscode.workspace.getConfiguration('yaml').inspect(setting)?.defaultValue !== undefined;
}

function userValue(): unknown {
  return vscode.workspace.getConfiguration('yaml').inspect(setting)?.globalValue;
}

async function write(globs: readonly string[] | undefined): Promise<void> {
  if (globs === undefined) return;
  const value = globs.length === 0 ? undefined : globs;
  await vscode.workspace.getConfiguration('yaml').update(setting, value, vscode.ConfigurationTarget.Global);
}
