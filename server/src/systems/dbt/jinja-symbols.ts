import type { OutlineSymbol } from '../../core/system.ts';
import type { JinjaBlock } from './jinja.ts';
import { opensBlock } from './jinja-syntax.ts';

/** Blocks that give something a name. */
const named = new Set(['macro', 'test', 'data_test', 'materialization', 'snapshot', 'docs']);

const shown = new Set([...named, 'if', 'for', 'call', 'set', 'filter']);

/** Limit: nobody reads an outline that is deeper, and what walks through one should not run out of stack. */
const maxDepth = 12;

type Open = OutlineSymbol & { readonly keyword: string; readonly children: OutlineSymbol[] };

/** The outline of SQL and docs blocks: the blocks of Jinja with those that stand in them. */
export function jinjaSymbols(text: string, blocks: readonly JinjaBlock[]): readonly OutlineSymbol[] {
  const found: OutlineSymbol[] = [];
  const open: Open[] = [];
  const closeTo = (depth: number, end: number): void => {
    while (open.length > depth) {
      const { keyword: _keyword, ...symbol } = open.pop()!;
      const whole = { ...symbol, span: { start: symbol.span.start, end } };
      if (open.length < maxDepth) (open.at(-1)?.children ?? found).push(whole);
    }
  };
  for (const block of blocks) {
    const keyword = block.kind === 'statement' ? block.tokens[0]?.text : undefined;
    if (keyword === undefined) continue;
    if (keyword.startsWith('end')) {
      const at = open.findLastIndex((each) => each.keyword === keyword.slice(3));
      if (at < 0) continue;
      closeTo(at + 1, block.span.start);
      closeTo(at, block.span.end);
    } else if (shown.has(keyword) && opensBlock(block)) open.push(opened(text, block, keyword));
  }
  closeTo(0, text.length);
  return found;
}

function opened(text: string, { span, tokens }: JinjaBlock, keyword: string): Open {
  const [first, second] = tokens;
  const isNamed = named.has(keyword) && second?.kind === 'name';
  const said = text.slice(first!.span.start, tokens.at(-1)!.after).replace(/\s+/g, ' ');
  return {
    keyword,
    name: isNamed ? second.text : said.slice(0, 60),
    kind: isNamed ? 'item' : 'group',
    ...(isNamed ? { detail: keyword } : {}),
    span,
    selection: isNamed ? second.span : first!.span,
    children: [],
  };
}
