import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { readSettings } from './settings.ts';

/** Where tools are looked for first: what the settings name, then the environment that the Python extension has chosen. */
export function environmentsFor(folder: vscode.Uri): readonly string[] {
  const chosen = chosenEnvironment(folder);
  return [...readSettings().server.python.environments, ...(chosen === undefined ? [] : [chosen])];
}

/** What is used of the Python extension's API. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath?(resource: vscode.Uri): { readonly path?: unknown } | undefined;
  };
}

/**
 * The folder of the environment that the Python extension has chosen. Undefined where it is not at work, and where it
 * has chosen the system's Python: its folder holds the programs of everybody.
 */
function chosenEnvironment(folder: vscode.Uri): string | undefined {
  const python = vscode.extensions.getExtension<PythonApi>('ms-python.python');
  if (python?.isActive !== true) return undefined;
  try {
    const path = python.exports.environments?.getActiveEnvironmentPath?.(folder)?.path;
    if (typeof path !== 'string') return undefined;
    // The environment itself, or its interpreter in `bin`.
    return [path, dirname(dirname(path)), dirname(path)].find(isEnvironment);
  } catch {
    return undefined;
  }
}

function isEnvironment(folder: string): boolean {
  return ['pyvenv.cfg', 'conda-meta'].some((name) => existsSync(join(folder, name)));
}
