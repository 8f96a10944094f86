import type { CommandMeaning, CommandReader } from '../../core/command-line.ts';
import type { SelectedName } from '../../core/step-selection.ts';
import { anyKind } from './selected-files.ts';
import { selectedNames } from './selection.ts';
import { selectedNamespaces } from './selector-spec.ts';
import { nodeNamespaces } from './spec-names.ts';

/** What dbt is told to run by the words it is called with, and in which project. */
export const dbtCommands: CommandReader = {
  read,
  namespaces: [
    ...new Set([...selectedNamespaces, ...nodeNamespaces, ...anyKind, 'dbt.source-table', 'dbt.macro']),
  ],
  isPlacedBy: (variable) => variable.endsWith('PROJECT_DIR'),
  projectAt: (folder) => ({ namespace: 'transform.place', scope: '', name: folder }),
};

/** Options of dbt's commands that take selections, as many as follow. */
const selecting = /^(?:--select|-s|--models?|-m|--exclude)$/;

/** dbt's commands that run, list or show a part of a project. */
const narrowed = new Set(
  'build clone compile docs freshness list ls run seed show snapshot source test'.split(' '),
);

function read(words: readonly string[]): CommandMeaning {
  if (!words.some((word) => narrowed.has(word))) return { names: [] };
  let option = '';
  let folder: string | undefined;
  const names = words.flatMap((text, word) => {
    const [, key = '', value] = /^(-[^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    if (key !== '') option = key;
    if (key !== '' && value === undefined) return [];
    const from = value === undefined ? 0 : key.length + 1;
    if (option === '--project-dir') folder = value ?? text;
    const found = optionNames(option, value ?? text);
    if (!selecting.test(option)) option = '';
    return found.map((name) => ({ ...name, at: from + name.at, word }));
  });
  return { names, ...(folder === undefined ? {} : { folder }) };
}

function optionNames(option: string, text: string): readonly SelectedName[] {
  if (selecting.test(option)) return text === '' ? [] : selectedNames(text, anyCommand);
  if (option !== '--selector' || !/^[\w-]+$/.test(text)) return [];
  return [{ namespaces: ['dbt.selector'], name: text, role: 'plain', at: 0 }];
}

const anyCommand = 'dbt:build';
