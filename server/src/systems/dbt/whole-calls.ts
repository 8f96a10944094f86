import { touches } from '../../core/span.ts';
import type { JinjaBlock } from './jinja.ts';
import type { PlacedCall } from './sql.ts';

/** What rules over calls see of a file; a file of another kind has neither. */
export interface CallsInBlocks {
  readonly blocks?: readonly JinjaBlock[];
  readonly calls?: readonly PlacedCall[];
}

/** The calls in blocks that are closed: one in a block that is not is not given yet all that it will be. */
export function wholeCalls({ blocks = [], calls = [] }: CallsInBlocks): readonly PlacedCall[] {
  const open = blocks.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return calls;
  return calls.filter(({ name }) => !open.some(({ span }) => touches(span, name.span.start)));
}
