import type { Definition, Fact, Located, NameKey, NameKind, Use } from './facts.ts';
import { keysOfUse, type FactIndex } from './fact-index.ts';
import type { Finding } from './finding.ts';
import { runRule } from './check-file.ts';
import type { Claim, Project, System } from './system.ts';

/** The files that facts come from, and who is told of a rule that throws. */
export interface NameCheckHost {
  readonly stateOf: (
    path: string,
  ) => { readonly system: System; readonly claim: Claim; readonly project: Project } | undefined;
  readonly onRuleError: (rule: string, path: string, error: unknown) => void;
  /** Names of environment variables that are set for whoever starts the tools. */
  readonly environment: ReadonlySet<string>;
}

/** What facts show of a file: undefined and duplicate names, for every system and across systems, then the rules over facts. */
export class NameChecks {
  readonly #kinds = new Map<string, NameKind>();
  readonly #index: FactIndex;
  readonly #host: NameCheckHost;
  readonly #known = new Map<string, readonly Finding[]>();

  constructor(systems: readonly System[], index: FactIndex, host: NameCheckHost) {
    this.#index = index;
    this.#host = host;
    for (const system of systems) for (const kind of system.names) this.#kinds.set(kind.namespace, kind);
  }

  of(path: string): readonly Finding[] {
    let findings = this.#known.get(path);
    if (!findings) this.#known.set(path, (findings = this.#look(path)));
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

  #look(path: string): readonly Finding[] {
    const facts = this.#index.of(path);
    const found: Finding[] = [];
    for (const fact of facts) found.push(...this.#check(path, fact));
    const state = this.#host.stateOf(path);
    if (!state?.system.factRules) return found;
    const { claim, project } = state;
    for (const rule of state.system.factRules) {
      if (rule.kinds && !rule.kinds.includes(claim.kind)) continue;
      const file = { path, claim, project, facts };
      runRule(
        rule,
        (report) => rule.check(file, this.#index, report),
        found,
        (id, error) => this.#host.onRuleError(id, path, error),
      );
    }
    return found;
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
    if (key.namespace === 'env' && this.#host.environment.has(key.name)) return true;
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
