import type { TextEdit } from './finding.ts';
import type { PlanStatus } from './plan.ts';

/** What a person can set a status to. */
export type SettableStatus = Exclude<PlanStatus, 'unknown'>;

/** One change to a plan, in the plan's words. Items are named by their ids; an empty text takes away what stands there. */
export type PlanEdit =
  | { readonly kind: 'status'; readonly item: string; readonly status: SettableStatus }
  | { readonly kind: 'priority'; readonly item: string; readonly priority: string }
  | { readonly kind: 'effort'; readonly item: string; readonly effort: string }
  | {
      readonly kind: 'criterion';
      readonly criterion: string;
      /** Which one of several that read the same, from 0. */
      readonly nth?: number;
      readonly done: boolean;
    }
  | { readonly kind: 'move'; readonly item: string; readonly place: PlanPlace }
  | { readonly kind: 'add'; readonly item: NewItem; readonly place: PlanPlace }
  | { readonly kind: 'remove'; readonly item: string }
  /** Marks the item done and moves it to where finished items are kept. The day is `2026-11-29`. */
  | { readonly kind: 'complete'; readonly item: string; readonly date: string }
  | { readonly kind: 'updated'; readonly date: string }
  | { readonly kind: 'overall'; readonly percent: number }
  | { readonly kind: 'category'; readonly category: string; readonly percent: number };

/** Where an item goes. */
export type PlanPlace =
  | { readonly kind: 'before' | 'after'; readonly item: string }
  /** Behind the last item of the group. */
  | { readonly kind: 'end'; readonly group: string };

export interface NewItem {
  readonly title: string;
  readonly status?: SettableStatus;
  readonly priority?: string;
  readonly effort?: string;
  readonly dependencies?: readonly string[];
}

/** The texts that must change and nothing else, or why nothing can be written, in a sentence. */
export type PlanEditOutcome =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly message: string };

/** The text once the edits of it are made; their spans must not overlap. */
export function withEdits(text: string, edits: readonly Pick<TextEdit, 'span' | 'newText'>[]): string {
  const inOrder = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const { span, newText } of inOrder) {
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

/** True for documents and sections in which finished items are kept. */
export function keepsFinishedItems(title: string): boolean {
  return (
    /\b(?:completed|finished|done|archived?|accomplished|accomplishments|delivered)\b/i.test(
      title.replaceAll(/[_.]/g, ' '),
    ) && !/\bdefinition of done\b/i.test(title)
  );
}
