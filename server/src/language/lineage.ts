import type { FactReader } from '../core/fact-index.ts';
import {
  keysOfUse,
  type Definition,
  type Fact,
  type Located,
  type NameKey,
  type Use,
} from '../core/facts.ts';
import { parseJson } from '../core/json.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';

/** Against the flow of the data, or with it. */
export type Direction = 'upstream' | 'downstream';

export interface LineageRequest {
  readonly focus: NameKey;
  /** How many edges to follow from the focus. */
  readonly upstream: number;
  readonly downstream: number;
  /** Nodes whose neighbours are shown whatever the depth, by id. */
  readonly expanded?: Readonly<Record<Direction, ReadonlySet<string>>>;
}

export interface LineageNode {
  readonly id: string;
  readonly definition: Located<Definition>;
  /** Where it stands from the focus; `beside` is what is neither before nor behind it. */
  readonly side: Direction | 'focus' | 'beside';
  /** Edges between it and the focus, or the node it was shown with. */
  readonly distance: number;
  /** Neighbours that are not shown. */
  readonly hidden: Readonly<Record<Direction, number>>;
}

export interface LineageGraph {
  readonly focus: string;
  /** The focus first, then as they were reached. */
  readonly nodes: readonly LineageNode[];
  /** Data flows `from` → `to`. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface Neighbour {
  readonly definition: Located<Definition>;
  /** Where the one that comes later names the earlier one, in the text of `path`. */
  readonly places: readonly { readonly path: string; readonly span: Span }[];
}

const directions: readonly Direction[] = ['upstream', 'downstream'];

/** Limit: a graph of more cannot be read, and neighbours beyond these are counted. */
const mostNodes = 400;
const mostNeighbours = 30;

/** Roles of uses that move no data: what is said about a name, or asks about it. */
export const asides: ReadonlySet<string> = new Set(['properties', 'test']);

/** Names that data flows through, as facts tell: whoever's text uses a name has what it stands for as input. */
export class Lineage {
  readonly #facts: FactReader;
  readonly #namespaces: ReadonlySet<string>;
  readonly #files = new Map<string, FileLineage>();

  /** To be made anew for each question: it remembers what it read. */
  constructor(platform: Platform) {
    this.#facts = platform.facts;
    const kinds = platform.systems.flatMap((system) => system.names);
    this.#namespaces = new Set(kinds.filter((kind) => kind.lineage).map((kind) => kind.namespace));
  }

  /** What a place in a file is about: the file's own node, else the one named there, else the last one before it. */
  nodeAt(path: string, offset: number): NameKey | undefined {
    const file = this.#file(path);
    if (file.own) return file.own;
    let last: NameKey | undefined;
    let lastStart = -1;
    for (const fact of this.#facts.of(path)) {
      if (fact.fact === 'hole' || fact.span.start > offset || fact.span.start < lastStart) continue;
      if (fact.fact === 'use' && (fact.role !== 'properties' || fact.by !== undefined)) continue;
      const key = fact.fact === 'definition' ? this.#asNode(fact) : this.#named(fact);
      if (key) [last, lastStart] = [key, fact.span.start];
    }
    return last;
  }

  /** What a use names, where that is a node. */
  named(use: Use): NameKey | undefined {
    return this.#named(use);
  }

  definition(key: NameKey): Located<Definition> | undefined {
    return this.#namespaces.has(key.namespace) ? this.#facts.definitions(key)[0] : undefined;
  }

  /** The direct neighbours, by name. */
  neighbours(key: NameKey, direction: Direction): readonly Neighbour[] {
    const found = direction === 'upstream' ? this.#inputs(key) : this.#users(key);
    found.delete(idOf(key));
    return [...found.values()].sort((a, b) => compare(a.definition, b.definition));
  }

  /** The nodes around one of them; undefined where nothing of that name is defined. */
  around(request: LineageRequest): LineageGraph | undefined {
    const focus = this.definition(request.focus);
    return focus && new Walk(this, request, focus).graph();
  }

  #inputs(key: NameKey): Map<string, Mutable<Neighbour>> {
    const found = new Map<string, Mutable<Neighbour>>();
    const own = idOf(key);
    // Where it is described, too, something may be said to flow into it.
    const described = this.#facts.uses(key).filter((use) => use.role === 'properties');
    const paths = [...this.#facts.definitions(key), ...described].map(({ path }) => path);
    for (const path of new Set(paths)) {
      for (const use of this.#file(path).uses.get(own) ?? []) this.#note(found, this.#named(use), path, use);
    }
    return found;
  }

  #users(key: NameKey): Map<string, Mutable<Neighbour>> {
    const found = new Map<string, Mutable<Neighbour>>();
    for (const use of this.#facts.uses(key)) {
      if (!asides.has(use.role)) this.#note(found, this.#file(use.path).userOf(use), use.path, use);
    }
    return found;
  }

  #note(found: Map<string, Mutable<Neighbour>>, key: NameKey | undefined, path: string, { span }: Use): void {
    const definition = key && this.definition(key);
    if (!definition) return;
    const id = idOf(key);
    const known = found.get(id);
    if (known) known.places.push({ path, span });
    else found.set(id, { definition, places: [{ path, span }] });
  }

  #named(use: Use): NameKey | undefined {
    return keysOfUse(use).find((key) => this.definition(key) !== undefined);
  }

  #asNode(definition: Definition): NameKey | undefined {
    return this.#namespaces.has(definition.namespace) ? definition : undefined;
  }

  #file(path: string): FileLineage {
    let file = this.#files.get(path);
    if (!file) {
      file = new FileLineage(this.#facts.of(path), this.#namespaces);
      this.#files.set(path, file);
    }
    return file;
  }
}

/** The id of a name, to be given back by whoever was shown a node; its parts are nobody else's business. */
export function idOf({ namespace, scope, name }: NameKey): string {
  return JSON.stringify([namespace, scope, name]);
}

/** The name that an id stands for; undefined for anything else. */
export function keyOf(id: string): NameKey | undefined {
  const parts = parseJson(id);
  const [namespace, scope, name] = Array.isArray(parts) ? (parts as unknown[]) : [];
  return typeof namespace === 'string' && typeof scope === 'string' && typeof name === 'string'
    ? { namespace, scope, name }
    : undefined;
}

interface Mutable<T extends Neighbour> {
  readonly definition: T['definition'];
  readonly places: { readonly path: string; readonly span: Span }[];
}

interface Namespaces {
  has(namespace: string): boolean;
}

/** What a file is by being there, of these namespaces; undefined where it is nothing, or several things. */
export function wholeFile(facts: readonly Fact[], namespaces: Namespaces): Definition | undefined {
  return wholeFiles(facts, namespaces).values().next().value;
}

/** The same by scope: a file may be read for several projects. */
function wholeFiles(
  facts: readonly Fact[],
  namespaces: Namespaces,
): ReadonlyMap<string, Definition | undefined> {
  const found = new Map<string, Definition | undefined>();
  for (const fact of facts) {
    if (fact.fact !== 'definition' || !namespaces.has(fact.namespace)) continue;
    // A name of which only a part is written down is implicit too, and is not the whole file.
    if (fact.implicit !== true || fact.span.end > fact.span.start) continue;
    found.set(fact.scope, found.has(fact.scope) ? undefined : fact);
  }
  return found;
}

/** One file's nodes and what their texts use. */
class FileLineage {
  /** The node that the file is by being there. */
  readonly own: NameKey | undefined;
  readonly uses = new Map<string, Use[]>();
  readonly #owns: ReadonlyMap<string, NameKey | undefined>;

  constructor(facts: ReturnType<FactReader['of']>, namespaces: ReadonlySet<string>) {
    this.#owns = wholeFiles(facts, namespaces);
    this.own = this.#owns.values().next().value;
    for (const fact of facts) {
      if (fact.fact !== 'use' || asides.has(fact.role)) continue;
      if (!fact.namespaces.some((each) => namespaces.has(each))) continue;
      const user = this.userOf(fact);
      if (!user) continue;
      const known = this.uses.get(idOf(user));
      if (known) known.push(fact);
      else this.uses.set(idOf(user), [fact]);
    }
  }

  /** In whose text a use stands. */
  userOf({ by, scope }: Use): NameKey | undefined {
    return by ?? this.#owns.get(scope) ?? this.own;
  }
}

interface Reached {
  readonly definition: Located<Definition>;
  readonly side: LineageNode['side'];
  readonly distance: number;
}

/** From the focus outwards, the nearest first. */
class Walk {
  readonly #lineage: Lineage;
  readonly #request: LineageRequest;
  readonly #reached = new Map<string, Reached>();
  readonly #known = new Map<string, readonly Located<Definition>[]>();

  constructor(lineage: Lineage, request: LineageRequest, focus: Located<Definition>) {
    this.#lineage = lineage;
    this.#request = request;
    this.#reached.set(idOf(focus), { definition: focus, side: 'focus', distance: 0 });
    this.#spread(request);
    this.#expand();
  }

  graph(): LineageGraph {
    const nodes = [...this.#reached].map(([id, reached]): LineageNode => {
      const hidden = { upstream: this.#hidden(id, 'upstream'), downstream: this.#hidden(id, 'downstream') };
      return { id, ...reached, hidden };
    });
    const edges = nodes.flatMap(({ id }) =>
      this.#of(id, 'upstream')
        .map(idOf)
        .filter((from) => this.#reached.has(from))
        .map((from) => ({ from, to: id })),
    );
    return { focus: nodes[0]!.id, nodes, edges };
  }

  /** Both ways at a time, so that neither takes all the room. */
  #spread(depth: Readonly<Record<Direction, number>>): void {
    const focus = [...this.#reached.keys()];
    const front = { upstream: focus, downstream: focus };
    for (let distance = 1; front.upstream.length + front.downstream.length > 0; distance++) {
      for (const side of directions) {
        const from = distance > depth[side] ? [] : front[side];
        front[side] = from.flatMap((id) => this.#add(id, side, { side, distance }));
      }
    }
  }

  /** What was asked for by hand comes last and goes on from what it brought along. */
  #expand(): void {
    const { expanded } = this.#request;
    if (!expanded) return;
    const queue = new Set(this.#reached.keys());
    for (const id of queue) {
      for (const direction of directions) {
        if (!expanded[direction].has(id)) continue;
        const { side, distance } = this.#reached.get(id)!;
        const goesOn = side === direction || side === 'focus';
        const next = { side: goesOn ? direction : ('beside' as const), distance: distance + 1 };
        for (const added of this.#add(id, direction, next)) queue.add(added);
      }
    }
  }

  #add(id: string, direction: Direction, reached: Omit<Reached, 'definition'>): readonly string[] {
    const neighbours = this.#of(id, direction);
    const isAsked = this.#request.expanded?.[direction].has(id) === true;
    const added: string[] = [];
    for (const definition of isAsked ? neighbours : neighbours.slice(0, mostNeighbours)) {
      const other = idOf(definition);
      if (this.#reached.size >= mostNodes) break;
      if (this.#reached.has(other)) continue;
      this.#reached.set(other, { definition, ...reached });
      added.push(other);
    }
    return added;
  }

  #hidden(id: string, direction: Direction): number {
    return this.#of(id, direction).reduce(
      (sum, definition) => sum + (this.#reached.has(idOf(definition)) ? 0 : 1),
      0,
    );
  }

  #of(id: string, direction: Direction): readonly Located<Definition>[] {
    const known = this.#known.get(id + direction);
    if (known) return known;
    const found = this.#lineage.neighbours(keyOf(id)!, direction).map(({ definition }) => definition);
    this.#known.set(id + direction, found);
    return found;
  }
}

function compare(a: Definition, b: Definition): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.namespace < b.namespace ? -1 : 1;
}
