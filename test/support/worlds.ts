import fc from 'fast-check';
import { expect } from 'vitest';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { silentLog } from '../../server/src/core/log.ts';
import { Platform } from '../../server/src/core/platform.ts';
import type { System } from '../../server/src/core/system.ts';
import { defaultFindingSettings, diagnose } from '../../server/src/language/diagnose.ts';
import { MemoryCache } from './memory-cache.ts';
import type { MemoryFiles } from './memory-files.ts';

/** What starts of a platform find: files, variables that are set, systems. */
export interface World {
  readonly files: MemoryFiles;
  readonly environment: Set<string>;
  readonly systems: readonly System[];
}

/** A platform that has read the world, with what an earlier start left in `cache`. */
export async function start(world: World, cache?: MemoryCache): Promise<Platform> {
  const platform = new Platform({
    systems: world.systems,
    files: world.files,
    log: silentLog,
    pause: async () => {},
    environment: world.environment,
    clock: () => Date.UTC(2026, 0, 15),
    onRuleError: (_rule, _path, error) => {
      throw error;
    },
    ...(cache ? { cache } : {}),
  });
  await platform.load(['/w'], neverCancelled);
  return platform;
}

/** All that anybody can see of a platform. */
export function look(platform: Platform): unknown {
  const paths = [...platform.paths()];
  return {
    findings: paths.map((path) => [path, diagnose(platform, path, defaultFindingSettings)]),
    suppressions: paths.map((path) => platform.suppressions(path)),
    claims: paths.map((path) => [platform.systemOf(path)?.id, platform.claimOf(path)]),
    aside: paths.filter((path) => platform.isAside(path)),
    projects: paths.map((path) => platform.projectOf(path)),
    facts: paths.map((path) => platform.facts.of(path)),
    texts: paths.map((path) => platform.source(path)!.text),
    steps: platform.steps(),
    secrets: platform.secrets(),
  };
}

export type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'variable'; readonly name: string };

function change({ files: { texts }, environment }: World, change: Change): void {
  if (change.kind === 'variable') {
    if (!environment.delete(change.name)) environment.add(change.name);
  } else if (change.kind === 'write') texts.set(change.path, change.text);
  else {
    const text = texts.get(change.path);
    texts.delete(change.path);
    if (change.kind === 'rename' && text !== undefined) texts.set(change.to, text);
  }
}

/** Any few changes of these files to these texts. */
export function changes(paths: readonly string[], texts: readonly string[]): fc.Arbitrary<readonly Change[]> {
  const [path, text] = [fc.constantFrom(...paths), fc.constantFrom(...texts)];
  const one: fc.Arbitrary<Change> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), path, text }) },
    fc.record({ kind: fc.constant('remove' as const), path }),
    fc.record({ kind: fc.constant('rename' as const), path, to: path }),
    fc.record({ kind: fc.constant('variable' as const), name: fc.constantFrom('HOME', 'TOKEN') }),
  );
  return fc.array(one, { maxLength: 5 });
}

function pathsOf(change: Change): readonly string[] {
  if (change.kind === 'variable') return [];
  return change.kind === 'rename' ? [change.path, change.to] : [change.path];
}

/** An edit leaves files in the order of their coming, a start in that of their names. */
function byPath(platform: Platform): unknown {
  return [...platform.paths()].sort().map((path) => [path, diagnose(platform, path, defaultFindingSettings)]);
}

/** Starts again and again with what changed between, each time warm and cold, and holds the two, and edits of a living platform, against each other. Returns the codes that were found. */
export async function holdAgainstCold(
  world: World,
  rounds: readonly (readonly Change[])[],
): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  const cache = new MemoryCache();
  const live = await start({ ...world, environment: new Set() });
  for (const round of rounds) {
    for (const each of round) change(world, each);
    const warm = await start(world, cache);
    const cold = await start(world);
    expect(look(warm)).toEqual(look(cold));
    for (const path of cold.paths()) for (const { code } of cold.findings(path)) codes.add(code);
    await warm.keep();
    live.update(round.flatMap((each) => pathsOf(each)));
    if (world.environment.size === 0) expect(byPath(live)).toEqual(byPath(cold));
  }
  return codes;
}

/** Beside what changes there is much that does not, as in real life: else too little could be taken over. */
export function unchanging(
  count: number,
  pathOf: (at: number) => string,
  text: string,
): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [pathOf(at), text]));
}
