import type { Caller, CommandCall, CommandLine, CommandMeaning, CommandReader } from './command-line.ts';
import { anyScope, type Fact, type Hole, type NameKey, type Use } from './facts.ts';
import { resolvePath } from './path.ts';
import { slotSpan } from './slot.ts';
import type { SourceFile } from './source-file.ts';
import type { SelectionText } from './step-selection.ts';
import type { Parsed, System } from './system.ts';

/** What a file says about names, with those that its selections hold in the words of other systems. */
export function factsWithSelections(
  { facts, selections = [], commandLines = [], callers = [] }: Parsed,
  source: SourceFile,
  systems: readonly System[],
): readonly Fact[] {
  const named = [
    ...selections.flatMap((selection) =>
      selection.told ? valueIn(selection, source, systems) : selectedIn(selection, source, systems),
    ),
    ...commandLines.flatMap((line) => namedIn(line, source, systems)),
    ...callers.flatMap((caller) => callerFacts(caller, systems)),
  ];
  return named.length === 0 ? facts : facts.concat(named);
}

function selectedIn(
  { step, scope, node, reading, isQuiet }: SelectionText,
  source: SourceFile,
  systems: readonly System[],
): readonly Fact[] {
  // Values may differ from what is written (escapes, folds); then nothing can be pointed at.
  const isVerbatim = source.slice(node.span) === node.text;
  const system = systems.find(({ id }) => step.startsWith(`${id}:`));
  if (!isVerbatim && node.text !== '') return [];
  // Of a step or a project that is not there nobody knows what it runs.
  const project = scope === anyScope ? undefined : system?.commands?.projectAt(scope);
  const within = project ?? { namespace: 'step', scope: '', name: step };
  const named = (system?.selection?.names(node.text, step) ?? []).map(({ at, name, ...rest }): Fact => {
    const start = node.span.start + at;
    const end = start + name.length - (rest.prefix?.length ?? 0);
    const span = node.text === '' ? slotSpan(source, node) : { start, end };
    const place = { scope, name, span, within, ...(reading ? { reading } : {}) };
    return { fact: 'use', ...place, ...rest, ...(isQuiet ? { role: 'deferred' } : {}) };
  });
  return project && named.length > 0 ? [...named, dependence(project)] : named;
}

/** A value that is a name as a whole. Who tells what options take tells of one that is not there. */
function valueIn(
  { step, told, scope, node, reading }: SelectionText,
  source: SourceFile,
  systems: readonly System[],
): readonly Fact[] {
  const { text, span } = node;
  const written = source.slice(span) === text ? nameIn(text) : undefined;
  if (!told || !written) return [];
  const namespaces =
    'option' in told
      ? (systems.find(({ id }) => step.startsWith(`${id}:`))?.options?.names?.(step, told.option) ?? [])
      : systems.flatMap(({ commands }) => commands?.namedBy?.(told.variable) ?? []);
  if (namespaces.length === 0) return [];
  const { name, at } = written;
  const start = span.start + at;
  const place = { name, scope, span: { start, end: start + name.length } };
  return [{ fact: 'use', namespaces, ...place, role: 'deferred', ...(reading ? { reading } : {}) }];
}

/** The whole text, or what it is where a variable is not set: `${TARGET:-dev}`. */
function nameIn(text: string): { readonly name: string; readonly at: number } | undefined {
  const otherwise = /^\$\{\w+:?-([^${}]+)\}$/u.exec(text)?.[1];
  if (otherwise !== undefined) return { name: otherwise, at: text.lastIndexOf(otherwise) };
  return text === '' || text.includes('$') ? undefined : { name: text, at: 0 };
}

function namedIn(line: CommandLine, source: SourceFile, systems: readonly System[]): readonly Fact[] {
  const { words, by } = line;
  const commands = readerOf(line.program, systems);
  if (!commands) return [];
  const meaning = commands.read(words.map(({ text }) => text));
  const folder = folderOf(line, meaning, commands);
  const within = folder === undefined ? undefined : commands.projectAt(folder);
  // A project's names are in the scope of its folder.
  const place = { scope: folder ?? anyScope, within, by };
  return [
    ...namesIn(meaning, words, source, place),
    ...(folder === undefined || !meaning.call
      ? []
      : calledIn(meaning.call, { line, folder, source, systems })),
  ];
}

interface NamePlace {
  readonly scope: string;
  /** Nothing is said of names that are not there while this one is not; absent where nobody knows what they are of. */
  readonly within: NameKey | undefined;
  readonly by: NameKey | undefined;
}

function namesIn(
  { names }: CommandMeaning,
  words: CommandLine['words'],
  source: SourceFile,
  { scope, within, by }: NamePlace,
): readonly Fact[] {
  const named = names.flatMap(({ word, at, name, isRun, ...rest }): readonly Fact[] => {
    const { text, span } = words[word] ?? {};
    if (span === undefined || source.slice(span) !== text) return [];
    const start = span.start + at;
    const end = start + name.length - (rest.prefix?.length ?? 0);
    const use = { fact: 'use', name, span: { start, end }, ...rest, ...(by && isRun ? { by } : {}) } as const;
    const ofAny = { ...use, scope: anyScope, role: 'deferred' };
    if (!within) return [{ ...ofAny, scope }];
    // Where no project lies there it may be a folder that only a container knows: the name is that of whichever has it.
    return [
      { ...use, scope, within, reading: { with: within, without: [] } },
      { ...ofAny, reading: { without: [within] } },
    ];
  });
  return within && named.length > 0 ? [...named, dependence(within)] : named;
}

interface Around {
  readonly line: CommandLine;
  /** The folder of the calling tool's project. */
  readonly folder: string;
  readonly source: SourceFile;
  readonly systems: readonly System[];
}

/** The names in what a tool hands on, in the scope of who calls: see `callerFacts`. */
function calledIn(call: CommandCall, { line, folder, source, systems }: Around): readonly Fact[] {
  const commands = readerOf(call.program, systems);
  if (!commands) return [];
  const words = line.words.slice(call.from);
  const meaning = commands.read([...call.before, ...words.map(({ text }) => text)]);
  // What they name is taken from the folder that the calling tool goes into.
  if (meaning.folder !== undefined) return [];
  const names = meaning.names.map((name) => ({ ...name, word: name.word - call.before.length }));
  const within = callerKey({ project: folder, name: call.name, program: call.program });
  const place = { scope: within.name, within: isPlaced(line, commands) ? undefined : within, by: line.by };
  return namesIn({ names }, words, source, place);
}

/**
 * What is called knows the names of the project that it works on. Which one that is, the file with the caller says:
 * to who names it elsewhere the caller is a scope, which has the project's names while there is such a project.
 */
function callerFacts(caller: Caller, systems: readonly System[]): readonly Fact[] {
  const commands = readerOf(caller.program, systems);
  if (!commands) return [];
  const key = callerKey(caller);
  const reason = `there is no project where \`${caller.name}\` works`;
  const until = commands.projectAt(caller.folder);
  return [
    {
      fact: 'definition',
      ...key,
      span: { start: 0, end: 0 },
      what: 'caller',
      exclusive: false,
      implicit: true,
    },
    ...commands.namespaces.flatMap((namespace): readonly Hole[] => [
      { fact: 'hole', namespace, scope: key.name, reason, beyond: caller.folder },
      { fact: 'hole', namespace, scope: key.name, reason, until, isBorrower: true },
    ]),
  ];
}

function callerKey({ project, name, program }: Omit<Caller, 'folder'>): NameKey {
  return { namespace: 'command.caller', scope: '', name: `${project}#${name}#${program}` };
}

function readerOf(program: string, systems: readonly System[]): CommandReader | undefined {
  return systems.find(({ tool }) => tool?.executable === program)?.commands;
}

function isPlaced({ variables = [] }: CommandLine, commands: CommandReader): boolean {
  return variables.some((name) => commands.isPlacedBy(name));
}

/** The folder of the project; undefined where nobody knows it. */
function folderOf(line: CommandLine, meaning: CommandMeaning, commands: CommandReader): string | undefined {
  if (meaning.folder === undefined) return isPlaced(line, commands) ? undefined : line.folder;
  return line.cwd === undefined || /[$~%{]/.test(meaning.folder)
    ? undefined
    : resolvePath(line.cwd, meaning.folder);
}

/** Whether there is such a project decides what is said of the names, so the file is looked at again with it. */
function dependence({ namespace, scope, name }: NameKey): Use {
  return { fact: 'use', namespaces: [namespace], scope, name, span: { start: 0, end: 0 }, role: 'deferred' };
}
