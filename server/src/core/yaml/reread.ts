import { YAMLException } from 'js-yaml';
import type { Problem } from '../system.ts';
import type { Span } from '../span.ts';
import { ownCopy } from '../own-copy.ts';
import type { TextChange } from '../text-change.ts';
import type { MapNode, Node, SeqNode } from '../tree.ts';
import { readEvents } from './events-to-tree.ts';
import { isBreak, lineEnd, skipBlanks, skipProperties } from './text-scan.ts';
import { AliasBomb, type Anchors } from './tree-builder.ts';
import { maxUnfolded, type YamlOptions } from './yaml-options.ts';

/** A sound text of one document without tabs, and what was made of it. */
export interface SoundText {
  readonly text: string;
  readonly tree: Node;
  readonly problems: readonly Problem[];
  readonly anchors: Anchors;
  /** At least how many nodes its aliases stand for. */
  readonly unfolded: number;
}

/** An item of a list in block style, and the lines that are its own. */
interface Item {
  /** From the document down to the list, each with the index of the child that leads on. */
  readonly path: readonly Step[];
  readonly list: SeqNode;
  readonly index: number;
  /** The start of the line of its dash. */
  readonly start: number;
  /** The start of the line that follows. */
  readonly end: number;
  readonly column: number;
}

interface Step {
  readonly node: MapNode | SeqNode;
  readonly index: number;
}

/**
 * Reads `text` by reading only the list item that differs from `before`. What is around it is taken over: the
 * collections it lies in are made anew, all other nodes stay the ones they were, those behind it moved to where they
 * now stand. So whatever was made of an unchanged node is still true of it but for its place.
 * Undefined where that cannot be told to be what reading the whole would give; then nothing was touched.
 */
export function reread(
  before: SoundText,
  text: string,
  { change, options }: { readonly change: TextChange; readonly options: YamlOptions },
): SoundText | undefined {
  const item = itemAround(before, change);
  if (item === undefined) return undefined;
  const by = text.length - before.text.length;
  const read = readItem(before, item, text.slice(item.start, item.end + by), options);
  if (read === undefined) return undefined;
  const unfolded = before.unfolded + read.unfolded;
  if (unfolded > maxUnfolded) return undefined;
  const problems = [...problemsAround(before.problems, item, by), ...read.problems];
  const tree = new Mover(item.end, by, before.anchors.size > 0 ? new Set() : undefined).graft(
    item,
    read.items,
    read.end,
  );
  return { text, tree, problems, anchors: before.anchors, unfolded };
}

function problemsAround(problems: readonly Problem[], { start, end }: Item, by: number): readonly Problem[] {
  return problems.flatMap((problem) => {
    if (problem.span.start < start) return problem;
    return problem.span.start < end ? [] : { ...problem, span: moved(problem.span, by) };
  });
}

/** The innermost list item whose lines hold the whole change. */
function itemAround({ text, tree, anchors }: SoundText, change: TextChange): Item | undefined {
  let found: Item | undefined;
  const path: Step[] = [];
  for (let node: Node | undefined = tree; node !== undefined && node.kind !== 'scalar';) {
    const index = childAround(node, change.start);
    if (index === undefined) break;
    if (node.kind === 'seq') {
      const item = linesOf(text, { path: [...path], list: node, index });
      if (item !== undefined && holds(item, change)) found = item;
    }
    path.push({ node, index });
    node = node.kind === 'seq' ? node.items[index] : node.pairs[index]?.value;
  }
  return found !== undefined && touchesAnchor(found, anchors) ? undefined : found;
}

/** The last child that begins before `offset`. */
function childAround(node: MapNode | SeqNode, offset: number): number | undefined {
  if (node.kind === 'map') {
    let found: number | undefined;
    let start = -1;
    for (const [index, { key }] of node.pairs.entries()) {
      // Pairs that a merge brings in stand last and have the places of their anchor.
      if (key.span.start <= start || key.span.start >= offset) continue;
      found = index;
      start = key.span.start;
    }
    return found;
  }
  const { items } = node;
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (items[middle]!.span.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low < 0 ? undefined : low;
}

/** The lines of an item, where the text shows them plainly. */
function linesOf(text: string, place: Pick<Item, 'path' | 'list' | 'index'>): Item | undefined {
  const { list, index } = place;
  const dash = list.span.start;
  if (text.charCodeAt(dash) !== 45) return undefined;
  let lineAt = dash;
  while (lineAt > 0 && text.charCodeAt(lineAt - 1) === 32) lineAt--;
  if (lineAt > 0 && !isBreak(text.charCodeAt(lineAt - 1))) return undefined;
  const column = dash - lineAt;
  const item = list.items[index]!;
  const start = index === 0 ? lineAt : contentLine(text, list.items[index - 1]!.span.end);
  const end = contentLine(text, item.span.end);
  if (!isDash(text, start, column) || !isBehindDash(text, start + column, item)) return undefined;
  // Behind the last item comes what lies further out, or the end.
  if (isDash(text, end, column) !== index < list.items.length - 1) return undefined;
  return { ...place, start, end, column };
}

/** The start of the first line behind the one of `from` that is neither blank nor a comment. */
function contentLine(text: string, from: number): number {
  for (let at = lineEnd(text, from); ; at = lineEnd(text, at)) {
    while (isBreak(text.charCodeAt(at))) at++;
    const start = at;
    while (text.charCodeAt(at) === 32) at++;
    if (at >= text.length) return text.length;
    const code = text.charCodeAt(at);
    if (code !== 35 && !isBreak(code)) return start;
  }
}

function isDash(text: string, line: number, column: number): boolean {
  for (let at = line; at < line + column; at++) if (text.charCodeAt(at) !== 32) return false;
  return text.charCodeAt(line + column) === 45;
}

/** The item is what stands behind the dash, and no alias of something else. */
function isBehindDash(text: string, dash: number, item: Node): boolean {
  const at = skipProperties(text, skipBlanks(text, dash + 1));
  if (item.span.start === at) return text.charCodeAt(at) !== 42;
  if (item.kind !== 'scalar') return false;
  if (item.style === 'single' || item.style === 'double') return item.span.start === at + 1;
  const isBlock = text.charCodeAt(at) === 124 || text.charCodeAt(at) === 62;
  return isBlock && item.span.start > at && (item.style === 'literal' || item.style === 'folded');
}

/** The dash stays, and so does the beginning of the line behind. */
function holds({ start, end, column }: Item, change: TextChange): boolean {
  return change.start > start + column && change.start < Math.max(end, change.end + 1) && change.end <= end;
}

/** What an anchor marks is the same node at other places, which would not change with it. */
function touchesAnchor({ start, end }: Item, anchors: Anchors): boolean {
  for (const { node } of anchors.values()) {
    if (node === undefined || (node.span.start < end && node.span.end > start)) return true;
    if (node.span.start >= start && node.span.start < end) return true;
  }
  return false;
}

interface ReadItem {
  readonly items: readonly Node[];
  readonly problems: readonly Problem[];
  /** The end of the last thing that was read. */
  readonly end: number;
  readonly unfolded: number;
}

/** The item, or the items that it has become, where these lines by themselves are a list at the same column. */
function readItem(
  { anchors, text: before }: SoundText,
  { path, start, end, column }: Item,
  lines: string,
  options: YamlOptions,
): ReadItem | undefined {
  if (end < before.length && !isBreak(lines.charCodeAt(lines.length - 1))) return undefined;
  if (lines.includes('\t') || /^(?:---|\.\.\.)/m.test(lines)) return undefined;
  const known = new Map([...anchors].filter(([, { node }]) => node !== undefined && node.span.start < start));
  try {
    const around = { depth: path.length, anchors: known };
    const { builder, secondDocument } = readEvents(ownCopy(lines), options, around);
    const { root, unfolded, ownAnchors, lastEnd } = builder;
    if (secondDocument >= 0 || ownAnchors > 0) return undefined;
    if (root?.kind !== 'seq' || root.span.start !== column) return undefined;
    const mover = new Mover(0, start, unfolded > 0 ? nodesBelow(known) : undefined);
    for (const item of root.items) mover.move(item);
    const problems = builder.problems.map((problem) => ({ ...problem, span: moved(problem.span, start) }));
    return { items: root.items, problems, end: lastEnd + start, unfolded };
  } catch (error) {
    if (error instanceof YAMLException || error instanceof RangeError || error instanceof AliasBomb)
      return undefined;
    throw error;
  }
}

/** All that aliases may lead to. */
function nodesBelow(anchors: Anchors): Set<Node> {
  const found = new Set<Node>();
  const collect = (node: Node): void => {
    if (found.has(node)) return;
    found.add(node);
    if (node.kind === 'seq') for (const item of node.items) collect(item);
    else if (node.kind === 'map') for (const { key, value } of node.pairs) [key, value].forEach(collect);
  };
  for (const { node } of anchors.values()) if (node !== undefined) collect(node);
  return found;
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** Moves what stands from an offset on. */
class Mover {
  readonly #from: number;
  readonly #by: number;
  /** What is not to be moved, or was: aliases bring a node to several places. */
  readonly #done: Set<Node> | undefined;

  constructor(from: number, by: number, done: Set<Node> | undefined) {
    this.#from = from;
    this.#by = by;
    this.#done = done;
  }

  /** The document with `items` in place of the one that was read anew; `end` is where the last of them ends. */
  graft({ path, list, index }: Item, items: readonly Node[], end: number): Node {
    const behind = list.items.slice(index + 1);
    for (const item of behind) this.move(item);
    let node: Node = {
      kind: 'seq',
      span: this.#around(list.span, end),
      items: [...list.items.slice(0, index), ...items, ...behind],
    };
    for (const step of path.toReversed()) node = this.#withChild(step, node, end);
    return node;
  }

  #withChild({ node, index }: Step, child: Node, end: number): Node {
    const span = this.#around(node.span, end);
    if (node.kind === 'seq') {
      const items = node.items.with(index, child);
      for (const item of items) if (item !== child) this.move(item);
      return { kind: 'seq', span, items };
    }
    const pairs = node.pairs.with(index, { key: node.pairs[index]!.key, value: child });
    for (const { key, value } of pairs) {
      this.move(key);
      if (value !== child) this.move(value);
    }
    return { kind: 'map', span, pairs };
  }

  /** A collection that ends with what was read anew ends where that ends. */
  #around({ start, end }: Span, newEnd: number): Span {
    return { start, end: end > this.#from ? end + this.#by : newEnd };
  }

  move(node: Node): void {
    if (node.span.start < this.#from || this.#done?.has(node) === true) return;
    this.#done?.add(node);
    // In place: a new span for each of a large file's nodes would be most of what a keystroke costs.
    const span = node.span as { start: number; end: number };
    span.start += this.#by;
    span.end += this.#by;
    if (node.kind === 'seq') for (const item of node.items) this.move(item);
    else if (node.kind === 'map')
      for (const { key, value } of node.pairs) {
        this.move(key);
        this.move(value);
      }
  }
}
