import type { Definition, Fact, Located, NameKey, NameKind, Use } from './facts.ts';
import { keysOfUse, type FactIndex } from './fact-index.ts';
import type { Finding } from './finding.ts';
import type { System } from './system.ts';

/** Undefined and duplicate names of a file, from facts, for every system and across systems. */
export class NameChecks {
  readonly #kinds = new Map<string, NameKind>();
  readonly #index: FactIndex;
  readonly #known = new Map<string, readonly Finding[]>();

  constructor(systems: readonly System[], index: FactIndex) {
    this.#index = index;
    for (const system of systems) for (const kind of system.names) this.#kinds.set(kind.namespace, kind);
  }

  of(path: string): readonly Finding[] {
    let findings = this.#known.get(path);
    if (!findings)
      this.#known.set(path, (findings = this.#index.of(path).flatMap((fact) => this.#check(path, fact))));
    return findings;
  }

  /** The files that use or define one of these names. */
  *touchedBy(keys: readonly NameKey[]): Iterable<string> {
    for (const key of keys) {
      for (const use of this.#index.uses(key)) yield use.path;
      for (const definition of this.#index.definitions(key)) yield definition.path;
    }
  }

  forget(path: string): void {
    this.#known.delete(path);
  }

  forgetAll(): void {
    this.#known.clear();
  }

  #check(path: string, fact: Fact): readonly Finding[] {
    if (fact.fact === 'use') return this.#checkUse(fact);
    if (fact.fact === 'definition') return this.#checkDefinition(path, fact);
    return [];
  }

  #checkUse(use: Use): readonly Finding[] {
    const prefix = use.prefix ?? '';
    if (use.name === prefix) return [];
    if (keysOfUse(use).some((key) => this.#isKnown(key))) return [];
    if (use.within && !this.#isDefined(use.within)) return [];
    if (use.unless && this.#isDefined(use.unless)) return [];
    const problem = this.#kinds.get(use.namespaces[0] ?? '')?.undefined?.(use);
    if (!problem) return [];
    const { namespaces, scope, name } = use;
    return [{ ...problem, span: use.span, unresolved: { namespaces, scope, name, prefix } }];
  }

  #checkDefinition(path: string, definition: Definition): readonly Finding[] {
    const rivals = this.#index.definitions(definition).filter((other) => excludes(other, definition));
    if (rivals.length < 2) return [];
    const [first] = rivals.toSorted(byPlace);
    if (!first || isSame(first, path, definition)) return [];
    if (definition.within && !this.#isDefined(definition.within)) return [];
    const problem = this.#kinds.get(definition.namespace)?.duplicate?.(definition, first);
    if (!problem) return [];
    return [
      {
        ...problem,
        span: definition.span,
        related: [{ path: first.path, span: first.span, message: `\`${first.name}\` is first defined here` }],
      },
    ];
  }

  #isKnown(key: NameKey): boolean {
    return this.#isDefined(key) || this.#index.holes(key.namespace, key.scope).length > 0;
  }

  #isDefined(key: NameKey): boolean {
    return this.#index.definitions(key).length > 0;
  }
}

function excludes(a: Definition, b: Definition): boolean {
  return (a.group ?? '') === (b.group ?? '') && a.exclusive !== false && b.exclusive !== false;
}

function byPlace(a: Located<Definition>, b: Located<Definition>): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start;
}

function isSame(located: Located<Definition>, path: string, definition: Definition): boolean {
  return (
    located.path === path &&
    located.span.start === definition.span.start &&
    located.span.end === definition.span.end
  );
}
