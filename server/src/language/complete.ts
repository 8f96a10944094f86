import { noArtifacts, type Artifacts } from '../core/artifact.ts';
import { keysOfUse, type Definition, type Located, type NameKey, type Use } from '../core/facts.ts';
import { folderOf } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { Suggestion } from '../core/system.ts';
import { bestOf } from './best-of.ts';
import { describeName, shortPath } from './describe-name.ts';
import { factAt } from './fact-at.ts';
import { byRank, matchName, type Ranked } from './match-name.ts';
import { completeStepOption } from './step-option.ts';

export interface Completions {
  /** The best first. */
  readonly items: readonly Completion[];
  /** True where more would fit, so that another letter calls for another look. */
  readonly isIncomplete: boolean;
}

export interface Completion extends Suggestion {
  /** The name it writes, whose documentation `documentCompletion` gives when somebody looks at it. */
  readonly of?: NameKey;
  /** True where it is a call, of which `insertText` is a snippet. */
  readonly isCall?: boolean;
}

/** Limit: nobody reads further, and every further one makes typing slower. */
const mostNames = 200;

/** What may stand at an offset: the names that facts know, then what the file's system knows besides. */
export function complete(
  platform: Platform,
  path: string,
  offset: number,
  artifacts: Artifacts = noArtifacts,
): Completions {
  const fact = factAt(platform.facts, path, offset);
  const file = platform.parsed(path);
  const around = platform.surroundings(artifacts);
  const known =
    (file &&
      (completeStepOption(platform, file, offset) ??
        platform.systemOf(path)?.complete?.(file, offset, platform.facts, around))) ??
    [];
  if (fact?.fact !== 'use') return { items: known, isIncomplete: false };
  const names = namesFor(platform, fact, { path, offset });
  const there = new Set(names.items.map(({ label }) => label));
  return { ...names, items: [...names.items, ...known.filter(({ label }) => !there.has(label))] };
}

/** What a completion's name stands for, as Markdown; undefined where it is not defined any more. */
export function documentCompletion(platform: Platform, of: NameKey): string | undefined {
  const [definition] = platform.facts.definitions(of);
  return definition && describeName(platform, definition);
}

interface Place {
  readonly path: string;
  readonly offset: number;
}

function namesFor(platform: Platform, use: Use, place: Place): Completions {
  const source = platform.source(place.path);
  const typed = source?.slice({ start: use.span.start, end: place.offset }) ?? '';
  const prefix = use.prefix ?? '';
  const found = new Map<string, Found>();
  const reached = keysOfUse(use).flatMap((key, kind) =>
    platform.facts.reached(key).map((each) => ({ ...each, kind })),
  );
  for (const { namespace, scope, kind } of reached) {
    for (const definition of platform.facts.all(namespace, scope)) {
      if (!definition.name.startsWith(prefix)) continue;
      for (const name of namesOf(platform, definition, typed)) {
        const label = name.slice(prefix.length);
        const rank = label === '' || found.has(label) ? undefined : matchName(label, typed);
        if (rank === undefined) continue;
        const far = distance(platform, definition, place.path);
        found.set(label, { item: definition, name: label, rank, far, kind });
      }
    }
  }
  const isCallable = !/^\s*\(/.test(source?.text.slice(use.span.end, use.span.end + 20) ?? '');
  const best = bestOf(
    found.values(),
    mostNames,
    (a, b) => a.rank - b.rank || a.far - b.far || a.kind - b.kind || byRank(a, b),
  );
  return {
    items: best.map(({ item, name }) =>
      suggestionOf(platform, item, { label: name, span: use.span, isCallable }),
    ),
    isIncomplete: found.size > mostNames,
  };
}

/** A step's other forms are offered to who is on the way to one of them: there are several of each. */
function namesOf(platform: Platform, { namespace, name }: Definition, typed: string): readonly string[] {
  return namespace === 'step' && typed.includes('/') ? [name, ...platform.stepList.otherNames(name)] : [name];
}

interface Found extends Ranked<Located<Definition>> {
  readonly far: number;
  /** The place of its namespace among those that the tool looks into. */
  readonly kind: number;
}

/** One's own names before those of packages, those of the same folder before others. */
function distance(platform: Platform, definition: Located<Definition>, path: string): number {
  if (platform.projectOf(definition.path)?.vendored) return 2;
  return folderOf(definition.path) === folderOf(path) ? 0 : 1;
}

function suggestionOf(
  platform: Platform,
  definition: Located<Definition>,
  { label, span, isCallable }: Pick<Completion, 'label' | 'span'> & { readonly isCallable: boolean },
): Completion {
  const { namespace, scope, name, what, data } = definition;
  const parameters = definition.prefix === undefined && isCallable ? data?.['parameters'] : undefined;
  return {
    label,
    kind: 'name',
    detail: `${what} · ${shortPath(platform, definition.path)}`,
    span,
    of: { namespace, scope, name },
    ...(parameters === undefined
      ? {}
      : { isCall: true, insertText: parameters === '' ? `${label}()` : `${label}($0)` }),
  };
}
