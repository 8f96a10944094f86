import type { Plan, PlanItem } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { Column, Lane } from './lanes.ts';
import type { Legend } from './vocabulary.ts';

/** A plan with what only this system needs to know: where to write, what to say of a cell. */
export interface PlanModel {
  readonly plan: Plan;
  readonly entries: readonly ItemEntry[];
  readonly sections: readonly Section[];
  /** The columns of its boards. */
  readonly columns: readonly Column[];
  readonly tables: readonly TaskTable[];
  /** Where the document claims its overall percentage. */
  readonly overallSpan: Span | undefined;
  readonly legend: Legend;
  /** Whether two items would have the same id; else no two of a group have the same key. */
  readonly hasNamesakes: boolean;
  /** The document is longer than what is read of it. */
  readonly isTruncated: boolean;
  /** How the document itself spells a symbol that it has garbled, right spelling first. */
  readonly spellings: ReadonlyMap<string, string>;
}

export interface ItemEntry {
  readonly item: PlanItem;
  /** The whole row or list entry. */
  readonly span: Span;
  readonly slot: StatusSlot;
  /** The same for all items of a group that nobody can tell apart: parents and title. */
  readonly key: string;
}

/** Where and how an item's status is written. */
export type StatusSlot =
  | {
      readonly kind: 'cell';
      readonly room: Span;
      readonly column: ColumnShape;
      readonly isPlain: boolean;
      readonly symbol: string | undefined;
    }
  /** The row ends before its status column; `missing` counts the cells up to and with it. */
  | { readonly kind: 'absent'; readonly missing: number; readonly endsWithPipe: boolean }
  /** A tick beside the priority: `✅ P0`. The status span takes the blank between the two in. */
  | { readonly kind: 'tick'; readonly symbol: string | undefined; readonly isBefore: boolean }
  /** `[ ]`, and a symbol after it for what two states cannot say: `[ ] 🚧 title`. */
  | {
      readonly kind: 'box';
      readonly mark: string;
      readonly symbolSpan: Span;
      /** What the column of a board that it stands in says of an empty one; absent where that is planned. */
      readonly lane?: Lane;
    };

/** How a status column is laid out; `width` where all its cells are equally wide. */
export interface ColumnShape {
  readonly width: { readonly by: 'units' | 'display'; readonly size: number } | undefined;
}

export interface Section {
  readonly title: string;
  readonly heading: Span;
  /** From the heading to the next section of any level. */
  readonly span: Span;
}

/** A table of tasks, for what a person types into its cells. */
export interface TaskTable {
  readonly isRich: boolean;
  /** Its header speaks of tasks or items, not only of names. */
  readonly isAboutWork: boolean;
  readonly status: number;
  readonly isTicked: boolean;
  readonly priority: number | undefined;
  readonly dependencies: number | undefined;
  readonly rows: readonly {
    readonly span: Span;
    readonly cells: readonly { readonly span: Span; readonly room: Span }[];
  }[];
}
