import type { Problem } from '../system.ts';
import type { Node, Pair } from '../tree.ts';

/** Below this many pairs comparing each with each is quicker than a set. */
const fewPairs = 8;

/** The pairs of a closed mapping: doubles reported, merge keys replaced by what they bring in. */
export function finishPairs(
  pairs: Pair[],
  hasMerge: boolean,
  duplicates: 'last' | 'refuse',
  problems: Problem[],
): readonly Pair[] {
  if (pairs.length > 1) reportDuplicates(pairs, duplicates, problems);
  return hasMerge ? merged(pairs, problems) : pairs;
}

function reportDuplicates(pairs: readonly Pair[], duplicates: 'last' | 'refuse', problems: Problem[]): void {
  if (pairs.length <= fewPairs) {
    for (let at = 1; at < pairs.length; at++) {
      const value = pairs[at]!.key.value;
      for (let before = 0; before < at; before++) {
        if (pairs[before]!.key.value !== value) continue;
        reportDuplicate(pairs[at]!, duplicates, problems);
        break;
      }
    }
    return;
  }
  const seen = new Set<unknown>();
  for (const pair of pairs) {
    if (seen.has(pair.key.value)) reportDuplicate(pair, duplicates, problems);
    else seen.add(pair.key.value);
  }
}

function reportDuplicate({ key }: Pair, duplicates: 'last' | 'refuse', problems: Problem[]): void {
  if (isMerge(key)) return;
  const what = `the key \`${key.text}\` stands twice in this mapping`;
  problems.push(
    duplicates === 'refuse'
      ? {
          code: 'yaml/duplicate-key',
          span: { ...key.span },
          message: `${what}; remove or rename one of the two`,
        }
      : {
          code: 'yaml/duplicate-key',
          span: { ...key.span },
          severity: 'warning',
          message: `${what} and only the last one counts; remove or rename one of the two`,
        },
  );
}

function isMerge(key: Pair['key']): boolean {
  return key.style === 'plain' && key.text === '<<';
}

/** Own pairs first, then what merge keys bring in: a later `<<` wins over an earlier one, inside a list the first wins. */
function merged(pairs: readonly Pair[], problems: Problem[]): readonly Pair[] {
  const own = pairs.filter((pair) => !isMerge(pair.key));
  const known = new Set<unknown>(own.map((pair) => pair.key.value));
  const brought: Pair[] = [];
  const sources = pairs.filter((pair) => isMerge(pair.key)).toReversed();
  for (const { key, value } of sources) {
    for (const source of value.kind === 'seq' ? value.items : [value]) {
      if (source.kind === 'map') bring(source.pairs, known, brought);
      else problems.push(notAMapping(key, source));
    }
  }
  return [...own, ...brought];
}

function bring(pairs: readonly Pair[], known: Set<unknown>, brought: Pair[]): void {
  const fresh = new Set<unknown>();
  for (const pair of pairs) {
    if (known.has(pair.key.value)) continue;
    fresh.add(pair.key.value);
    brought.push(pair);
  }
  for (const key of fresh) known.add(key);
}

function notAMapping(key: Pair['key'], source: Node): Problem {
  const span = source.span.end > source.span.start ? source.span : key.span;
  return {
    code: 'yaml/merge',
    span: { ...span },
    message:
      'the merge key `<<` takes a mapping or a list of mappings; name an anchor of one, as in `<<: *defaults`',
  };
}
