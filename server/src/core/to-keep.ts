import type { Fact, Located } from './facts.ts';
import type { FileState } from './file-state.ts';
import type { Finding } from './finding.ts';
import { readAnewAlways, type Ground, type Kept, type KeptFile } from './kept.ts';

/** What a platform knows of its files. */
export interface KnownFiles {
  /** What the readings rested on when they were made, which may be long ago: not what is so now. */
  readonly grounds: ReadonlyMap<string, Ground>;
  readonly states: ReadonlyMap<string, FileState>;
  readonly environment: ReadonlyMap<string, boolean>;
  readonly factsOf: (path: string) => readonly Located<Fact>[];
  /** The findings about names. */
  readonly namesOf: (path: string) => readonly Finding[];
  /** The other files on whose texts these rest. */
  readonly askedFor: (path: string) => readonly string[];
  readonly secretsIn: (path: string) => readonly string[];
}

/** All that the next start need not read again. Of a file whose secret stands in its own facts or findings nothing is kept but that it was there. */
export function toKeep(known: KnownFiles): Kept {
  const files = new Map<string, KeptFile>();
  const names = new Map<string, readonly Finding[]>();
  const asked = new Map<string, readonly string[]>();
  for (const [path, ground] of known.grounds) {
    const state = known.states.get(path);
    if (!state) {
      files.set(path, { ground, reading: undefined });
      continue;
    }
    const { claim, findings, suppressions, hasSecrets } = state;
    const facts = known.factsOf(path);
    const aside = claim.isAside ? { isAside: true } : {};
    const dated = state.isDated ? { isDated: true } : {};
    const reading = { claim, facts, findings, suppressions, hasSecrets, ...aside, ...dated };
    const found = known.namesOf(path);
    if (hasSecrets && isTold(known.secretsIn(path), [reading, found])) {
      files.set(path, { ground, reading: undefined, isUntold: true });
      continue;
    }
    // Whether a file is there that another one names, and which ones join it, may change while nobody looks.
    const lasting = state.system.linkedFiles ? { ...ground, projects: readAnewAlways } : ground;
    files.set(path, { ground: lasting, reading: { system: state.system.id, ...reading } });
    if (found.length > 0) names.set(path, found);
    const others = known.askedFor(path);
    if (others.length > 0) asked.set(path, others);
  }
  return { files, names, asked, environment: new Map(known.environment) };
}

/** True where a value that must not be shown stands in what is to be written down. */
function isTold(secrets: readonly string[], what: unknown): boolean {
  const written = JSON.stringify(what);
  return secrets.some((secret) => written.includes(JSON.stringify(secret).slice(1, -1)));
}
