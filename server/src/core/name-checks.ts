import { AskedTexts } from './asked-texts.ts';
import type { Definition, Fact, Located, NameKey, NameKind, Use } from './facts.ts';
import { FirstDefinitions } from './first-definitions.ts';
import { isSilent } from './meant.ts';
import type { FactIndex } from './fact-index.ts';
import { indexesOf } from './fact-news.ts';
import type { Finding } from './finding.ts';
import type { Kept } from './kept.ts';
import { createReporter } from './check-file.ts';
import type { ClaimOf } from './project-map.ts';
import type { BetweenRule, FactFile, FactRule } from './rule.ts';
import { Silence } from './silence.ts';
import type { SourceFile } from './source-file.ts';
import type { ParsedFile, Project, System } from './system.ts';
import type { Node } from './tree.ts';

/** The files that facts come from, and who is told of a rule that throws. */
export interface NameCheckHost {
  readonly stateOf: (path: string) => CheckedFile | undefined;
  readonly parsed: (path: string) => ParsedFile | undefined;
  readonly exists: (path: string) => boolean;
  readonly isFolder: (path: string) => boolean;
  /** A file's text; '' where there is none. */
  readonly text: (path: string) => string;
  readonly onRuleError: (rule: string, path: string, error: unknown) => void;
  /** Names of environment variables that are set for whoever starts the tools. */
  readonly environment: ReadonlySet<string>;
}

interface CheckedFile extends ClaimOf {
  readonly system: System;
  readonly also?: readonly ClaimOf[] | undefined;
  /** From the file alone. */
  readonly findings: readonly Finding[];
  readonly source: Pick<SourceFile, 'isEdited'>;
}

/** What facts show of a file: undefined and duplicate names, for every system and across systems, then the rules over facts and between tools. */
export class NameChecks {
  readonly #kinds = new Map<string, NameKind>();
  readonly #index: FactIndex;
  readonly #host: NameCheckHost;
  readonly #known = new Map<string, readonly Finding[]>();
  readonly #asked = new Map<string, boolean>();
  /** The rules that look at a system's files of one kind. */
  readonly #rules = new Map<string, readonly FactRule[]>();
  /** The rules between tools, by the namespaces they look over. */
  readonly #between = new Map<string, BetweenRule[]>();
  /** The file that was looked at last, if somebody types in it. */
  #heard: Heard | undefined;
  /** For a file those whose findings point into it: they are true while it stays as it is. */
  readonly #pointing = new Map<string, Set<string>>();
  readonly #texts: AskedTexts;

  constructor(systems: readonly System[], index: FactIndex, host: NameCheckHost) {
    this.#index = index;
    this.#host = host;
    this.#texts = new AskedTexts(host.text);
    for (const system of systems) for (const kind of system.names) this.#kinds.set(kind.namespace, kind);
    for (const rule of systems.flatMap((system) => system.betweenRules ?? []))
      for (const namespace of rule.over)
        this.#between.set(namespace, [...(this.#between.get(namespace) ?? []), rule]);
  }

  of(path: string): readonly Finding[] {
    let findings = this.#known.get(path);
    if (!findings) this.#know(path, (findings = this.#look(path)));
    return findings;
  }

  #know(path: string, findings: readonly Finding[]): void {
    this.#known.set(path, findings);
    for (const other of pointedAt(findings)) {
      if (other === path) continue;
      const pointing = this.#pointing.get(other);
      if (pointing) pointing.add(path);
      else this.#pointing.set(other, new Set([path]));
    }
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
    kept: Pick<Kept, 'names' | 'asked' | 'environment'>,
    changed: readonly NameKey[],
  ): void {
    const same = new Set(paths);
    for (const path of same) {
      const findings = kept.names.get(path) ?? none;
      const asked = kept.asked.get(path) ?? none;
      if (![...pointedAt(findings), ...asked].every((other) => same.has(other))) continue;
      this.#know(path, findings);
      this.#texts.note(path, asked);
    }
    for (const [name, isSet] of kept.environment) this.#asked.set(name, isSet);
    for (const path of this.touchedBy(changed)) this.forget(path);
  }

  /** The files that use or define one of these names, and those that rules between tools look at for them. */
  touchedBy(keys: readonly NameKey[]): ReadonlySet<string> {
    const touched = new Set<string>();
    const rules = [...new Set(keys.map(({ namespace }) => namespace))].flatMap(
      (namespace) => this.#between.get(namespace) ?? [],
    );
    const looked = new Set(rules.flatMap(({ over }) => over));
    for (const namespace of looked) for (const { path } of this.#index.all(namespace)) touched.add(path);
    for (const key of keys) {
      for (const { path } of this.#index.usesInAnyReading(key)) touched.add(path);
      if (looked.has(key.namespace)) continue;
      for (const { path } of this.#index.definitions(key)) touched.add(path);
    }
    return touched;
  }

  /** The files whose findings point into one of these, which changed, or rest on what its text said. */
  *restingOn(paths: ReadonlySet<string>): Iterable<string> {
    for (const path of paths) yield* this.#pointing.get(path) ?? [];
    yield* this.#texts.touchedBy(paths);
  }

  /** The other files on whose texts the findings of one rest. */
  askedFor(path: string): readonly string[] {
    return this.#texts.askedBy(path);
  }

  forget(path: string): void {
    for (const other of pointedAt(this.#known.get(path) ?? none)) this.#pointing.get(other)?.delete(path);
    this.#known.delete(path);
    this.#texts.forget(path);
  }

  forgetAll(): void {
    this.#known.clear();
    this.#asked.clear();
    this.#pointing.clear();
    this.#texts.clear();
    this.#heard = undefined;
  }

  #look(path: string): readonly Finding[] {
    const state = this.#host.stateOf(path);
    if (!state || state.project.vendored) return none;
    const facts = this.#index.of(path);
    const found: Finding[] = [];
    const heard = this.#heard?.path === path && this.#heard.silence.isOf(state) ? this.#heard : undefined;
    const news = heard && this.#index.news.of(path);
    const silence = news ? heard.silence : state.source.isEdited ? new Silence(state) : undefined;
    const told: number[] = [];
    const firsts = new FirstDefinitions(this.#index);
    // What says the same of names that mean the same is found again, or not.
    for (const at of news ? indexesOf(facts, news, heard.told) : facts.keys()) {
      const fact = facts[at]!;
      if (fact.fact === 'hole') continue;
      const finding =
        fact.fact === 'use' ? this.#checkUse(fact) : this.#checkDefinition(fact, firsts.before(fact));
      if (!finding) continue;
      found.push(finding);
      told.push(at);
    }
    const between = news ? heard.between : this.#betweenFor(facts);
    this.#heard = silence && { path, told, silence, between };
    if (silence) this.#index.news.listen(path);
    const { system, also } = state;
    const own = this.#rulesFor(system, state.claim.kind);
    // A text that broke halfway says what it says by chance; other tools are not held to it.
    const isRead = !state.findings.some(isUnreadable);
    const others = [...between].filter((rule) => isRead || system.betweenRules?.includes(rule));
    const said = also ? saidFor(state.project, also, facts) : facts;
    const asked = {
      path,
      of: state,
      facts: said,
      silence,
      isSame: news?.size === 0,
      isTyped: news !== undefined,
    };
    this.#applyRules([...own, ...others], asked, found);
    // Most files have none: they share one list.
    if (!also) return found.length === 0 ? none : found;
    for (const of of also) {
      const said = facts.filter(({ scope }) => scope === of.project.scope);
      const shared = { path, of, facts: said, silence: undefined, isSame: false, isTyped: false };
      this.#applyRules(this.#rulesFor(system, of.claim.kind), shared, found);
    }
    return distinct(found);
  }

  /** The rules between tools that look over something that a file defines. */
  #betweenFor(facts: readonly Located<Fact>[]): ReadonlySet<BetweenRule> {
    const between = new Set<BetweenRule>();
    for (const fact of facts)
      if (fact.fact === 'definition')
        for (const rule of this.#between.get(fact.namespace) ?? none) between.add(rule);
    return between;
  }

  /**
   * Rules that found nothing without looking at the text are not asked again while all facts say what they said; of
   * a file that is typed in, local ones see only the items that changed.
   */
  #applyRules(rules: readonly (FactRule | BetweenRule)[], asked: Asked, found: Finding[]): void {
    const { silence, isSame } = asked;
    const file = this.#factFile(asked);
    const narrow = this.#narrow(asked);
    const ofItems: Finding[] = [];
    const [reportOf, reportOfItems] = [createReporter(found), createReporter(ofItems)];
    let isWhole = true;
    for (const rule of rules) {
      const isLocal = narrow !== undefined && 'isLocal' in rule && rule.isLocal;
      if (isSame && silence?.isKept(rule, none)) continue;
      const before = found.length;
      file.isRead = false;
      try {
        if (isLocal) rule.check(narrow.file, this.#index, reportOfItems(rule));
        else rule.check(file, this.#index, reportOf(rule));
        const isSilent = !isLocal && !file.isRead && found.length === before;
        silence?.keepRule(rule, isSilent ? none : undefined);
      } catch (error) {
        this.#host.onRuleError(rule.id, asked.path, error);
        isWhole = false;
      }
    }
    if (isWhole && narrow) silence?.keepItems(narrow.items(), ofItems);
    found.push(...ofItems);
  }

  #factFile({ path, of: { claim, project }, facts }: Asked, parsed = this.#host.parsed): ReadFile {
    const made = new Map<unknown, unknown>();
    const file: ReadFile = {
      path,
      claim,
      project,
      facts,
      isRead: false,
      parsed: () => {
        file.isRead = true;
        return parsed(path);
      },
      exists: (other) => {
        file.isRead = true;
        return this.#host.exists(other);
      },
      isFolder: (other) => {
        file.isRead = true;
        return this.#host.isFolder(other);
      },
      ask: (other, question) => {
        file.isRead = true;
        return this.#texts.ask(path, other, question);
      },
      once: <T>(make: (file: FactFile, index: FactIndex) => T): T => {
        file.isRead = true;
        if (!made.has(make)) made.set(make, make(file, this.#index));
        return made.get(make) as T;
      },
    };
    return file;
  }

  /** The file as local rules see it, and the items that they see if they look; undefined where they see all. */
  #narrow(asked: Asked): { readonly file: FactFile; items(): readonly Node[] } | undefined {
    const { silence } = asked;
    const system = this.#host.stateOf(asked.path)?.system;
    if (!system?.narrowed || !silence || !asked.isTyped) return undefined;
    const narrowed: typeof system.narrowed = (...file) => system.narrowed!(...file);
    let seen: readonly [items: readonly Node[], file: ParsedFile] | undefined;
    const file = this.#factFile(asked, (path) => {
      const parsed = this.#host.parsed(path);
      if (parsed && !seen) seen = silence.narrow(parsed, narrowed);
      return seen?.[1];
    });
    return { file, items: () => seen?.[0] ?? none };
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
    const kind = this.#kinds.get(namespaces[0] ?? '');
    // Many names nobody minds.
    if (!kind?.undefined) return undefined;
    for (const namespace of namespaces) if (this.#isKnown({ namespace, scope, name })) return undefined;
    if (isSilent(use, this.#index)) return undefined;
    const problem = kind.undefined(use, this.#index, this.#host.exists);
    if (!problem) return undefined;
    const { taken, ...told } = problem;
    const unresolved = { namespaces, scope, name, prefix, ...(taken === undefined ? {} : { taken }) };
    return { ...told, span: use.span, unresolved };
  }

  #checkDefinition(
    definition: Located<Definition>,
    first: Located<Definition> | undefined,
  ): Finding | undefined {
    if (!first || (definition.within && !this.#index.isDefined(definition.within))) return undefined;
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

/** What was found in the facts of the file that was looked at last. */
interface Heard {
  readonly path: string;
  /** The indexes of those that have findings: while no name means something else, a file's facts stay in order. */
  readonly told: readonly number[];
  readonly silence: Silence;
  readonly between: ReadonlySet<BetweenRule>;
}

/** A file that rules over facts are asked about. */
interface Asked {
  readonly path: string;
  readonly of: ClaimOf;
  readonly facts: readonly Located<Fact>[];
  /** Undefined for a file that nobody types in. */
  readonly silence: Silence | undefined;
  /** True while all facts say what they said when `silence` was heard. */
  readonly isSame: boolean;
  readonly isTyped: boolean;
}

interface ReadFile extends FactFile {
  /** Whether somebody looked at more than facts. */
  isRead: boolean;
}

const none: readonly never[] = [];

/** True of what says that a text broke, so that it may say more than was read. */
export function isUnreadable({ code, severity }: Finding): boolean {
  return severity === 'error' && code.startsWith('yaml/') && code !== 'yaml/duplicate-key';
}

/** The facts of a file that several projects read, without those that are told for the others. */
function saidFor(
  own: Project,
  also: readonly ClaimOf[],
  facts: readonly Located<Fact>[],
): readonly Located<Fact>[] {
  const others = new Set(also.map(({ project }) => project.scope));
  return facts.filter(({ scope }) => scope === own.scope || !others.has(scope));
}

/** The files that findings point into. */
function pointedAt(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ related = none }) => related.map(({ path }) => path));
}

/** What is wrong in each of the projects that read a file is said once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const found = new Map(
    findings.map(
      (each) => [`${each.code} ${each.span.start} ${each.span.end} ${each.message}`, each] as const,
    ),
  );
  return [...found.values()];
}
