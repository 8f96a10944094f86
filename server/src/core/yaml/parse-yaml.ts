import { YAMLException } from 'js-yaml';
import type { Problem } from '../system.ts';
import type { Node } from '../tree.ts';
import { readDocument, TooDeep } from './document-to-tree.ts';
import { readEvents, treeOf } from './events-to-tree.ts';
import { readLayout, type Layout } from './layout.ts';
import { padShallowLines, unpadProblems, unpadTree, type Padded } from './padding.ts';
import { explainSyntax, type SyntaxFault } from './syntax-problem.ts';
import { refusedTabs } from './refused-tabs.ts';
import type { SoundText } from './reread.ts';
import { lineEnd, stripText } from './text-scan.ts';
import { AliasBomb, type TreeBuilder } from './tree-builder.ts';
import type { YamlEvents } from './yaml-events.ts';
import { maxDepth, type YamlOptions } from './yaml-options.ts';

export type { YamlOptions } from './yaml-options.ts';

export interface YamlResult {
  /** Undefined where the text holds nothing, or nothing that could be read. */
  readonly tree?: Node;
  readonly problems: readonly Problem[];
  /** Whether one node may stand at several places of the tree; absent where that is not known. */
  readonly hasAliases?: boolean;
}

/**
 * Reads the first document of `text` as the tool that owns the file would read it. Never throws:
 * broken text gives problems, and as much of the tree as can be told.
 */
export function parseYaml(text: string, options: YamlOptions): YamlResult {
  return readText(options.strip === true ? stripText(text) : text, options).result;
}

/** What there is to say of a text, and what the reading of its next version can go on from. */
export interface TextReading {
  readonly result: YamlResult;
  readonly sound?: SoundText;
}

/** As `parseYaml`, of a text that is stripped where that is asked for; with `events` where it is known what these are. */
export function readText(text: string, options: YamlOptions, events?: YamlEvents): TextReading {
  try {
    return readSoundText(text, options, events);
  } catch (error) {
    return { result: readBrokenText(text, options, error) };
  }
}

function readSoundText(text: string, options: YamlOptions, events?: YamlEvents): TextReading {
  const { builder, secondDocument, hasDirectives } = events
    ? treeOf(events, text, options)
    : readEvents(text, options);
  const problems: Problem[] = builder.problems;
  if (secondDocument >= 0) problems.push(severalDocuments(text, secondDocument));
  const hasTabs = text.includes('\t');
  const tab = hasTabs ? refusedTabs(readLayout(text), options.version) : undefined;
  if (tab) problems.unshift(tab);
  const { root: tree, anchors, ownAnchors, unfolded } = builder;
  const isPlain = secondDocument < 0 && !hasTabs && !hasDirectives && ownAnchors === anchors.size;
  if (tree === undefined || !isPlain) return { result: result(builder, problems) };
  const hasAliases = anchors.size > 0;
  return { result: { tree, problems, hasAliases }, sound: { text, tree, problems, anchors, unfolded } };
}

function readBrokenText(text: string, options: YamlOptions, error: unknown): YamlResult {
  if (error instanceof AliasBomb) return { problems: [aliasBomb(error)] };
  const fault = faultOf(error);
  if (fault === undefined) return { problems: [tooDeep(text, 0)] };
  if (fault.reason.startsWith('nesting exceeded')) return { problems: [tooDeep(text, fault.position)] };
  const layout = readLayout(text);
  const padded = padShallowLines(text, layout);
  if (padded === undefined) return forgive(text, options, fault, layout);
  try {
    return unpad(readSoundText(padded.text, options).result, padded);
  } catch (second) {
    if (second instanceof AliasBomb) return { problems: unpadProblems([aliasBomb(second)], padded) };
    const again = faultOf(second);
    const moved = again === undefined ? fault : { ...again, position: padded.original(again.position) };
    return forgive(text, options, moved, layout);
  }
}

function unpad({ tree, problems }: YamlResult, padded: Padded): YamlResult {
  const moved = unpadProblems(problems, padded);
  if (tree === undefined) return { problems: moved };
  unpadTree(tree, padded);
  return { tree, problems: moved };
}

/** The first fault in words, and what the forgiving parser can make of the rest. */
function forgive(text: string, options: YamlOptions, fault: SyntaxFault, layout: Layout): YamlResult {
  const { span, message, repaired } = explainSyntax(text, fault, layout, options.version);
  const problem: Problem = { code: 'yaml/syntax', span, message };
  try {
    const quick = repaired === undefined ? undefined : readRepaired(repaired, options);
    const builder = quick ?? readDocument(repaired ?? text, options);
    // What is found behind the fault is most likely its consequence.
    const before = builder.problems.filter(
      ({ span }) => span.end <= Math.min(problem.span.start, fault.position),
    );
    return result(builder, [...before, problem]);
  } catch (error) {
    if (error instanceof AliasBomb) return { problems: [problem, aliasBomb(error)] };
    if (error instanceof RangeError || error instanceof TooDeep) return { problems: [problem] };
    throw error;
  }
}

/** With the one character changed the rest is mostly sound, and is then read as quickly as sound text. */
function readRepaired(text: string, options: YamlOptions): TreeBuilder | undefined {
  try {
    return readEvents(text, options).builder;
  } catch (error) {
    if (error instanceof YAMLException || error instanceof RangeError) return undefined;
    throw error;
  }
}

function result(builder: TreeBuilder, problems: readonly Problem[]): YamlResult {
  return builder.root === undefined ? { problems } : { tree: builder.root, problems };
}

/** js-yaml's reason and place; undefined for a stack that ran out. */
function faultOf(error: unknown): SyntaxFault | undefined {
  if (error instanceof YAMLException) return { reason: error.reason, position: error.mark?.position ?? 0 };
  if (error instanceof RangeError) return undefined;
  throw error;
}

function aliasBomb({ at, end }: AliasBomb): Problem {
  const message =
    'aliases inside aliases unfold to more than a million values here, so the file is not read; write the values out';
  return { code: 'yaml/alias-bomb', span: { start: at, end }, message };
}

function tooDeep(text: string, position: number): Problem {
  const start = Math.max(0, Math.min(position, text.length - 1));
  const message = `more than ${maxDepth} collections lie inside each other here, so the file is not read; flatten it`;
  return { code: 'yaml/too-deep', span: { start, end: Math.min(start + 1, text.length) }, message };
}

function severalDocuments(text: string, from: number): Problem {
  const mark = /^(?:---|\.\.\.)(?=\s|$)/gm;
  mark.lastIndex = from;
  const found = mark.exec(text);
  const start = found?.index ?? from;
  const end = found === null ? lineEnd(text, start) : start + 3;
  const message =
    'a second document begins here, but only one is read; remove the line, or put the rest in a file of its own';
  return { code: 'yaml/several-documents', span: { start, end }, message };
}
