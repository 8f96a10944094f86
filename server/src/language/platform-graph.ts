import type { FactReader } from '../core/fact-index.ts';
import {
  keysOfUse,
  anyScope,
  type Definition,
  type GraphKind,
  type Located,
  type NameKey,
  type Use,
} from '../core/facts.ts';
import { isMeant } from '../core/meant.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import { asides, idOf, wholeFile } from './lineage.ts';

export interface PlatformNode {
  readonly id: string;
  /** For a person; other nodes may have the same. */
  readonly label: string;
  /** The first of the places that define it. */
  readonly definition: Located<Definition>;
  readonly flow: GraphKind['flow'];
  /** The systems that define it, by id: more than one for a file that several tools open. */
  readonly systems: readonly string[];
  /** Where it stands: its project, then the shelves in it, the widest first; shared things have no project. */
  readonly shelves: readonly string[];
  /** The root of its project (URI path); undefined for what several share. */
  readonly project: string | undefined;
  /** The listed step that runs it, by its public name. */
  readonly step?: string;
}

export interface PlatformEdge {
  /** Indexes of nodes. */
  readonly from: number;
  readonly to: number;
  /** `data`: it flows from the one to the other. `work`: the one sets the other to work. */
  readonly flow: GraphKind['flow'];
}

/** Everything that is used or defined by name across a platform, and what leads from one to another. */
export interface PlatformGraph {
  readonly nodes: readonly PlatformNode[];
  readonly edges: readonly PlatformEdge[];
}

/** The graph of all systems, from facts alone. Costs a look at every fact. */
export function platformGraph(platform: Platform): PlatformGraph {
  const drawing = new Drawing(platform);
  drawing.defineAll();
  for (const path of platform.paths()) drawing.connect(path);
  drawing.addFlows();
  return drawing.graph();
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class Drawing {
  readonly #platform: Platform;
  readonly #facts: FactReader;
  readonly #kinds: ReadonlyMap<string, GraphKind>;
  readonly #nodes: Mutable<PlatformNode>[] = [];
  readonly #at = new Map<string, number>();
  readonly #edges = new Map<number, PlatformEdge>();

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#facts = platform.facts;
    const kinds = platform.systems.flatMap(({ names }) => names);
    this.#kinds = new Map(
      kinds.flatMap(({ namespace, graph, lineage }) => {
        const kind = graph ?? (lineage ? ({ flow: 'data' } as const) : undefined);
        return kind ? [[namespace, kind] as const] : [];
      }),
    );
  }

  graph(): PlatformGraph {
    return { nodes: this.#nodes, edges: [...this.#edges.values()] };
  }

  defineAll(): void {
    for (const [namespace, kind] of this.#kinds)
      for (const definition of this.#facts.all(namespace)) this.#define(definition, kind);
  }

  /** What the texts of a file's nodes use. */
  connect(path: string): void {
    const facts = this.#facts.of(path);
    const own = wholeFile(facts, this.#kinds);
    const steps = new Map<string, string>();
    for (const fact of facts) {
      if (fact.fact === 'use' && isMeant(fact, this.#facts)) this.#connectUse(fact, fact.by ?? own);
      else if (fact.fact === 'definition' && fact.namespace === stepNamespace && !steps.has(placeOf(fact)))
        steps.set(placeOf(fact), fact.name);
    }
    for (const fact of steps.size > 0 ? facts : []) {
      const at = fact.fact === 'definition' ? this.#indexOf(fact) : undefined;
      const step = fact.fact === 'definition' ? steps.get(placeOf(fact)) : undefined;
      const node = at === undefined ? undefined : this.#nodes[at];
      if (node && step !== undefined) node.step ??= step;
    }
  }

  addFlows(): void {
    for (const project of this.#platform.projects()) {
      const flows = this.#platform.system(project.system)?.flows?.(project, this.#facts) ?? [];
      for (const { from, to, flow = 'data' } of flows)
        this.#connect(this.#indexOf(from), this.#indexOf(to), flow);
    }
  }

  #define(definition: Located<Definition>, kind: GraphKind): number | undefined {
    const id = this.#idOf(definition, kind);
    const known = this.#at.get(id);
    const system = this.#platform.systemOf(definition.path);
    const project = this.#platform.projectOf(definition.path);
    if (!system || !project) return known;
    const node = known === undefined ? undefined : this.#nodes[known];
    if (node) {
      if (node.systems.includes(system.id)) return known;
      node.systems = [...node.systems, system.id];
      node.project = undefined;
      node.shelves = shelfOf(definition);
      return known;
    }
    const shelves = kind.shelf?.(definition) ?? shelfOf(definition);
    this.#at.set(id, this.#nodes.length);
    this.#nodes.push({
      id,
      label: kind.label?.(definition) ?? definition.name,
      definition,
      flow: kind.flow,
      systems: [system.id],
      shelves: [project.name, ...shelves],
      project: project.root,
    });
    return this.#nodes.length - 1;
  }

  #indexOf(key: NameKey | Definition): number | undefined {
    const kind = this.#kinds.get(key.namespace);
    if (!kind?.identity && key.scope !== anyScope) return kind && this.#at.get(idOf(key));
    const definition = 'what' in key ? key : this.#facts.definitions(key)[0];
    return kind && definition && this.#at.get(this.#idOf(definition, kind));
  }

  #idOf(definition: Definition, kind: GraphKind): string {
    const { namespace, scope, name } = definition;
    return idOf({ namespace, scope, name: kind.identity?.(definition, this.#facts) ?? name });
  }

  #connectUse(use: Located<Use>, by: NameKey | undefined): void {
    const user = by && !asides.has(use.role) ? this.#indexOf(by) : undefined;
    if (user === undefined) return;
    if (use.namespaces[0] === stepNamespace) {
      const step = this.#stepOf(use);
      return this.#connect(user, step, 'work');
    }
    for (const key of keysOfUse(use)) {
      const used = this.#indexOf(key);
      const node = used === undefined ? undefined : this.#nodes[used];
      if (!node) continue;
      if (node.flow === 'data') this.#connect(used, user, 'data');
      else this.#connect(user, used, 'work');
      return;
    }
  }

  /** What a step runs, told by its place; the step itself where it runs no single thing. */
  #stepOf(use: Located<Use>): number | undefined {
    const all = this.#facts.definitions({ namespace: stepNamespace, scope: '', name: use.name });
    const wanted = use.data?.['project'];
    const definition =
      all.find(({ path }) => wanted === undefined || this.#platform.projectOf(path)?.root === wanted) ??
      all[0];
    if (!definition) return undefined;
    for (const fact of this.#facts.of(definition.path)) {
      if (fact.fact !== 'definition' || placeOf(fact) !== placeOf(definition)) continue;
      const at = this.#indexOf(fact);
      if (at !== undefined) return at;
    }
    const root = this.#platform.projectOf(definition.path)?.root ?? '';
    const at = this.#define({ ...definition, name: use.name, scope: root }, { flow: 'work' });
    const node = at === undefined ? undefined : this.#nodes[at];
    if (node) node.step ??= use.name;
    return at;
  }

  #connect(from: number | undefined, to: number | undefined, flow: GraphKind['flow']): void {
    if (from === undefined || to === undefined || from === to) return;
    // Limit: a number holds 2^53, so two indexes below 2^26 make one key.
    const key = from * 2 ** 26 + to;
    if (this.#edges.get(key)?.flow !== 'data') this.#edges.set(key, { from, to, flow });
  }
}

/** Where every system names its steps. */
const stepNamespace = 'step';

/** `saved queries`. */
function shelfOf({ what }: Definition): readonly string[] {
  return [`${what.replace(/y$/, 'ie')}s`];
}

function placeOf({ span }: { readonly span: Span }): string {
  return `${span.start}-${span.end}`;
}
