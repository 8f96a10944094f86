import { stateShape } from './icons.ts';
import type { Size } from './layout.ts';
import type { RunStatus } from './node-run.ts';
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

/** What a node shows. */
export interface NodeLook {
  readonly name: string;
  /** In small letters below the name. */
  readonly note: string;
  /** A shape of 16 by 16. */
  readonly icon: string;
  readonly state?: RunStatus | undefined;
  readonly tooltip: string;
  readonly classes: readonly string[];
}

/** One size for all nodes, so that columns are straight: wide enough for the longest name within reason. */
export function nodeSize(looks: Iterable<NodeLook>, measure: TextMeasure): Size {
  let width = smallest;
  for (const look of looks) {
    if (width >= widest) break;
    const text = Math.max(measure.width(look.name, nameFont), measure.width(look.note, noteFont));
    width = Math.max(width, text + besidesText(look));
  }
  return { width: Math.ceil(Math.min(widest, width)), height };
}

/** Draws a node around its middle. */
export function drawNode(look: NodeLook, { width }: Size, measure: TextMeasure): SVGGElement {
  const [left, top] = [-width / 2, -height / 2];
  const textLeft = left + padding + icon + gap;
  const room = width - besidesText(look);
  const { name, note, state } = look;
  const group = svg(
    'g',
    { class: classOf(look) },
    svg('title', {}, look.tooltip),
    svg('rect', { class: 'ring', x: left - 4, y: top - 4, width: width + 8, height: height + 8, rx: 9 }),
    svg('rect', { class: 'box', x: left, y: top, width, height, rx: 6 }),
    svg('path', { class: 'kind', transform: `translate(${left + padding} ${-icon / 2})`, d: look.icon }),
    svg('text', { class: 'name', x: textLeft, y: -4 }, measure.cut(name, room, nameFont)),
    svg('text', { class: 'note', x: textLeft, y: 12 }, measure.cut(note, room, noteFont)),
  );
  if (state) {
    const x = -left - padding - icon;
    group.append(
      svg('path', { class: 'state', transform: `translate(${x} ${-icon / 2})`, d: stateShape(state) }),
    );
  }
  return group;
}

/** The same where it is too small for words. */
export function drawFarNode(look: NodeLook, { width }: Size): SVGGElement {
  const [left, top] = [-width / 2, -height / 2];
  return svg(
    'g',
    { class: classOf(look) },
    svg('title', {}, look.tooltip),
    svg('rect', { class: 'ring', x: left - 12, y: top - 12, width: width + 24, height: height + 24, rx: 12 }),
    svg('rect', { class: 'box far', x: left, y: top, width, height, rx: 6 }),
  );
}

export interface ChipLook {
  readonly label: string;
  readonly hint: string;
  readonly side: 'left' | 'right';
  /** Attributes by which it is told from others when it is pressed. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A small button on the lower edge of a node. */
export function drawChip(
  { label, hint, side, attributes }: ChipLook,
  size: Size,
  measure: TextMeasure,
): SVGGElement {
  const chipWidth = Math.max(22, Math.ceil(measure.width(label, chipFont)) + 12);
  const x = (side === 'left' ? -1 : 1) * (size.width / 2 - 10 - chipWidth / 2);
  return svg(
    'g',
    { class: 'chip', ...attributes, 'aria-hidden': 'true', transform: `translate(${x} ${size.height / 2})` },
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

function classOf({ classes, state }: NodeLook): string {
  return ['node', ...classes, ...(state ? [`run-${state}`] : [])].join(' ');
}

function besidesText({ state }: NodeLook): number {
  return 2 * padding + icon + gap + (state ? gap + icon : 0);
}
