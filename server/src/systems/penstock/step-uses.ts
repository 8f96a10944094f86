import type { Use } from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import { slotSpan } from '../../core/slot.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import { readingsOf } from '../../core/step-name.ts';
import type { ScalarNode } from '../../core/tree.ts';
import { stepNamespace } from './names.ts';

/** What may stand besides in the facts of a step's name. */
interface Besides {
  /** The folder from which projects are seen. */
  readonly root: string;
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * A step as a file names it, once for each way to read it: where two projects offer one under one name it is called
 * `name@project`, and the name before the sign is what a tool defines.
 */
export function stepUses(source: SourceFile, node: ScalarNode, { root, data = {} }: Besides): readonly Use[] {
  const whole = node.value === null ? '' : node.text;
  return readingsOf(whole).map(({ name, label, reading }): Use => {
    const all = { ...(label === undefined ? {} : { project: resolvePath(root, label) }), ...data };
    return {
      fact: 'use',
      namespaces: [stepNamespace],
      scope: '',
      name,
      span: spanOf(source, node, name),
      role: 'step',
      ...(Object.keys(all).length === 0 ? {} : { data: all }),
      ...(reading ? { reading } : {}),
    };
  });
}

/** Where quotes or folds change the text, a name in it has no place of its own. */
function spanOf(source: SourceFile, node: ScalarNode, name: string): Span {
  const { start, end } = node.span;
  const isWhole = end - start === node.text.length;
  return isWhole && name !== '' ? { start, end: start + name.length } : slotSpan(source, node);
}
