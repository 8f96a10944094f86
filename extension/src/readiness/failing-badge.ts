import type { ReadinessAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import { count } from '../views/row.ts';

/**
 * A number on the activity bar, and what it counts. VS Code adds up the badges of all views of a container and reads
 * their tooltips one after the other (seen in 1.139), so each view counts only what is its own.
 */
export interface BadgeWords {
  readonly value: number;
  readonly tooltip: string;
}

/** How many checks fail; undefined where none does, and where nobody wrote a plan or a check that asks for it. */
export function failingBadge(answer: ReadinessAnswer | undefined): BadgeWords | undefined {
  if (!answer) return undefined;
  const { items, checks } = answer;
  if (items.length === 0 && checks.every(({ uri }) => uri === undefined)) return undefined;
  const value = checks.filter(({ state }) => state === 'failed').length;
  if (value === 0) return undefined;
  const ticked = items.filter(({ standing }) => standing === 'ticked-but-failing').length;
  const words = [`${count(value, 'check')} ${value === 1 ? 'fails' : 'fail'}`];
  if (ticked > 0) words.push(`${count(ticked, 'task')} ticked but failing`);
  return { value, tooltip: words.join(' · ') };
}
