import type { FromWebview } from '../../../webviews/run/protocol.ts';
import { isRecord } from './page-values.ts';

/** The page's message, or undefined for anything else that may arrive. */
export function readFromWebview(value: unknown): FromWebview | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, path, line, text, what } = value;
  switch (kind) {
    case 'ready':
    case 'cancel':
    case 'rerun':
    case 'resume':
    case 'open-log':
      return { kind };
    case 'open':
      if (typeof path !== 'string' || (line !== undefined && !isLine(line))) return undefined;
      return { kind, path, ...(line === undefined ? {} : { line }) };
    case 'copy':
      return typeof text === 'string' && typeof what === 'string' ? { kind, text, what } : undefined;
    default:
      return undefined;
  }
}

/** Which run a page showed, from what it saved before the window was reloaded. */
export function readSavedRun(value: unknown): { readonly folder: string; readonly run: string } | undefined {
  if (!isRecord(value)) return undefined;
  const { folder, run } = value;
  return typeof folder === 'string' && typeof run === 'string' ? { folder, run } : undefined;
}

function isLine(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}
