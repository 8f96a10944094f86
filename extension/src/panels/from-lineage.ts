import type { Direction, FromWebview, PanelState } from '../../../webviews/lineage/protocol.ts';
import { isRecord, textsOf } from './page-values.ts';

/** Limit: a picture of 400 nodes is some hundred kB. */
const mostSvg = 20_000_000;

/** The lineage page's message, or undefined for anything else that may arrive. */
export function readFromLineage(value: unknown): FromWebview | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, node, direction, depth, expanded, pinned, name, svg } = value;
  switch (kind) {
    case 'ready':
      return { kind };
    case 'focus':
    case 'open':
      return typeof node === 'string' ? { kind, node } : undefined;
    case 'depth':
      return isDirection(direction) && isDepth(depth) ? { kind, direction, depth } : undefined;
    case 'expand':
      return typeof node === 'string' && isDirection(direction) && typeof expanded === 'boolean'
        ? { kind, node, direction, expanded }
        : undefined;
    case 'pin':
      return typeof pinned === 'boolean' ? { kind, pinned } : undefined;
    case 'export':
      return typeof name === 'string' && typeof svg === 'string' && svg.length <= mostSvg
        ? { kind, name, svg }
        : undefined;
    default:
      return undefined;
  }
}

/** What a lineage page showed, from what it saved before the window was reloaded. */
export function readSavedLineage(value: unknown): PanelState | undefined {
  if (!isRecord(value)) return undefined;
  const { focus, depth, expanded, pinned } = value;
  if (typeof focus !== 'string' || !isRecord(depth) || !isRecord(expanded)) return undefined;
  const { upstream, downstream } = depth;
  if (!isDepth(upstream) || !isDepth(downstream)) return undefined;
  return {
    focus,
    depth: { upstream, downstream },
    expanded: { upstream: textsOf(expanded['upstream']), downstream: textsOf(expanded['downstream']) },
    pinned: pinned === true,
  };
}

function isDirection(value: unknown): value is Direction {
  return value === 'upstream' || value === 'downstream';
}

function isDepth(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
