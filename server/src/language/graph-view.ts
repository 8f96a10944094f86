import type { GraphKind } from '../core/facts.ts';
import { withoutImplied } from './graph-part.ts';
import type { PlatformGraph, PlatformNode } from './platform-graph.ts';

/** Limit: more boxes than these are not opened unless somebody asks. */
const mostAtFirst = 40;

/** What is shown of a graph: groups that are closed stand for what is in them. */
export interface GraphView {
  readonly boxes: readonly GraphBox[];
  readonly edges: readonly BoxEdge[];
}

export type GraphBox = NodeBox | GroupBox;

export interface NodeBox {
  readonly kind: 'node';
  readonly id: string;
  readonly node: PlatformNode;
  /** The innermost group it stands in. */
  readonly group: GraphGroup;
}

export interface GroupBox {
  readonly kind: 'group';
  readonly id: string;
  readonly group: GraphGroup;
  readonly members: readonly PlatformNode[];
}

export interface BoxEdge {
  readonly from: string;
  readonly to: string;
  readonly flow: GraphKind['flow'];
  /** How many edges of the graph it stands for. */
  readonly count: number;
}

/** A project, or a shelf in one. */
export interface GraphGroup {
  readonly id: string;
  readonly label: string;
  readonly parent: GraphGroup | undefined;
  /** The system that its things are of; undefined for what several share. */
  readonly system: string | undefined;
  /** Closed it would only hide what takes the same room, so it is always open. */
  readonly isSingle: boolean;
}

/** What somebody opened or closed by hand, by the ids of groups. */
export interface Openings {
  readonly opened: ReadonlySet<string>;
  readonly closed: ReadonlySet<string>;
}

/**
 * A graph as it is looked at: the smallest groups open as long as there is room, so that a small platform is seen
 * whole and a large one by its projects and folders; what was opened or closed by hand comes before that.
 */
export function viewOf(graph: PlatformGraph, openings: Openings): GraphView {
  const tree = new GroupTree(graph.nodes);
  const atFirst = tree.openAtFirst();
  const { opened, closed } = openings;
  const boxes: GraphBox[] = [];
  const boxOf = new Map<number, number>();
  const show = (group: Group): void => {
    const isOpen = group.isSingle || opened.has(group.id) || (atFirst.has(group) && !closed.has(group.id));
    if (!isOpen) {
      const indexes = group.all();
      for (const index of indexes) boxOf.set(index, boxes.length);
      boxes.push({
        kind: 'group',
        id: group.id,
        group,
        members: indexes.map((index) => graph.nodes[index]!),
      });
      return;
    }
    for (const inner of group.groups.values()) show(inner);
    for (const index of group.nodes) {
      const node = graph.nodes[index]!;
      boxOf.set(index, boxes.length);
      boxes.push({ kind: 'node', id: node.id, node, group });
    }
  };
  for (const group of tree.roots) show(group);
  return { boxes, edges: edgesBetween(graph, boxes, boxOf) };
}

/** The groups that a node stands in, the innermost first. */
export function groupsOf(node: PlatformNode): readonly GraphGroup[] {
  const found: GraphGroup[] = [];
  for (let at: GraphGroup | undefined = new GroupTree([node]).innermost; at; at = at.parent) found.push(at);
  return found;
}

function edgesBetween(
  graph: PlatformGraph,
  boxes: readonly GraphBox[],
  boxOf: ReadonlyMap<number, number>,
): readonly BoxEdge[] {
  const found = new Map<number, { from: string; to: string; flow: GraphKind['flow']; count: number }>();
  for (const { from, to, flow } of withoutImplied(graph).edges) {
    const [start, end] = [boxOf.get(from)!, boxOf.get(to)!];
    if (start === end) continue;
    const key = start * boxes.length + end;
    const known = found.get(key);
    if (!known) found.set(key, { from: boxes[start]!.id, to: boxes[end]!.id, flow, count: 1 });
    else {
      known.count++;
      if (flow === 'data') known.flow = flow;
    }
  }
  return [...found.values()];
}

class Group implements GraphGroup {
  readonly id: string;
  readonly label: string;
  readonly parent: Group | undefined;
  readonly system: string | undefined;
  readonly groups = new Map<string, Group>();
  /** Indexes of the nodes that stand in it itself. */
  readonly nodes: number[] = [];

  constructor(label: string, key: readonly string[], at: { parent?: Group; system: string | undefined }) {
    this.id = JSON.stringify(key);
    this.label = label;
    this.parent = at.parent;
    this.system = at.system;
  }

  get isSingle(): boolean {
    return this.groups.size + this.nodes.length === 1;
  }

  /** How much more room it takes when it is open. */
  get cost(): number {
    return this.groups.size + this.nodes.length - 1;
  }

  all(): readonly number[] {
    return [...[...this.groups.values()].flatMap((group) => group.all()), ...this.nodes];
  }
}

class GroupTree {
  readonly #roots = new Map<string, Group>();
  innermost: Group | undefined;

  constructor(nodes: readonly PlatformNode[]) {
    for (const [index, { systems, project, shelves }] of nodes.entries()) {
      const [only, ...others] = systems;
      const system = others.length > 0 ? undefined : only;
      const key = [system ?? '', project ?? ''];
      let groups = this.#roots;
      let group: Group | undefined;
      for (const shelf of shelves) {
        key.push(shelf);
        const name = groups === this.#roots ? key.join('\0') : shelf;
        let next: Group | undefined = groups.get(name);
        if (!next)
          groups.set(name, (next = new Group(shelf, key, { ...(group ? { parent: group } : {}), system })));
        group = next;
        groups = next.groups;
      }
      group?.nodes.push(index);
      this.innermost = group;
    }
  }

  get roots(): Iterable<Group> {
    return this.#roots.values();
  }

  openAtFirst(): ReadonlySet<Group> {
    const opened = new Set<Group>();
    const closed = new Set(this.roots);
    let room = mostAtFirst - closed.size;
    for (;;) {
      const next = smallest(closed);
      if (!next || (next.cost > room && next.cost > 0)) return opened;
      room -= next.cost;
      opened.add(next);
      closed.delete(next);
      for (const group of next.groups.values()) closed.add(group);
    }
  }
}

function smallest(groups: Iterable<Group>): Group | undefined {
  let best: Group | undefined;
  for (const group of groups) if (!best || group.cost < best.cost) best = group;
  return best;
}
