import type { PlanEdit } from '../core/plan-edit.ts';
import type { Range } from '../core/span.ts';
import type { ItemRef, PlanAnswer, PlanItemAnswer } from './requests.ts';

/** Request, `PlanChangesParams` → `PlanChanges`: what `penstock/plan` tells, of long plans only what is another now. */
export const planChangesRequest = 'penstock/planChanges';

export interface PlanChangesParams {
  /** The `revision` of the last answer; 0 for everything. */
  readonly since: number;
}

/** Every document; of the items of one that was told before, those that came in place of so many others. */
export interface PlanChanges {
  /** The answer that this one goes on from; 0 where it tells everything. */
  readonly since: number;
  readonly revision: number;
  /** All groups of all documents; absent where each is called what it was. */
  readonly groups?: readonly ToldGroup[];
  readonly plans: readonly (Omit<PlanAnswer, 'items'> & {
    readonly items: {
      readonly from: number;
      readonly gone: number;
      readonly come: readonly ToldItem[];
      /** By so many lines all behind them stand further down. */
      readonly moved: number;
    };
  })[];
}

export interface ToldGroup {
  /** The same as long as the group stays, whatever it is called. */
  readonly number: number;
  readonly title: string;
  /** What the ids of its items begin with. */
  readonly prefix: string;
}

/** An item with ids that lack what they have of their groups, so that nothing of it is another when its group is called otherwise. */
export interface ToldItem extends Omit<PlanItemAnswer, 'group' | 'blockedBy'> {
  /** Its number. */
  readonly group: number;
  readonly blockedBy?: readonly (ItemRef & { readonly group: number })[];
}

/** Request, `EditPlanParams` → `EditPlanAnswer`: the edits that change a plan; applies nothing itself. */
export const editPlanRequest = 'penstock/editPlan';

export interface EditPlanParams {
  readonly uri: string;
  /** Made one after another; all of them or none. */
  readonly edits: readonly PlanEdit[];
  /** The document that items go to, where that is another one. Finished items find theirs by themselves. */
  readonly toUri?: string;
}

export type EditPlanAnswer =
  | { readonly kind: 'edits'; readonly documents: readonly EditedDocument[] }
  /** Why nothing can be written, in a sentence. */
  | { readonly kind: 'refused'; readonly message: string };

/** Version is the document's, when it is open; the client refuses the edits when it has moved on. */
export interface EditedDocument {
  readonly uri: string;
  readonly version: number | null;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}
