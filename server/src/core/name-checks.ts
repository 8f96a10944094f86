import type { Definition, Located, NameKey, NameKind, Use } from './facts.ts';
import type { FactIndex } from './fact-index.ts';
import type { Finding } from './finding.ts';
import type { Kept } from './kept.ts';
import { runRule } from './check-file.ts';
import type { FactRule } from './rule.ts';
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
  readonly #asked = new Map<string, boolean>();
  /** The rules that look at a system's files of one kind. */
  readonly #rules = new Map<string, readonly FactRule[]>();

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

  /** The variables that uses were held against, and whether each is set. */
  get environment(): ReadonlyMap<string, boolean> {
    return this.#asked;
  }

  /** The variables that were set when `environment` was told and are not now, or the other way round. */
  changedSince(environment: ReadonlyMap<string, boolean>): readonly NameKey[] {
    return [...environment].flatMap(([name, isSet]) =>
      this.#host.environment.has(name) === isSet ? [] : [{ namespace: 'env', scope: '', name }],
    );
  }

  /** Takes what an earlier look at `paths` found, all but what `changed` names may have changed. */
  restore(
    paths: Iterable<string>,
    kept: Pick<Kept, 'names' | 'environment'>,
    changed: readonly NameKey[],
  ): void {
    for (const path of paths) this.#known.set(path, kept.names.get(path) ?? none);
    for (const [name, isSet] of kept.environment) this.#asked.set(name, isSet);
    for (const path of this.touchedBy(changed)) this.#known.delete(path);
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
    this.#asked.clear();
  }

  #look(path: string): readonly Finding[] {
    const state = this.#host.stateOf(path);
    if (!state || state.project.vendored) return none;
    const facts = this.#index.of(path);
    const found: Finding[] = [];
    for (const fact of facts) {
      if (fact.fact === 'hole') continue;
      const finding = fact.fact === 'use' ? this.#checkUse(fact) : this.#checkDefinition(fact);
      if (finding) found.push(finding);
    }
    const { system, claim, project } = state;
    const file = { path, claim, project, facts };
    for (const rule of this.#rulesFor(system, claim.kind)) {
      runRule(
        rule,
        (report) => rule.check(file, this.#index, report),
        found,
        (id, error) => this.#host.onRuleError(id, path, error),
      );
    }
    // Most files have none: they share one list.
    return found.length === 0 ? none : found;
  }

  #rulesFor(system: System, kind: string): readonly FactRule[] {
    const key = `${system.id} ${kind}`;
    let rules = this.#rules.get(key);
    if (!rules) {
      rules = (system.factRules ?? []).filter(({ kinds }) => !kinds || kinds.includes(kind));
      this.#rules.set(key, rules);
    }
    return rules;
  }

  #checkUse(use: Use): Finding | undefined {
    const { namespaces, scope, name, prefix = '' } = use;
    if (name === prefix) return undefined;
    for (const namespace of namespaces) if (this.#isKnown({ namespace, scope, name })) return undefined;
    if (use.within && !this.#index.isDefined(use.within)) return undefined;
    if (use.unless && this.#index.isDefined(use.unless)) return undefined;
    const problem = this.#kinds.get(namespaces[0] ?? '')?.undefined?.(use);
    return problem && { ...problem, span: use.span, unresolved: { namespaces, scope, name, prefix } };
  }

  #checkDefinition(definition: Located<Definition>): Finding | undefined {
    if (definition.exclusive === false) return undefined;
    const all = this.#index.definitions(definition);
    if (all.length < 2) return undefined;
    const [first] = all.filter((other) => excludes(other, definition)).toSorted(byPlace);
    if (!first || isSame(first, definition)) return undefined;
    if (definition.within && !this.#index.isDefined(definition.within)) return undefined;
    const problem = this.#kinds.get(definition.namespace)?.duplicate?.(definition, first);
    return (
      problem && {
        ...problem,
        span: definition.span,
        related: [{ path: first.path, span: first.span, message: `\`${first.name}\` is first defined here` }],
      }
    );
  }

  #isKnown(key: NameKey): boolean {
    if (key.namespace === 'env') {
      const isSet = this.#host.environment.has(key.name);
      this.#asked.set(key.name, isSet);
      if (isSet) return true;
    }
    return this.#index.isDefined(key) || this.#index.holes(key.namespace, key.scope).length > 0;
  }
}

const none: readonly Finding[] = [];

function excludes(a: Definition, b: Definition): boolean {
  return (a.group ?? '') === (b.group ?? '') && a.exclusive !== false && b.exclusive !== false;
}

function byPlace(a: Located<Definition>, b: Located<Definition>): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start;
}

function isSame(a: Located<Definition>, b: Located<Definition>): boolean {
  return a.path === b.path && a.span.start === b.span.start && a.span.end === b.span.end;
}
