import arrowSwap from '@vscode/codicons/src/icons/arrow-swap.svg';
import beaker from '@vscode/codicons/src/icons/beaker.svg';
import checklist from '@vscode/codicons/src/icons/checklist.svg';
import browser from '@vscode/codicons/src/icons/browser.svg';
import circleSlash from '@vscode/codicons/src/icons/circle-slash.svg';
import dashboard from '@vscode/codicons/src/icons/dashboard.svg';
import database from '@vscode/codicons/src/icons/database.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import fileText from '@vscode/codicons/src/icons/file-text.svg';
import file from '@vscode/codicons/src/icons/file.svg';
import gitMerge from '@vscode/codicons/src/icons/git-merge.svg';
import graph from '@vscode/codicons/src/icons/graph.svg';
import history from '@vscode/codicons/src/icons/history.svg';
import passFilled from '@vscode/codicons/src/icons/pass-filled.svg';
import pulse from '@vscode/codicons/src/icons/pulse.svg';
import references from '@vscode/codicons/src/icons/references.svg';
import search from '@vscode/codicons/src/icons/search.svg';
import serverEnvironment from '@vscode/codicons/src/icons/server-environment.svg';
import symbolMisc from '@vscode/codicons/src/icons/symbol-misc.svg';
import symbolStructure from '@vscode/codicons/src/icons/symbol-structure.svg';
import symbolVariable from '@vscode/codicons/src/icons/symbol-variable.svg';
import sync from '@vscode/codicons/src/icons/sync.svg';
import table from '@vscode/codicons/src/icons/table.svg';
import verified from '@vscode/codicons/src/icons/verified.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import type { RunStatus } from './node-run.ts';

const kinds: Readonly<Record<string, string>> = {
  model: table,
  seed: fileText,
  snapshot: history,
  'source table': database,
  exposure: dashboard,
  metric: pulse,
  'semantic model': symbolStructure,
  'saved query': search,
  'unit test': beaker,
};

/** By the names that systems give; whatever icon a system has stands here, too. */
const systems: Readonly<Record<string, string>> = {
  'arrow-swap': arrowSwap,
  browser,
  checklist,
  database,
  'git-merge': gitMerge,
  graph,
  references,
  'server-environment': serverEnvironment,
  'symbol-variable': symbolVariable,
  verified,
};

const states: Readonly<Record<RunStatus, string>> = {
  running: sync,
  succeeded: passFilled,
  failed: error,
  warned: warning,
  skipped: circleSlash,
};

/** The shape of what a node is, 16 by 16; a picture holds the shapes that its font would draw. */
export function kindShape(what: string): string {
  return shapeOf(kinds[what] ?? symbolMisc);
}

/** The shape of a system's icon, by the codicon's name. */
export function systemShape(icon: string): string {
  return shapeOf(systems[icon] ?? symbolMisc);
}

/** The shape of what several systems share. */
export function sharedShape(): string {
  return shapeOf(file);
}

/** The shape of how a node's last run went, 16 by 16. */
export function stateShape(status: RunStatus): string {
  return shapeOf(states[status]);
}

function shapeOf(picture: string): string {
  return [...picture.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path).join('');
}
