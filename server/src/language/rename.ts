import {
  anyScope,
  type Definition,
  type Located,
  type NameKey,
  type NameKind,
  type Use,
} from '../core/facts.ts';
import type { TextEdit } from '../core/finding.ts';
import { baseName } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import type { System } from '../core/system.ts';
import { factAt, keysOf, ownPart, placesOf } from './fact-at.ts';
import { whatIsWrong, writeName } from './name-text.ts';
import { planItemAt, renamePlanItem } from './rename-plan-item.ts';

/** What a rename does: edits of texts as they are now, then files that move. */
export interface Renaming {
  readonly edits: readonly TextEdit[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/** Why nothing is renamed, in a sentence for a person. */
export interface Refusal {
  readonly refused: string;
}

/** The name at an offset as a rename begins with it; undefined where there is none. */
export function prepareRename(
  platform: Platform,
  path: string,
  offset: number,
): { readonly span: Span; readonly placeholder: string } | Refusal | undefined {
  const fact = factAt(platform.facts, path, offset);
  const named = isOwnName(fact) ? undefined : planItemAt(platform, path, offset);
  if (named) return { span: named.span, placeholder: named.item.title };
  if (!fact) return undefined;
  const subject = subjectOf(platform, fact);
  if ('refused' in subject) return subject;
  const placeholder = ownPart(fact);
  return platform.source(path)?.slice(fact.span) === placeholder
    ? { span: fact.span, placeholder }
    : { refused: `\`${fact.name}\` is not written plainly here; rename it where it is` };
}

/** Gives the name at an offset another own part, wherever it is written; undefined where there is no name. */
export function rename(
  platform: Platform,
  path: string,
  offset: number,
  newName: string,
): Renaming | Refusal | undefined {
  const fact = factAt(platform.facts, path, offset);
  const named = isOwnName(fact) ? undefined : planItemAt(platform, path, offset);
  if (named) {
    const renaming = renamePlanItem(platform, named, newName);
    return 'refused' in renaming ? renaming : { ...renaming, moves: [] };
  }
  if (!fact) return undefined;
  const subject = subjectOf(platform, fact);
  if ('refused' in subject) return subject;
  const prefix = fact.name.slice(0, fact.name.length - ownPart(fact).length);
  return renameSubject(platform, subject, { prefix, newName });
}

/** The edits that go with a file that somebody else moves: of the names that it gives by being there. */
export function renameFile(platform: Platform, from: string, to: string): readonly TextEdit[] {
  const system = platform.systemOf(from);
  const ending = baseName(to).indexOf('.', 1);
  const newName = baseName(to).slice(0, ending < 0 ? undefined : ending);
  if (!system?.renamedPath) return [];
  const edits: TextEdit[] = [];
  for (const fact of platform.facts.of(from)) {
    if (fact.fact !== 'definition' || !fact.implicit || fact.name === newName) continue;
    const moved = system.renamedPath({ ...fact, path: from }, newName);
    if (moved === undefined || baseName(moved) !== baseName(to)) continue;
    const subject = subjectOf(platform, fact);
    if ('refused' in subject) continue;
    const renaming = renameSubject(platform, subject, { prefix: '', newName });
    if ('edits' in renaming && renaming.moves.every((move) => move.from === from))
      edits.push(...renaming.edits);
  }
  return edits;
}

/** The id of an item is made of its title, so that the title is what is renamed; all other names stand for themselves. */
function isOwnName(fact: Definition | Use | undefined): boolean {
  return fact !== undefined && !(fact.fact === 'use' && fact.namespaces.includes('plan.item'));
}

interface Subject {
  readonly key: NameKey;
  readonly kind: NameKind | undefined;
  /** The definitions that are the user's own. */
  readonly definitions: readonly Located<Definition>[];
  /** Packages that define the same name; what says that it means theirs stays. */
  readonly foreign: ReadonlySet<string>;
}

function subjectOf(platform: Platform, fact: Definition | Use): Subject | Refusal {
  const [key] = keysOf(fact, platform.facts);
  const all = key ? platform.facts.definitions(key) : [];
  if (!key || all.length === 0) {
    return { refused: `nothing in this workspace defines \`${fact.name}\`, so there is nothing to rename` };
  }
  const definitions = all.filter((each) => !isVendored(platform, each.path));
  if (definitions.length === 0) {
    const owner = platform.projectOf(all[0]!.path)?.name ?? 'a package';
    return {
      refused: `\`${fact.name}\` belongs to the installed package \`${owner}\`, which is not yours to change`,
    };
  }
  for (const each of definitions) {
    const kept = platform.systemOf(each.path)?.keepsName?.(each, platform.facts);
    if (kept !== undefined) return { refused: kept };
    if (!each.implicit || moveOf(platform, each, each.name) !== undefined) continue;
    return { refused: `\`${fact.name}\` is named after something else, so it cannot be renamed by itself` };
  }
  const foreign = new Set(all.filter((each) => !definitions.includes(each)).map((each) => each.group ?? ''));
  return { key, kind: kindOf(platform.systems, key.namespace), definitions, foreign };
}

function renameSubject(
  platform: Platform,
  { key, kind, definitions, foreign }: Subject,
  { prefix, newName }: { readonly prefix: string; readonly newName: string },
): Renaming | Refusal {
  const to = prefix + newName;
  if (to === key.name) return { edits: [], moves: [] };
  const wrong = whatIsWrong(newName, kind);
  if (wrong !== undefined) return { refused: wrong };
  const [clash] = platform.facts.definitions({ ...key, name: to });
  if (clash) {
    return {
      refused: `there is a ${clash.what} \`${newName}\` already, in ${baseName(clash.path)}; choose another name`,
    };
  }
  const short = [...definitions, ...placesOf(platform.facts, key)].find(
    ({ prefix = '' }) => key.name.startsWith(prefix) && !to.startsWith(prefix),
  );
  if (short) {
    const { prefix = '' } = short;
    return {
      refused: `\`${ownPart(short)}\` alone is written in ${baseName(short.path)}, so the new name must begin with \`${prefix}\`, too`,
    };
  }
  const work = new RenameWork(platform);
  const isShared = isHadByOthers(platform, key);
  work.add(
    { key, to },
    definitions,
    (use) => !foreign.has(use.within?.name ?? '') && !(isShared && isForAny(use)),
  );
  for (const definition of definitions) work.addNamedAfter(definition, to);
  return work.result();
}

/** Whether another project has a name that is written alike. */
function isHadByOthers(platform: Platform, key: NameKey): boolean {
  return platform.facts
    .definitions({ ...key, scope: anyScope })
    .some(({ scope, path }) => scope !== key.scope && !isVendored(platform, path));
}

/** A use of which nobody knows the project: the value of a variable that tools of several may read. */
function isForAny({ scope, role, within }: Use): boolean {
  return scope === anyScope && role === 'deferred' && !within;
}

/** Collects the edits and moves of one rename, each place once. */
class RenameWork {
  readonly #platform: Platform;
  readonly #edits = new Map<string, TextEdit>();
  readonly #moves = new Map<string, string>();
  readonly #done = new Set<string>();
  #refused: string | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  add(
    { key, to }: { readonly key: NameKey; readonly to: string },
    definitions: readonly Located<Definition>[],
    isMeant: (use: Use) => boolean,
  ): void {
    const id = `${key.namespace} ${key.scope} ${key.name}`;
    if (this.#done.has(id)) return;
    this.#done.add(id);
    for (const definition of definitions) {
      if (definition.implicit) this.#move(definition, to);
      else if (this.#write(definition, to)) this.#followers(definition, to);
      else {
        this.#refused ??= `\`${key.name}\` is written in ${baseName(definition.path)} in a form that cannot be changed safely; write it plainly first`;
      }
    }
    for (const use of placesOf(this.#platform.facts, key)) {
      if (use.name !== key.name || !isMeant(use) || isVendored(this.#platform, use.path)) continue;
      if (this.#write(use, to)) this.#followers(use, to);
    }
  }

  /** Names made of this one follow it: steps, files of a model's versions. */
  addNamedAfter(definition: Located<Definition>, to: string): void {
    const { facts } = this.#platform;
    const project = this.#platform.projectOf(definition.path);
    const followers = this.#platform.systemOf(definition.path)?.namedAfter?.(definition, to, facts) ?? [];
    for (const follower of followers) {
      const all = facts.definitions(follower.key);
      const own = all.filter((each) => this.#platform.projectOf(each.path)?.root === project?.root);
      const isShared = own.length < all.length;
      this.add(
        follower,
        own.filter((each) => !each.implicit || moveOf(this.#platform, each, follower.to)),
        (use) => (isShared ? use.data?.['project'] === project?.root : true),
      );
    }
  }

  result(): Renaming | Refusal {
    if (this.#refused !== undefined) return { refused: this.#refused };
    for (const to of this.#moves.values()) {
      if (this.#platform.has(to))
        return { refused: `there is a file ${baseName(to)} already; choose another name` };
    }
    const edits = [...this.#edits.values()].sort((a, b) =>
      a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1,
    );
    return { edits, moves: [...this.#moves].map(([from, to]) => ({ from, to })) };
  }

  #move(definition: Located<Definition>, to: string): void {
    const target = moveOf(this.#platform, definition, to);
    if (target !== undefined && target !== definition.path) this.#moves.set(definition.path, target);
  }

  /** What else the very text names that was written: a variable to two readers, an entry of a pipeline by the step it runs. */
  #followers(fact: Located<Definition> | Located<Use>, to: string): void {
    if (ownPart(fact) !== fact.name) return;
    for (const other of this.#platform.facts.of(fact.path)) {
      if (other.fact !== 'definition' || other.span.start !== fact.span.start) continue;
      if (other.span.end === other.span.start || !other.name.startsWith(fact.name)) continue;
      this.add({ key: other, to: to + other.name.slice(fact.name.length) }, [], () => true);
    }
  }

  /** False where the text at the place is not the name. */
  #write(fact: Located<Definition> | Located<Use>, to: string): boolean {
    const source = this.#platform.source(fact.path);
    const own = ownPart(fact);
    if (!source || source.slice(fact.span) !== own) return false;
    const prefix = fact.name.slice(0, fact.name.length - own.length);
    // Where the part in front changes, it has a place and a fact of its own.
    const newText = to.startsWith(prefix) ? to.slice(prefix.length) : own;
    if (newText === own) return true;
    const isYaml = this.#platform.claimOf(fact.path)?.format === 'yaml';
    const written = isYaml ? writeName(newText, source.text, fact.span) : newText;
    this.#edits.set(`${fact.path}:${fact.span.start}`, {
      path: fact.path,
      span: fact.span,
      newText: written,
    });
    return true;
  }
}

function moveOf(platform: Platform, definition: Located<Definition>, to: string): string | undefined {
  return platform.systemOf(definition.path)?.renamedPath?.(definition, to);
}

function isVendored(platform: Platform, path: string): boolean {
  return platform.projectOf(path)?.vendored ?? true;
}

function kindOf(systems: readonly System[], namespace: string): NameKind | undefined {
  for (const system of systems) {
    const kind = system.names.find((each) => each.namespace === namespace);
    if (kind) return kind;
  }
  return undefined;
}
