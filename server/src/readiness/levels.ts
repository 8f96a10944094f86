import type { EvidenceState } from '../core/evidence.ts';
import type { CheckReadiness } from './snapshot.ts';

/**
 * How much a category's readiness is worth, each level with what the ones below it ask.
 * `none`: nobody claims anything. `claimed`: a plan or a check names it. `checked`: at least one check was looked at
 * and none failed. `proven`: every check that counts passed. `production`: nothing is waived or warned of, and the
 * claim, where there is one, is 100 %.
 */
export type Level = 'none' | 'claimed' | 'checked' | 'proven' | 'production';

export interface LevelReadiness {
  readonly level: Level;
  /** What the next level needs, each a sentence in lower case; empty at the last one. */
  readonly needs: readonly string[];
}

interface Judged {
  readonly claimed: number | undefined;
  readonly checks: readonly CheckReadiness[];
  readonly counts: Readonly<Record<EvidenceState, number>>;
}

export function levelOf({ claimed, checks, counts }: Judged): LevelReadiness {
  if (claimed === undefined && checks.length === 0)
    return { level: 'none', needs: ['name it in a plan or in a check'] };
  const inState = (...states: readonly EvidenceState[]): readonly CheckReadiness[] =>
    checks.filter(({ state }) => states.includes(state));
  const waived = inState('waived').map((check) => `do without the waiver of \`${check.id}\``);
  const failed = inState('failed');
  if (failed.length > 0) return { level: 'claimed', needs: failed.map((check) => need('mend', check)) };
  const seen = counts.passed + counts.warning;
  if (seen === 0) {
    const open = inState('stale', 'unknown');
    const needs = [...open.map((check) => need('prove', check)), ...(open.length === 0 ? waived : [])];
    return { level: 'claimed', needs: needs.length > 0 ? needs : ['write a check that proves it'] };
  }
  const open = inState('stale', 'unknown');
  if (open.length > 0) return { level: 'checked', needs: open.map((check) => need('prove', check)) };
  const needs = [
    ...waived,
    ...inState('warning').map((check) => need('mend', check)),
    ...(claimed !== undefined && claimed < 100
      ? [`finish what the plan still lacks: it claims ${claimed} %`]
      : []),
  ];
  return needs.length > 0 ? { level: 'proven', needs } : { level: 'production', needs: [] };
}

function need(verb: string, { id, next }: CheckReadiness): string {
  return next === undefined ? `${verb} \`${id}\`` : `${verb} \`${id}\`: ${next}`;
}
