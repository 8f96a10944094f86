import type { CommandLine, CommandMeaning } from './command-line.ts';
import { anyScope, type Fact, type NameKey, type Use } from './facts.ts';
import { resolvePath } from './path.ts';
import { slotSpan } from './slot.ts';
import type { SourceFile } from './source-file.ts';
import type { Parsed, SelectionText, System } from './system.ts';

/** What a file says about names, with those that its selections hold in the words of other systems. */
export function factsWithSelections(
  { facts, selections = [], commandLines = [] }: Parsed,
  source: SourceFile,
  systems: readonly System[],
): readonly Fact[] {
  const named = [
    ...selections.flatMap((selection) => selectedIn(selection, source, systems)),
    ...commandLines.flatMap((line) => namedIn(line, source, systems)),
  ];
  return named.length === 0 ? facts : [...facts, ...named];
}

function selectedIn(
  { step, scope, node, isQuiet }: SelectionText,
  source: SourceFile,
  systems: readonly System[],
): readonly Fact[] {
  // Values may differ from what is written (escapes, folds); then nothing can be pointed at.
  const isVerbatim = source.slice(node.span) === node.text;
  const system = systems.find(({ id }) => step.startsWith(`${id}:`));
  if (!isVerbatim && node.text !== '') return [];
  return (system?.selection?.names(node.text, step) ?? []).map(({ at, name, ...rest }): Fact => {
    const start = node.span.start + at;
    const end = start + name.length - (rest.prefix?.length ?? 0);
    const span = node.text === '' ? slotSpan(source, node) : { start, end };
    // Of a step that is not there nobody knows what it runs.
    const within = { namespace: 'step', scope: '', name: step };
    return { fact: 'use', scope, name, span, within, ...rest, ...(isQuiet ? { role: 'deferred' } : {}) };
  });
}

function namedIn(line: CommandLine, source: SourceFile, systems: readonly System[]): readonly Fact[] {
  const { words, by } = line;
  const commands = systems.find(({ tool }) => tool?.executable === line.program)?.commands;
  if (!commands) return [];
  const meaning = commands.read(words.map(({ text }) => text));
  const folder = folderOf(line, meaning);
  const within = folder === undefined ? undefined : commands.projectAt(folder);
  const named = meaning.names.flatMap(({ word, at, name, isRun, ...rest }): readonly Fact[] => {
    const { text, span } = words[word]!;
    if (source.slice(span) !== text) return [];
    const start = span.start + at;
    const end = start + name.length - (rest.prefix?.length ?? 0);
    const held = within ? { within } : { role: 'deferred' };
    const place = { scope: anyScope, name, span: { start, end } };
    return [{ fact: 'use', ...place, ...rest, ...held, ...(by && isRun ? { by } : {}) }];
  });
  return within && named.length > 0 ? [...named, dependence(within)] : named;
}

/** The folder of the project; undefined where nobody knows it. */
function folderOf({ folder, cwd }: CommandLine, meaning: CommandMeaning): string | undefined {
  if (meaning.folder === undefined) return folder;
  return cwd === undefined || /[$~%{]/.test(meaning.folder) ? undefined : resolvePath(cwd, meaning.folder);
}

/** Whether there is such a project decides what is said of the names, so the file is looked at again with it. */
function dependence({ namespace, scope, name }: NameKey): Use {
  return { fact: 'use', namespaces: [namespace], scope, name, span: { start: 0, end: 0 }, role: 'deferred' };
}
