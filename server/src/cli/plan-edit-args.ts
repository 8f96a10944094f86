import type { NewItem, PlanEdit, SettableStatus } from '../core/plan-edit.ts';

/** What follows `penstock plan`, where it changes something. */
const planVerbs = ['set', 'tick', 'untick', 'add', 'move', 'remove', 'complete', 'touch', 'figures'] as const;

export type PlanVerb = (typeof planVerbs)[number];

export function isPlanVerb(word: string | undefined): word is PlanVerb {
  return planVerbs.some((verb) => verb === word);
}

/** The options of all of them, as they are typed. */
export interface PlanEditOptions {
  readonly file?: string;
  readonly to?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly effort?: string;
  readonly needs: readonly string[];
  readonly before?: string;
  readonly after?: string;
  readonly group?: string;
  readonly date?: string;
  readonly overall?: string;
  readonly category: readonly string[];
  /** The figures are what evidence shows, where nothing else is said of them. */
  readonly proven: boolean;
  readonly diff: boolean;
  readonly format: 'text' | 'json';
}

export interface PlanEditArgs {
  readonly verb: PlanVerb;
  /** Tasks, criteria or a title, as they are typed. */
  readonly names: readonly string[];
  readonly options: PlanEditOptions;
}

const statuses: readonly SettableStatus[] = ['planned', 'in-progress', 'done', 'blocked', 'skipped'];

/** What an argument says wrongly, in a sentence. */
export class WrongArgument extends Error {}

/** The status that is meant: `in-progress`, also written `in progress`. */
function statusOf(text: string): SettableStatus {
  const wanted = text.trim().toLowerCase().replace(/[ _]/g, '-');
  const found = statuses.find((status) => status === wanted);
  if (found) return found;
  throw new WrongArgument(`there is no status \`${text}\`; use ${statuses.join(', ')}`);
}

/** The changes of `set` to one item, none of them named twice. */
export function changesOf(
  item: string,
  { status, priority, effort }: Pick<PlanEditOptions, 'status' | 'priority' | 'effort'>,
): readonly PlanEdit[] {
  return [
    ...(status === undefined ? [] : [{ kind: 'status', item, status: statusOf(status) } as const]),
    ...(priority === undefined ? [] : [{ kind: 'priority', item, priority } as const]),
    ...(effort === undefined ? [] : [{ kind: 'effort', item, effort } as const]),
  ];
}

export function newItem(title: string, { status, priority, effort, needs }: PlanEditOptions): NewItem {
  return {
    title,
    ...(status === undefined ? {} : { status: statusOf(status) }),
    ...(priority === undefined ? {} : { priority }),
    ...(effort === undefined ? {} : { effort }),
    ...(needs.length === 0 ? {} : { dependencies: needs }),
  };
}

export function percentOf(text: string, option: string): number {
  const percent = Number(text.replace(/\s*%$/, ''));
  if (text.trim() !== '' && percent >= 0 && percent <= 100) return percent;
  throw new WrongArgument(`${option} takes a percentage from 0 to 100, not \`${text}\``);
}

/** `Loading=80` as a category and its percentage. */
export function categoryOf(text: string): { readonly category: string; readonly percent: number } {
  const at = text.lastIndexOf('=');
  if (at <= 0) throw new WrongArgument(`--category takes NAME=PERCENT, not \`${text}\``);
  return { category: text.slice(0, at).trim(), percent: percentOf(text.slice(at + 1), '--category') };
}

/** The day that is meant; today where none is. */
export function dayOf(date: string | undefined, now: Date): string {
  if (date !== undefined) return date;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
