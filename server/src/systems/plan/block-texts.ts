import type { Block, PlainText } from './markdown.ts';

/** Which texts of a document's blocks match a pattern: told once of a block, from one version to the next, while it is the same. */
export class BlockTexts {
  readonly #known = new WeakMap<Block, Map<RegExp, readonly PlainText[]>>();

  /** A block's own text, or those of its entries; a table has none. */
  matching(pattern: RegExp, block: Block): readonly PlainText[] {
    let known = this.#known.get(block);
    if (!known) this.#known.set(block, (known = new Map()));
    let texts = known.get(pattern);
    if (!texts) known.set(pattern, (texts = textsOf(block).filter(({ text }) => pattern.test(text))));
    return texts;
  }
}

function textsOf(block: Block): readonly PlainText[] {
  if (block.kind === 'list') return block.entries;
  return block.kind === 'table' ? [] : [block];
}
