import type { EvidenceState } from '../../../server/src/core/evidence.ts';

/** How the state of a check looks and is called in lists, trees and lenses. */
export interface CheckLook {
  /** A codicon's name. */
  readonly icon: string;
  /** A theme colour's id; the icon's shape and the word tell the state, too. */
  readonly color?: string;
  readonly word: string;
}

/** What wants attention most first. */
export const checkLooks: Readonly<Record<EvidenceState, CheckLook>> = {
  failed: { icon: 'error', color: 'testing.iconFailed', word: 'Failed' },
  stale: { icon: 'history', color: 'charts.yellow', word: 'Stale' },
  unknown: { icon: 'question', word: 'Not known' },
  warning: { icon: 'warning', color: 'charts.yellow', word: 'Warning' },
  waived: { icon: 'law', word: 'Waived' },
  passed: { icon: 'pass-filled', color: 'charts.green', word: 'Passed' },
  'not-applicable': { icon: 'circle-slash', color: 'disabledForeground', word: 'Not applicable' },
};
