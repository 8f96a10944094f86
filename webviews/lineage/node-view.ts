import { kindShape } from '../shared/graph/icons.ts';
import type { Size } from '../shared/graph/layout.ts';
import { drawChip, drawNode, type NodeLook } from '../shared/graph/node-shape.ts';
import type { TextMeasure } from '../shared/graph/svg.ts';
import { describe, type GraphModel } from './graph-model.ts';
import type { Direction, NodeView } from './protocol.ts';

export function lookOf(node: NodeView): NodeLook {
  return {
    name: node.name,
    note: describe(node),
    icon: kindShape(node.what),
    state: node.run?.status,
    tooltip: tooltip(node),
    classes: [`side-${node.side}`],
  };
}

/** Draws a node around its middle, with a chip on each side where neighbours are hidden. */
export function drawLineageNode(
  node: NodeView,
  { model, size, measure }: { model: GraphModel; size: Size; measure: TextMeasure },
): SVGGElement {
  const drawn = drawNode(lookOf(node), size, measure);
  for (const direction of ['upstream', 'downstream'] as const) {
    const look = chipOf(node, direction, model);
    if (look) drawn.append(drawChip(look, size, measure));
  }
  return drawn;
}

/** `+12` where neighbours are hidden, `−` where they were brought in by hand. */
function chipOf(node: NodeView, direction: Direction, model: GraphModel) {
  const hidden = node.hidden[direction];
  const isExpanded = model.isExpanded(node.id, direction);
  if (hidden === 0 && !isExpanded) return undefined;
  const hint = isExpanded
    ? `Hide what was added ${direction}${hidden > 0 ? `; ${hidden} more are not shown` : ''}`
    : `Show ${hidden} more ${direction}`;
  const side = direction === 'upstream' ? ('left' as const) : ('right' as const);
  return { label: isExpanded ? '−' : `+${hidden}`, hint, side, attributes: { 'data-direction': direction } };
}

function tooltip(node: NodeView): string {
  const { run } = node;
  const lines = [`${node.name} (${describe(node)})`];
  if (run) lines.push(`${run.step}: ${run.status}, ${run.when}`);
  if (run?.message !== undefined) lines.push(run.message);
  return lines.join('\n');
}
