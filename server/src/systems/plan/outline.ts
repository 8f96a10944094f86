import type { OutlineSymbol, ParsedFile } from '../../core/system.ts';
import type { PlanModel } from './model.ts';
import { describeInShort } from './describe.ts';

/** Sections that hold items, each with its items. */
export function outline({ model }: ParsedFile<PlanModel>): readonly OutlineSymbol[] {
  return model.sections.map((section) => {
    const entries = model.entries.filter(({ item }) => item.group === section.title);
    const done = entries.filter(({ item }) => item.status === 'done').length;
    return {
      name: section.title,
      detail: `${done} of ${entries.length} done`,
      kind: 'group',
      span: section.span,
      selection: section.heading,
      children: entries.map(({ item, span }) => ({
        name: item.title,
        detail: describeInShort(item),
        kind: 'task',
        span,
        selection: item.location.span,
        children: [],
      })),
    };
  });
}
