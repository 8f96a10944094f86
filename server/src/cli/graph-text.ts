import type { GraphJson, GraphNode } from './graph-drawing.ts';
import { inGroups } from './graph-groups.ts';

/** Limit: a longer list is not read, so that shelves are counted instead. */
const mostListed = 200;
const mostTargets = 6;

/** The graph for a terminal: what there is by project and shelf, each with what it leads to. */
export function graphText(graph: GraphJson): string {
  const { nodes, edges } = graph;
  if (nodes.length === 0) return 'Nothing was found here.\n';
  const lines = inGroups(graph).flatMap((group) => [
    ...(group.label === '' ? [] : [group.label]),
    ...(nodes.length > mostListed ? counted(group.nodes) : listed(group.nodes, graph)),
    '',
  ]);
  lines.push(`${plural(nodes.length, 'node')}, ${plural(edges.length, 'edge')}`);
  if (nodes.length > mostListed) lines.push('`--around NAME`, `--from NAME` and `--to NAME` show a part.');
  return `${lines.join('\n')}\n`;
}

function listed(nodes: readonly GraphNode[], graph: GraphJson): readonly string[] {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const targets = new Map<string, string[]>();
  for (const { from, to } of graph.edges) {
    const list = targets.get(from);
    if (list) list.push(names.get(to)!);
    else targets.set(from, [names.get(to)!]);
  }
  return [...onShelves(nodes)].flatMap(([shelf, on]) => [
    ...(shelf === '' ? [] : [`  ${shelf}`]),
    ...on.map(({ id, name }) => `${shelf === '' ? '  ' : '    '}${name}${leadsTo(targets.get(id) ?? [])}`),
  ]);
}

function leadsTo(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > mostTargets ? ` and ${names.length - mostTargets} more` : '';
  return ` → ${names.slice(0, mostTargets).join(', ')}${more}`;
}

function counted(nodes: readonly GraphNode[]): readonly string[] {
  return [...onShelves(nodes)].map(([shelf, on]) => `  ${shelf === '' ? '' : `${shelf}: `}${on.length}`);
}

function onShelves(nodes: readonly GraphNode[]): ReadonlyMap<string, readonly GraphNode[]> {
  const shelves = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const shelf = node.path.slice(1).join('/');
    const list = shelves.get(shelf);
    if (list) list.push(node);
    else shelves.set(shelf, [node]);
  }
  return shelves;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
