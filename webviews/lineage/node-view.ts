import { describe, type GraphModel } from './graph-model.ts';
import { kindShape, stateShape } from './icons.ts';
import type { Point, Size } from './layout.ts';
import type { Direction, NodeView } from './protocol.ts';
import { svg, type TextMeasure } from './svg.ts';

const height = 44;
const padding = 12;
const icon = 16;
const gap = 8;
const smallest = 132;
const widest = 232;
const nameFont = { size: 13, bold: true };
const noteFont = { size: 11 };
const chipFont = { size: 11 };
const chipHeight = 16;

/** One size for all nodes, so that columns are straight: wide enough for the longest name within reason. */
export function nodeSize(nodes: readonly NodeView[], measure: TextMeasure): Size {
  let width = smallest;
  for (const node of nodes) {
    const text = Math.max(measure.width(node.name, nameFont), measure.width(describe(node), noteFont));
    width = Math.max(width, text + besidesText(node));
  }
  return { width: Math.ceil(Math.min(widest, width)), height };
}

/** Draws a node around its middle. */
export function drawNode(
  node: NodeView,
  { model, size, measure, at }: { model: GraphModel; size: Size; measure: TextMeasure; at: Point },
): SVGGElement {
  const { width } = size;
  const [left, top] = [-width / 2, -height / 2];
  const textLeft = left + padding + icon + gap;
  const room = width - besidesText(node);
  const group = svg(
    'g',
    { class: classOf(node), 'data-node': node.id, transform: `translate(${at.x} ${at.y})` },
    svg('title', {}, tooltip(node)),
    svg('rect', { class: 'ring', x: left - 4, y: top - 4, width: width + 8, height: height + 8, rx: 9 }),
    svg('rect', { class: 'box', x: left, y: top, width, height, rx: 6 }),
    svg('path', {
      class: 'kind',
      transform: `translate(${left + padding} ${-icon / 2})`,
      d: kindShape(node.what),
    }),
    svg('text', { class: 'name', x: textLeft, y: -4 }, measure.cut(node.name, room, nameFont)),
    svg('text', { class: 'note', x: textLeft, y: 12 }, measure.cut(describe(node), room, noteFont)),
  );
  if (node.run) {
    const x = -left - padding - icon;
    const shape = {
      class: 'state',
      transform: `translate(${x} ${-icon / 2})`,
      d: stateShape(node.run.status),
    };
    group.append(svg('path', shape));
  }
  for (const direction of ['upstream', 'downstream'] as const) {
    const chip = drawChip(node, direction, { model, width, measure });
    if (chip) group.append(chip);
  }
  return group;
}

/** `+12` where neighbours are hidden, `−` where they were brought in by hand. */
function drawChip(
  node: NodeView,
  direction: Direction,
  { model, width, measure }: { model: GraphModel; width: number; measure: TextMeasure },
): SVGGElement | undefined {
  const hidden = node.hidden[direction];
  const isExpanded = model.isExpanded(node.id, direction);
  if (hidden === 0 && !isExpanded) return undefined;
  const label = isExpanded ? '−' : `+${hidden}`;
  const chipWidth = Math.max(22, Math.ceil(measure.width(label, chipFont)) + 12);
  const side = direction === 'upstream' ? -1 : 1;
  const x = side * (width / 2 - 10 - chipWidth / 2);
  const hint = isExpanded
    ? `Hide what was added ${direction}${hidden > 0 ? `; ${hidden} more are not shown` : ''}`
    : `Show ${hidden} more ${direction}`;
  return svg(
    'g',
    {
      class: 'chip',
      'data-direction': direction,
      'aria-hidden': 'true',
      transform: `translate(${x} ${height / 2})`,
    },
    svg('title', {}, hint),
    svg('rect', {
      x: -chipWidth / 2,
      y: -chipHeight / 2,
      width: chipWidth,
      height: chipHeight,
      rx: chipHeight / 2,
    }),
    svg('text', { y: 4 }, label),
  );
}

function classOf({ side, run }: NodeView): string {
  return ['node', `side-${side}`, ...(run ? [`run-${run.status}`] : [])].join(' ');
}

function tooltip(node: NodeView): string {
  const { run } = node;
  const lines = [`${node.name} (${describe(node)})`];
  if (run) lines.push(`${run.step}: ${run.status}, ${run.when}`);
  if (run?.message !== undefined) lines.push(run.message);
  return lines.join('\n');
}

function besidesText({ run }: NodeView): number {
  return 2 * padding + icon + gap + (run ? gap + icon : 0);
}
