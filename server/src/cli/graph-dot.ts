import type { GraphJson } from './graph-drawing.ts';
import { inGroups } from './graph-groups.ts';
import { stateLooks } from './graph-states.ts';

/** The graph in the language of Graphviz: a box around each project, a dashed arrow where one thing sets another to work. */
export function graphDot(graph: GraphJson): string {
  const lines = ['digraph platform {', '  rankdir=LR;', '  node [shape=box];'];
  const at = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  for (const [index, { label, nodes }] of inGroups(graph).entries()) {
    const drawn = nodes.map(
      ({ id, name, kind, run }) =>
        `  ${at.get(id)} [label=${quoteDot(name)}, tooltip=${quoteDot(run ? `${kind}, ${run.status}` : kind)}${run ? filled(run.status) : ''}];`,
    );
    if (label === '') lines.push(...drawn);
    else
      lines.push(
        `  subgraph cluster_${index} {`,
        `    label=${quoteDot(label)};`,
        ...drawn.map((line) => `  ${line}`),
        '  }',
      );
  }
  for (const { from, to, flow } of graph.edges)
    lines.push(`  ${at.get(from)} -> ${at.get(to)}${flow === 'data' ? '' : ' [style=dashed]'};`);
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function filled(status: keyof typeof stateLooks): string {
  const { fill, line } = stateLooks[status];
  return `, style=filled, fillcolor="${fill}", color="${line}", fontcolor="#1b1b1f"`;
}

/** A quoted string of DOT that shows as `text`: labels know escapes by a backslash and entities of HTML. */
export function quoteDot(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\p{Cc}]+/gu, ' ');
  return `"${escaped}"`;
}
