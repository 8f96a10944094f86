import type { Fact } from './facts.ts';
import { slotSpan } from './slot.ts';
import type { SourceFile } from './source-file.ts';
import type { Parsed, System } from './system.ts';

/** What a file says about names, with those that its selections hold in the words of other systems. */
export function factsWithSelections(
  { facts, selections = [] }: Parsed,
  source: SourceFile,
  systems: readonly System[],
): readonly Fact[] {
  const named = selections.flatMap(({ step, scope, node, isQuiet }) => {
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
  });
  return named.length === 0 ? facts : [...facts, ...named];
}
