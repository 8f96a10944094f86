import type { Span } from '../../core/span.ts';
import type { ParsedFile } from '../../core/system.ts';
import type { DocsModel } from './docs.ts';
import type { JinjaBlock } from './jinja.ts';
import { opensBlock } from './jinja-syntax.ts';
import type { SqlModel } from './sql.ts';

/** Macros, branches and other Jinja blocks, and calls over several lines; the line that closes one stays. */
export function dbtFolds({ source, model }: ParsedFile): readonly Span[] {
  const { kind, blocks } = model as Partial<SqlModel | DocsModel>;
  if ((kind !== 'sql' && kind !== 'docs') || !blocks) return [];
  const found: Span[] = [];
  const open: { readonly name: string; readonly start: number }[] = [];
  const foldUntil = (start: number, end: number): void => {
    const lineStart = source.text.lastIndexOf('\n', end - 1);
    if (lineStart > start) found.push({ start, end: lineStart });
  };
  for (const block of blocks) {
    foldUntil(block.span.start, block.span.end);
    const name = keywordOf(block);
    if (name === undefined) continue;
    const closed = name.startsWith('end') ? open.findLastIndex((each) => each.name === name.slice(3)) : -1;
    if (closed >= 0) {
      foldUntil(open[closed]!.start, block.span.start);
      open.length = closed;
    } else if ((name === 'else' || name === 'elif') && open.length > 0) {
      const branch = open.pop()!;
      foldUntil(branch.start, block.span.start);
      open.push({ name: branch.name, start: block.span.start });
    } else if (opensBlock(block)) open.push({ name, start: block.span.start });
  }
  return found;
}

function keywordOf({ kind, tokens }: JinjaBlock): string | undefined {
  return kind === 'statement' && tokens[0]?.kind === 'name' ? tokens[0].text : undefined;
}
