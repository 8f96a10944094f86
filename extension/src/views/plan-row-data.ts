import type { PlanStatus } from '../../../server/src/core/plan.ts';
import type { ItemEvidenceAnswer, CheckAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import type { RowIcon } from './row.ts';

export type PlanGrouping = 'section' | 'priority' | 'status';

/** What a row of the Plan view stands for, for commands. */
export type PlanRowData = PlanTask | PlanGroupRow | PlanCriterionRow | PlanCheckRow;

export interface PlanTask {
  readonly uri: string;
  readonly item: PlanItemAnswer;
}

/** Tasks under one heading: of a section, of a priority, of a status. */
export interface PlanGroupRow {
  readonly uri: string;
  readonly grouping: PlanGrouping;
  /** The section's title, the priority ('' for none) or the status. */
  readonly key: string;
}

export interface PlanCriterionRow {
  readonly uri: string;
  readonly criterion: string;
  /** Which one of those that read the same. */
  readonly nth: number;
  readonly done: boolean;
}

export interface PlanCheckRow {
  readonly uri: string;
  /** Its id. */
  readonly check: string;
}

/** What checks show of the tasks of all documents. */
export interface PlanEvidence {
  of(uri: string, item: string): TaskEvidence | undefined;
}

export interface TaskEvidence {
  readonly standing: ItemEvidenceAnswer['standing'];
  readonly state: ItemEvidenceAnswer['state'];
  readonly checks: readonly CheckAnswer[];
}

export const noEvidence: PlanEvidence = { of: () => undefined };

interface StatusLook {
  readonly label: string;
  readonly icon: RowIcon;
}

/** In the order in which groups by status stand. */
export const statusLooks: Readonly<Record<PlanStatus, StatusLook>> = {
  'in-progress': { label: 'In Progress', icon: { id: 'play-circle', color: 'charts.blue' } },
  blocked: { label: 'Blocked', icon: { id: 'error', color: 'charts.red' } },
  planned: { label: 'Planned', icon: { id: 'circle-large-outline' } },
  done: { label: 'Done', icon: { id: 'pass-filled', color: 'charts.green' } },
  skipped: { label: 'Skipped', icon: { id: 'circle-slash', color: 'disabledForeground' } },
  unknown: { label: 'Unknown Status', icon: { id: 'question', color: 'charts.yellow' } },
};

export const statusOrder = Object.keys(statusLooks) as readonly PlanStatus[];

/** Done or left out on purpose: nothing is to do any more. */
export function isClosed(status: PlanStatus): boolean {
  return status === 'done' || status === 'skipped';
}
