import { anyScope, type Fact } from './facts.ts';
import { slotSpan } from './slot.ts';
import type { SourceFile } from './source-file.ts';
import type { CommandLine, Parsed, SelectionText, System } from './system.ts';

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

function namedIn(
  { program, words, within }: CommandLine,
  source: SourceFile,
  systems: readonly System[],
): readonly Fact[] {
  const system = systems.find(({ tool }) => tool?.executable === program);
  const names = system?.selection?.inCommand?.(words.map(({ text }) => text)) ?? [];
  return names.flatMap(({ word, at, name, ...rest }): readonly Fact[] => {
    const { text, span } = words[word]!;
    if (source.slice(span) !== text) return [];
    const start = span.start + at;
    const end = start + name.length - (rest.prefix?.length ?? 0);
    const held = within ? { within } : { role: 'deferred' };
    return [{ fact: 'use', scope: anyScope, name, span: { start, end }, ...rest, ...held }];
  });
}
