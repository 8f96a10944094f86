import type { Problem } from '../system.ts';
import type { MapNode, Node, Pair, ScalarNode } from '../tree.ts';
import { scalarValue, tagProblem } from './tags.ts';
import { finishPairs } from './map-pairs.ts';
import { maxUnfolded, type YamlOptions } from './yaml-options.ts';

/** A span whose end is not known while its collection is open. */
export interface OpenSpan {
  readonly start: number;
  end: number;
}

interface OpenMap {
  readonly kind: 'map';
  readonly span: OpenSpan;
  pairs: readonly Pair[];
}

interface OpenSeq {
  readonly kind: 'seq';
  readonly span: OpenSpan;
  readonly items: Node[];
}

interface Frame {
  readonly node: OpenMap | OpenSeq;
  /** The pairs of an open map. */
  readonly pairs: Pair[];
  /** The key that waits for its value. */
  key: ScalarNode | undefined;
  /** True while a key waits that no tree can hold: its value is dropped with it. */
  drops: boolean;
  /** Where a key that is no scalar began; -1 where all keys are scalars. */
  complexKeyAt: number;
  hasMerge: boolean;
  size: number;
  readonly anchor: Anchor | undefined;
}

interface Anchor {
  /** Undefined while its collection is open. */
  node: Node | undefined;
  /** How many nodes an alias of it unfolds to. */
  size: number;
}

/** The anchors of a document by their names; of two of one name the later one. */
export type Anchors = ReadonlyMap<string, Readonly<Anchor>>;

export interface Properties {
  readonly anchor: string;
  /** Where the anchor's name stands. */
  readonly anchorStart: number;
  /** In full, `tag:yaml.org,2002:str`. */
  readonly tag: string;
  readonly tagStart: number;
  readonly tagEnd: number;
}

/** Thrown when aliases would unfold to more than anybody can hold; `parseYaml` catches it. */
export class AliasBomb extends Error {
  readonly at: number;
  readonly end: number;
  constructor(at: number, end: number) {
    super('alias bomb');
    this.at = at;
    this.end = end;
  }
}

/**
 * Makes the one thin tree from what either parser says, in the order of the text. Both roads use it, so
 * that keys, merges, aliases, tags and their problems cannot differ between them.
 */
export class TreeBuilder {
  readonly problems: Problem[] = [];
  root: Node | undefined;
  /** The end of what was read last: quotes, tags and brackets included. */
  lastEnd = 0;
  readonly #text: string;
  readonly #options: YamlOptions;
  readonly #frames: Frame[] = [];
  #top: Frame | undefined;
  readonly #anchors: Map<string, Anchor>;
  /** How many anchors were read. */
  ownAnchors = 0;
  /** How many nodes the aliases stand for that were read. */
  unfolded = 0;

  /** `anchors` are those that stand before the text. */
  constructor(text: string, options: YamlOptions, anchors: Anchors = new Map()) {
    this.#text = text;
    this.#options = options;
    this.#anchors = new Map(anchors);
  }

  get anchors(): Anchors {
    return this.#anchors;
  }

  /** What the next node is to its parent. */
  get expects(): 'root' | 'key' | 'value' | 'item' {
    const top = this.#top;
    if (top === undefined) return 'root';
    if (top.node.kind === 'seq') return 'item';
    return top.key === undefined && !top.drops ? 'key' : 'value';
  }

  get depth(): number {
    return this.#frames.length;
  }

  openMap(start: number, properties?: Properties): void {
    this.#open({ kind: 'map', span: { start, end: start }, pairs: [] }, properties);
  }

  openSeq(start: number, properties?: Properties): void {
    this.#open({ kind: 'seq', span: { start, end: start }, items: [] }, properties);
  }

  #open(node: OpenMap | OpenSeq, properties: Properties | undefined): void {
    let anchor: Anchor | undefined;
    if (properties !== undefined) {
      if (properties.tag !== '') this.#checkTag(node.kind, '', properties);
      if (properties.anchor !== '') anchor = this.#anchor(properties, undefined, 0);
    }
    const frame: Frame = {
      node,
      pairs: [],
      key: undefined,
      drops: false,
      complexKeyAt: -1,
      hasMerge: false,
      size: 1,
      anchor,
    };
    this.#frames.push(frame);
    this.#top = frame;
  }

  /** Ends the collection opened last; `end` lies behind its last character. */
  close(end: number): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    this.#top = this.#frames.at(-1);
    frame.node.span.end = end;
    if (end > this.lastEnd) this.lastEnd = end;
    let node: Node = frame.node;
    if (frame.node.kind === 'map') {
      frame.node.pairs = finishPairs(frame.pairs, frame.hasMerge, this.#options.duplicateKeys, this.problems);
      if (frame.complexKeyAt >= 0) node = this.#refuseComplexKey(frame.node, frame.complexKeyAt);
    }
    if (frame.anchor !== undefined) {
      frame.anchor.node = node;
      frame.anchor.size = frame.size;
    }
    this.#add(node, frame.size, frame.node.span.start);
  }

  scalar(node: ScalarNode, properties?: Properties): void {
    let made = node;
    if (node.style === 'plain' && node.text.length < 3) this.#checkMark(node);
    if (properties !== undefined) {
      if (properties.tag !== '') {
        this.#checkTag('scalar', node.text, properties);
        made = { ...node, value: scalarValue(node, properties.tag, this.#options.version) };
      }
      if (properties.anchor !== '') this.#anchor(properties, made, 1);
    }
    this.#add(made, 1, made.span.start);
  }

  /** `start` to `end` is the alias's name without its `*`. */
  alias(name: string, start: number, end: number): void {
    this.lastEnd = end;
    const anchor = this.#anchors.get(name);
    if (anchor?.node === undefined) {
      this.problems.push(
        anchor === undefined
          ? {
              code: 'yaml/unknown-anchor',
              span: { start, end },
              message: `no anchor \`&${name}\` stands before this alias; define it above, or quote the text if no alias is meant`,
            }
          : {
              code: 'yaml/recursive-alias',
              span: { start, end },
              message: `the alias \`*${name}\` stands inside its own anchor, which would never end; name another anchor`,
            },
      );
      this.#add(
        { kind: 'scalar', span: { start: start - 1, end }, value: null, text: '', style: 'none' },
        1,
        start - 1,
      );
      return;
    }
    this.unfolded += anchor.size;
    if (this.unfolded > maxUnfolded || anchor.size > maxUnfolded) throw new AliasBomb(start - 1, end);
    this.#add(anchor.node, anchor.size, start - 1);
  }

  #add(node: Node, size: number, start: number): void {
    const top = this.#top;
    if (top === undefined) {
      this.root = node;
      return;
    }
    top.size += size;
    if (top.node.kind === 'seq') {
      top.node.items.push(node);
      return;
    }
    if (top.drops) {
      top.drops = false;
      return;
    }
    if (top.key === undefined) {
      if (node.kind === 'scalar') {
        top.key = node;
        if (node.style === 'none') this.#checkEmptyKey(node);
      } else {
        top.drops = true;
        if (top.complexKeyAt < 0) top.complexKeyAt = start;
      }
      return;
    }
    if (top.key.style === 'plain' && top.key.text === '<<') top.hasMerge = true;
    top.pairs.push({ key: top.key, value: node });
    top.key = undefined;
  }

  #anchor(properties: Properties, node: Node | undefined, size: number): Anchor {
    const { anchor: name, anchorStart: start } = properties;
    if (this.#options.version === '1.1' && this.#anchors.has(name)) {
      const message = `the anchor \`&${name}\` is already defined above; give this one another name`;
      this.problems.push({
        code: 'yaml/duplicate-anchor',
        span: { start, end: start + name.length },
        message,
      });
    }
    this.ownAnchors++;
    const anchor: Anchor = { node, size };
    this.#anchors.set(name, anchor);
    return anchor;
  }

  /** PyYAML has meanings for two marks that no safe reader knows as values. */
  #checkMark(node: ScalarNode): void {
    if (this.#options.version !== '1.1') return;
    if (node.text !== '=' && (node.text !== '<<' || this.expects === 'key')) return;
    const message = `\`${node.text}\` alone means something else to YAML; put it in quotes`;
    this.problems.push({ code: 'yaml/syntax', span: { ...node.span }, message });
  }

  #checkEmptyKey({ span }: ScalarNode): void {
    if (this.#options.version !== '1.1' || this.#text.charCodeAt(span.start) !== 58) return;
    const message = 'no key stands before this colon; write one, or put the text in quotes';
    this.problems.push({ code: 'yaml/syntax', span: { start: span.start, end: span.start + 1 }, message });
  }

  #checkTag(kind: Node['kind'], text: string, properties: Properties): void {
    const message = tagProblem(kind, text, properties.tag, this.#options.version);
    if (message !== undefined)
      this.problems.push({
        code: 'yaml/tag',
        span: { start: properties.tagStart, end: properties.tagEnd },
        message,
      });
  }

  /** A mapping or a list as a key: nearly always `{{ … }}` without quotes, which then stays one value. */
  #refuseComplexKey(map: MapNode, keyStart: number): Node {
    const { start, end } = map.span;
    const text = this.#text;
    const severity = this.#options.version === '1.1' ? 'error' : 'warning';
    if (text.startsWith('{{', start) && keyStart === start + 1) {
      const message = 'YAML takes `{{` for the start of two mappings; put the whole value in quotes';
      this.problems.push({ code: 'yaml/unquoted-template', span: { start, end }, message, severity });
      const written = text.slice(start, end);
      return { kind: 'scalar', span: { start, end }, value: written, text: written, style: 'plain' };
    }
    const message = 'a mapping or a list cannot be a key here; write a plain name, or quote the text';
    this.problems.push({
      code: 'yaml/complex-key',
      span: { start: keyStart, end: Math.min(keyStart + 1, text.length) },
      message,
      severity,
    });
    return map;
  }
}
