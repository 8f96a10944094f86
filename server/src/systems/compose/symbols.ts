import type { OutlineSymbol, ParsedFile } from '../../core/system.ts';
import { findPair, type Pair } from '../../core/tree.ts';
import { textAt, type ComposeModel } from './model.ts';

/** Services, volumes and so on, each under its heading. */
export function outlineOf({ tree, model }: ParsedFile<ComposeModel>): readonly OutlineSymbol[] {
  return (['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const).flatMap((part) => {
    const heading = findPair(tree, part);
    if (!heading || model[part].length === 0) return [];
    const children = model[part].map((pair) => symbolOf(pair, textAt(pair.value, 'image')?.text));
    return [{ ...symbolOf(heading), kind: 'group', children }];
  });
}

function symbolOf({ key, value }: Pair, detail?: string): OutlineSymbol {
  const span = { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
  const symbol = { name: key.text, kind: 'item', span, selection: key.span, children: [] } as const;
  return detail === undefined ? symbol : { ...symbol, detail };
}
