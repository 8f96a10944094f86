import type { GraphJson } from './graph-drawing.ts';
import { inGroups } from './graph-groups.ts';
import { nodesByState, stateLooks } from './graph-states.ts';

/** The graph as a Mermaid flow chart: a box around each project, a dashed arrow where one thing sets another to work. */
export function graphMermaid(graph: GraphJson): string {
  const lines = ['flowchart LR'];
  const at = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  for (const [index, { label, nodes }] of inGroups(graph).entries()) {
    const drawn = nodes.map(({ id, name }) => `  ${at.get(id)}["${escapeMermaid(name)}"]`);
    if (label === '') lines.push(...drawn);
    else
      lines.push(
        `  subgraph g${index}["${escapeMermaid(label)}"]`,
        ...drawn.map((line) => `  ${line}`),
        '  end',
      );
  }
  for (const { from, to, flow } of graph.edges)
    lines.push(`  ${at.get(from)} ${flow === 'data' ? '-->' : '-.->'} ${at.get(to)}`);
  for (const [status, nodes] of nodesByState(graph)) {
    const { fill, line } = stateLooks[status];
    lines.push(
      `  classDef ${status} fill:${fill},stroke:${line},color:#1b1b1f`,
      `  class ${nodes.map(({ id }) => at.get(id)).join(',')} ${status}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Text for a quoted label. Mermaid reads quotes, Markdown, HTML and its own `#…;` in one, and a number or a dash at
 * the start as a list: all but plain characters are written as their numbers.
 */
export function escapeMermaid(text: string): string {
  if (text === '') return ' ';
  const escaped = text.replace(
    /[^\p{L}\p{M}\p{N} _./:→·-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
  return escaped.replace(
    /^(\d+)([.)])(?=\s|$)|^([-+*])(?=\s|$)/,
    (_whole, digits = '', mark = '', dash = '') => {
      const sign = String(mark) || String(dash);
      return `${String(digits)}#${sign.codePointAt(0)};`;
    },
  );
}
