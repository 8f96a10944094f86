import type { FromWebview, PanelState } from '../../../webviews/graph/protocol.ts';
import { isRecord, textsOf } from './page-values.ts';

/** Limit: a picture of 5,000 boxes is some MB. */
const mostSvg = 50_000_000;

/** The graph page's message, or undefined for anything else that may arrive. */
export function readFromGraph(value: unknown): FromWebview | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, group, open, system, hidden, node, text, groups, name, svg } = value;
  switch (kind) {
    case 'ready':
    case 'reset':
      return { kind };
    case 'toggle':
      return typeof group === 'string' && typeof open === 'boolean' ? { kind, group, open } : undefined;
    case 'filter':
      return typeof system === 'string' && typeof hidden === 'boolean' ? { kind, system, hidden } : undefined;
    case 'around':
      if (node === undefined) return { kind };
      return typeof node === 'string' ? { kind, node } : undefined;
    case 'search':
      return typeof text === 'string' ? { kind, text } : undefined;
    case 'show':
      return typeof node === 'string' ? { kind, node, groups: textsOf(groups) } : undefined;
    case 'open':
    case 'run':
      return typeof node === 'string' ? { kind, node } : undefined;
    case 'export':
      return typeof name === 'string' && typeof svg === 'string' && svg.length <= mostSvg
        ? { kind, name, svg }
        : undefined;
    default:
      return undefined;
  }
}

/** What a graph page showed, from what it saved before the window was reloaded; the platform where that tells nothing. */
export function readSavedGraph(value: unknown): PanelState {
  const { pipeline, opened, closed, hidden, around } = isRecord(value) ? value : {};
  const { step, folderUri } = isRecord(pipeline) ? pipeline : {};
  return {
    opened: textsOf(opened),
    closed: textsOf(closed),
    hidden: textsOf(hidden),
    ...(typeof step === 'string'
      ? { pipeline: { step, ...(typeof folderUri === 'string' ? { folderUri } : {}) } }
      : {}),
    ...(typeof around === 'string' ? { around } : {}),
  };
}
