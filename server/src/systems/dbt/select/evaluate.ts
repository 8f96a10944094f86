import type { Selection } from '../../../core/step.ts';
import type { Spec } from '../selector-spec.ts';
import { expressionOf, type Expression } from './expression.ts';
import { searchOf } from './methods.ts';
import type { Resource, Resources } from './resource.ts';

/** Which tests of what is selected are selected with it, where they test something else, too. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** What a selection means, as far as its words tell; `doubts` say in sentences what only dbt can tell. */
export interface Evaluated {
  readonly selected: readonly Resource[];
  readonly doubts: readonly string[];
}

interface Circumstances {
  readonly ownPackage: string;
  /** How the run is told to take tests; a selector may say otherwise. */
  readonly indirect?: IndirectSelection;
  /** What a selector of the project says; undefined where there is none of that name. */
  readonly selector?: (name: string) => Expression | undefined;
}

/** What dbt would select of these resources; without `select` all of them. */
export function evaluate(
  { all, doubts }: Resources,
  { select, exclude }: Selection,
  circumstances: Circumstances,
): Evaluated {
  const evaluator = new Evaluator(new Graph(all), circumstances);
  const everything = {
    kind: 'union',
    of: ['fqn:*', 'source:*'].map((text) => expressionOf([text])),
  } as const;
  const included = select.length === 0 ? everything : expressionOf(select);
  const { direct } = evaluator.find(
    exclude.length === 0 ? included : { kind: 'difference', of: [included, expressionOf(exclude)] },
  );
  return {
    selected: all.filter(({ id }) => direct.has(id)),
    doubts: [...doubts, ...evaluator.doubts],
  };
}

/** Who reads whom, to be followed in both directions. */
class Graph {
  readonly ids: readonly string[];
  readonly resources: ReadonlyMap<string, Resource>;
  readonly #children = new Map<string, string[]>();

  constructor(all: readonly Resource[]) {
    this.resources = new Map(all.map((each) => [each.id, each]));
    this.ids = [...this.resources.keys()];
    for (const { id, parents } of all)
      for (const parent of parents) {
        const known = this.#children.get(parent);
        if (known) known.push(id);
        else this.#children.set(parent, [id]);
      }
  }

  parents(id: string): readonly string[] {
    return (this.resources.get(id)?.parents ?? []).filter((each) => this.resources.has(each));
  }

  children(id: string): readonly string[] {
    return this.#children.get(id) ?? [];
  }

  /** All that is reached in so many steps at most, without what it starts from. */
  around(
    start: Iterable<string>,
    next: (id: string) => readonly string[],
    most = Infinity,
  ): ReadonlySet<string> {
    const found = new Set<string>();
    let edge = [...start];
    for (let depth = 0; depth < most && edge.length > 0; depth++) {
      edge = edge.flatMap(next).filter((id) => !found.has(id) && found.add(id));
    }
    return found;
  }
}

interface Found {
  readonly direct: ReadonlySet<string>;
  /** Tests that wait for the rest of what they test to be selected, too. */
  readonly waiting: ReadonlySet<string>;
}

const nothing: Found = { direct: new Set(), waiting: new Set() };

class Evaluator {
  readonly #graph: Graph;
  readonly #circumstances: Circumstances;
  readonly #within: string[] = [];
  readonly doubts = new Set<string>();

  constructor(graph: Graph, circumstances: Circumstances) {
    this.#graph = graph;
    this.#circumstances = circumstances;
  }

  find(expression: Expression): Found {
    if (expression.kind === 'doubt') return this.#doubt(expression.reason);
    if (expression.kind === 'criterion') return this.#criterion(expression.spec, expression.indirect);
    const parts = expression.of.map((each) => this.find(each));
    const combine = combinations[expression.kind];
    const direct = combine(parts.map((part) => part.direct));
    const waiting = combine(parts.map((part) => new Set([...part.direct, ...part.waiting])));
    const complete = [...waiting].filter((id) => this.#isTest(id) && this.#isWhole(id, direct));
    return { direct: new Set([...direct, ...complete]), waiting };
  }

  #criterion({ method, value, ...spec }: Spec, indirect: string | undefined): Found {
    if (method === 'selector') return this.#selector(value);
    const search = searchOf(method, value, this.#circumstances.ownPackage);
    if ('doubt' in search) return this.#doubt(search.doubt);
    const graph = this.#graph;
    const meant = graph.ids.filter((id) => search(graph.resources.get(id)!));
    const selected = new Set([...meant, ...this.#neighbours(spec, meant)]);
    return this.#withTests(selected, indirect ?? this.#circumstances.indirect ?? 'eager');
  }

  /** What it selects is final: no test comes back that it leaves out. */
  #selector(name: string): Found {
    const definition = this.#circumstances.selector?.(name);
    if (!definition) return this.#doubt(`there is no selector \`${name}\``);
    if (this.#within.includes(name)) return this.#doubt(`the selector \`${name}\` needs itself`);
    this.#within.push(name);
    const { direct } = this.find(definition);
    this.#within.pop();
    return { direct, waiting: new Set() };
  }

  #doubt(reason: string): Found {
    this.doubts.add(reason);
    return nothing;
  }

  #neighbours(spec: Omit<Spec, 'method' | 'value'>, meant: readonly string[]): readonly string[] {
    const graph = this.#graph;
    const up = (id: string): readonly string[] => graph.parents(id);
    const down = (id: string): readonly string[] => graph.children(id);
    const found: string[] = [];
    if (spec.parents) found.push(...graph.around(meant, up, spec.parentsDepth));
    if (spec.children) found.push(...graph.around(meant, down, spec.childrenDepth));
    if (spec.childrensParents) {
      const below = [...meant, ...graph.around(meant, down)];
      found.push(...below, ...graph.around(below, up));
    }
    return found;
  }

  /** A test is selected with what it tests; where it tests several things, as it was said. */
  #withTests(selected: ReadonlySet<string>, indirect: string): Found {
    const direct = new Set(selected);
    const waiting = new Set<string>();
    if (indirect === 'empty') return { direct, waiting };
    const graph = this.#graph;
    const buildable =
      indirect === 'buildable'
        ? new Set([
            ...selected,
            ...graph.around(selected, (id) => graph.parents(id)),
            ...graph.ids.filter((id) => graph.resources.get(id)!.type === 'source'),
          ])
        : selected;
    for (const id of graph.around(selected, (each) => graph.children(each), 1)) {
      if (!this.#isTest(id)) continue;
      if (indirect === 'eager' || this.#isWhole(id, buildable)) direct.add(id);
      else waiting.add(id);
    }
    return { direct, waiting };
  }

  #isTest(id: string): boolean {
    const type = this.#graph.resources.get(id)?.type;
    return type === 'test' || type === 'unit_test';
  }

  #isWhole(id: string, among: ReadonlySet<string>): boolean {
    return this.#graph.parents(id).every((parent) => among.has(parent));
  }
}

type Ids = ReadonlySet<string>;

const combinations: Readonly<Record<'union' | 'intersection' | 'difference', (sets: readonly Ids[]) => Ids>> =
  {
    union: (sets) => new Set(sets.flatMap((set) => [...set])),
    intersection: ([first = new Set(), ...others]) =>
      new Set([...first].filter((id) => others.every((set) => set.has(id)))),
    difference: ([first = new Set(), ...others]) =>
      new Set([...first].filter((id) => !others.some((set) => set.has(id)))),
  };
