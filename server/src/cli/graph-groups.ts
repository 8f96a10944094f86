import type { GraphJson, GraphNode } from './graph-drawing.ts';

export interface GraphGroup {
  /** The system and the project; the shelf for what several systems share; '' for what stands nowhere. */
  readonly label: string;
  readonly nodes: readonly GraphNode[];
}

/** The nodes by the widest part of their place, in the order of the graph. */
export function inGroups({ systems, nodes }: GraphJson): readonly GraphGroup[] {
  const titles = new Map(systems.map(({ id, title }) => [id, title]));
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const [first] = node.path;
    const [only, ...others] = node.systems;
    const title = only === undefined || others.length > 0 ? '' : `${titles.get(only) ?? only} · `;
    const label = first === undefined ? '' : title + first;
    const group = groups.get(label);
    if (group) group.push(node);
    else groups.set(label, [node]);
  }
  return [...groups].map(([label, grouped]) => ({ label, nodes: grouped }));
}
