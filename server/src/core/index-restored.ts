import type { CancellationToken, Pause } from './cancellation.ts';
import type { FactIndex } from './fact-index.ts';
import type { Fact, Located } from './facts.ts';
import { isSameGround, type Ground, type Kept } from './kept.ts';
import type { NameChecks } from './name-checks.ts';

/** What was found of a platform's files when it was loaded beside what an earlier start left. */
export interface Restored {
  readonly paths: ReadonlySet<string>;
  readonly kept: Kept;
  /** The facts of the files that were read anew. */
  readonly fresh: ReadonlyMap<string, readonly Fact[]>;
  /** The files whose findings hold. */
  readonly same: readonly string[];
  /** What the files rest on now. */
  readonly grounds: ReadonlyMap<string, Ground>;
  /** How many files were read anew. */
  readonly news: number;
}

/**
 * Files the facts of a load that found some of its files read already, and takes over what was found of their names.
 * Returns how many files are another thing now than they were, those that are gone among them.
 */
export async function indexRestored(
  { paths, kept, fresh, same, grounds, news }: Restored,
  { index, names }: { readonly index: FactIndex; readonly names: NameChecks },
  pause: Pause,
  token: CancellationToken,
): Promise<number> {
  const then = (path: string): readonly Located<Fact>[] => kept.files.get(path)?.reading?.facts ?? [];
  const gone = [...kept.files.keys()].filter((path) => !paths.has(path));
  const all = news + gone.length;
  const isToldOfAll = [...kept.files].every(
    ([path, { isUntold, ground }]) => !isUntold || isSameGround(grounds.get(path), ground),
  );
  if (all * 4 < paths.size && isToldOfAll) {
    const now = new Map([...fresh, ...gone.map((path) => [path, []] as const)]);
    const changed = index.restore(paths, then, now);
    names.restore(same, kept, [...changed, ...names.changedSince(kept.environment)]);
    return all;
  }
  // So much is new that looking at every name again costs less than finding out which are another now; or nobody knows.
  for (const path of paths) {
    index.add(path, fresh.get(path) ?? then(path));
    await pause(token);
  }
  return all;
}
