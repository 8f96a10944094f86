import type {
  CheckFilter,
  ExportFormat,
  FromWebview,
  PanelState,
} from '../../../webviews/readiness/protocol.ts';
import { isRecord, textsOf } from './page-values.ts';

/** Limit: a report of ten thousand checks is some MB. */
const mostText = 50_000_000;

const formats: readonly ExportFormat[] = ['markdown', 'html', 'svg'];
const filters: readonly CheckFilter[] = ['all', 'attention', 'passed'];

/** The readiness page's message, or undefined for anything else that may arrive. */
export function readFromReadiness(value: unknown): FromWebview | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, place, checks, costly, check, item, what, text } = value;
  switch (kind) {
    case 'ready':
    case 'write-figures':
      return { kind };
    case 'open':
      return typeof place === 'string' ? { kind, place } : undefined;
    case 'check':
      return { kind, checks: textsOf(checks) };
    case 'check-all':
      return typeof costly === 'boolean' ? { kind, costly } : undefined;
    case 'waive':
    case 'take-back':
      return typeof check === 'string' ? { kind, check } : undefined;
    case 'mark':
    case 'rank':
      return typeof item === 'string' ? { kind, item } : undefined;
    case 'create':
      return what === 'plan' || what === 'checks' ? { kind, what } : undefined;
    case 'export': {
      const format = formats.find((each) => each === value['format']);
      return format && typeof text === 'string' && text.length <= mostText
        ? { kind, format, text }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** What the page kept before the window was reloaded. */
export function readSavedReadiness(value: unknown): PanelState {
  const { filter, opened } = isRecord(value) ? value : {};
  return { filter: filters.find((each) => each === filter) ?? 'all', opened: textsOf(opened) };
}
