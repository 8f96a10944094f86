import type { PlanStatus } from '../../core/plan.ts';
import type { ItemEntry, PlanModel } from './model.ts';
import { readStatus, statusLabels } from './vocabulary.ts';

type KnownStatus = Exclude<PlanStatus, 'unknown'>;

/** How this document writes a status in a cell: as it does elsewhere, else in the manner of its other statuses. */
export function labelOf(status: KnownStatus, model: PlanModel, text: string): string {
  return usedLabels(status, model, text)[0] ?? inStyle(status, model);
}

/** The labels of a status that stand in the document's status cells, the most frequent first, as written. */
export function usedLabels(status: PlanStatus, model: PlanModel, text: string): readonly string[] {
  const written = model.entries.filter(
    ({ item, slot }) =>
      slot.kind === 'cell' &&
      slot.isPlain &&
      item.status === status &&
      // A mark may have a day with it: `done 2026-11-03`.
      readStatus(item.statusText, model.legend).plain,
  );
  return byFrequency(written.map(({ item }) => text.slice(item.statusSpan.start, item.statusSpan.end)));
}

/** The symbol of a status before a priority or behind a box; undefined where planned items carry none. */
export function symbolOf(status: KnownStatus, model: PlanModel, text: string): string | undefined {
  const written = model.entries.flatMap((entry) =>
    entry.item.status === status ? symbolsOf(entry, text) : [],
  );
  return (
    byFrequency(written)[0] ??
    (status === 'planned' ? undefined : spelled(defaultSymbol(status, model), model))
  );
}

/** The symbol before a bullet, where every status has one. */
export function bulletSymbolOf(status: KnownStatus, model: PlanModel, text: string): string {
  return symbolOf(status, model, text) ?? spelled(defaultSymbol(status, model), model);
}

function symbolsOf({ item, slot }: ItemEntry, text: string): readonly string[] {
  const span =
    slot.kind === 'box'
      ? slot.symbolSpan
      : slot.kind === 'tick' && slot.symbol !== undefined
        ? item.statusSpan
        : undefined;
  const symbol = span ? text.slice(span.start, span.end).trim() : '';
  return symbol === '' ? [] : [symbol.split(/\s/, 1)[0]!];
}

function byFrequency(texts: readonly string[]): readonly string[] {
  const count = new Map<string, number>();
  for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1);
  return [...count.keys()].sort((a, b) => count.get(b)! - count.get(a)!);
}

/** As the team says it, whose words are kept in lower case; labels begin with a capital. */
export function wordOf(status: KnownStatus, { legend }: PlanModel): string {
  const [own] = [...(legend.words ?? [])].find(([, meaning]) => meaning === status) ?? [];
  return own === undefined ? statusLabels[status].word : own.charAt(0).toUpperCase() + own.slice(1);
}

function inStyle(status: KnownStatus, model: PlanModel): string {
  const word = wordOf(status, model);
  const written = model.entries.flatMap(({ item, slot }) =>
    slot.kind === 'cell' && item.statusText !== '' ? [item.statusText] : [],
  );
  const readings = written.map((text) => readStatus(text, model.legend));
  if (readings.length > 0 && readings.every(({ symbol }) => symbol !== undefined && isBox(symbol))) {
    if (status === 'done' || status === 'planned') return status === 'done' ? '[x]' : '[ ]';
    return word;
  }
  const hasSymbols = readings.length === 0 || readings.some(({ symbol }) => symbol !== undefined);
  const hasWords = readings.length === 0 || readings.some(({ words }) => words !== '');
  const isLower =
    hasWords &&
    readings.length > 0 &&
    written.every((text) => text === text.toLowerCase() && /\p{L}/u.test(text));
  const ownWord = isLower ? word.toLowerCase() : word;
  if (!hasSymbols) return ownWord;
  const symbol = defaultSymbol(status, model);
  const says = readStatus(symbol, model.legend).status === status;
  return hasWords || !says ? `${spelled(symbol, model)} ${ownWord}` : spelled(symbol, model);
}

/** The document's legend has the first word; what it says of boxes is written in one. */
function defaultSymbol(status: KnownStatus, model: PlanModel): string {
  const [own] = [...model.legend].find(([symbol, meaning]) => meaning === status && !isBox(symbol)) ?? [];
  return own ?? statusLabels[status].symbol;
}

/** The mark that says a status in a box by the document's legend. */
export function boxMarkOf(status: KnownStatus, { legend }: PlanModel): string | undefined {
  return [...legend].find(([symbol, meaning]) => meaning === status && isBox(symbol))?.[0][1];
}

function isBox(symbol: string): boolean {
  return /^\[.\]$/.test(symbol);
}

/** A garbled document keeps its spelling, so that whoever repairs it later repairs all of it. */
function spelled(symbol: string, model: PlanModel): string {
  return model.spellings.get(symbol.replace('\uFE0F', '')) ?? symbol;
}
