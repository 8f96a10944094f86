import { ageText } from '../core/duration.ts';
import {
  costOf,
  costsTrust,
  usualMaxAgeMs,
  type Check,
  type Evidence,
  type Judgement,
  type Waiver,
} from '../core/evidence.ts';

/** What was found out about a check, and when. */
export interface Answer {
  readonly judgement: Judgement;
  readonly checkedMs: number;
  readonly durationMs: number;
}

/** What decides what an answer is worth. */
export interface SettledBy {
  readonly waivers: readonly Waiver[];
  readonly nowMs: number;
  /** False where nobody vouches for the workspace, so that not everything is looked at. */
  readonly isTrusted?: boolean;
}

/** What an answer is worth now: what is too old proves nothing, and what is waived counts neither way. */
export function settle(
  check: Check,
  answer: Answer | undefined,
  { waivers, nowMs, isTrusted = true }: SettledBy,
): Evidence {
  const needsTrust = !isTrusted && asksTrust(check);
  const evidence = answer ? aged(check, answer, nowMs) : needsTrust ? untrusted(check) : notLookedAt(check);
  const waiver = waiverFor(check, waivers, nowMs);
  // What passes needs no leave, and is not hidden behind one.
  if (!waiver || evidence.state === 'passed' || evidence.state === 'waived') return evidence;
  return { ...evidence, state: 'waived', without: evidence.state, waiver };
}

/** The waiver that counts today; one whose last day cannot be read, or is over, does not. */
export function waiverFor(check: Check, waivers: readonly Waiver[], nowMs: number): Waiver | undefined {
  return waivers.find((waiver) => isFor(waiver, check) && !isExpired(waiver, nowMs));
}

/** The waiver of a check that counts no more, where none does that still counts. */
export function endedWaiver(
  check: Pick<Check, 'id'>,
  waivers: readonly Waiver[],
  nowMs: number,
): Waiver | undefined {
  const own = waivers.filter((waiver) => isFor(waiver, check) && waiver.until !== undefined);
  return own.every((waiver) => isExpired(waiver, nowMs)) ? own.at(-1) : undefined;
}

/** Its name alone means the check of every project. */
export function isFor(waiver: Waiver, { id }: Pick<Check, 'id'>): boolean {
  return waiver.check === id || waiver.check === id.split('@', 1)[0];
}

/** A day ends at midnight where the clock stands. */
export function isExpired({ until }: Waiver, nowMs: number): boolean {
  return until === undefined || until < dayOf(nowMs);
}

/** `2026-11-29`, as the clock on the wall says. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  const part = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}

function aged(check: Check, { judgement, checkedMs, durationMs }: Answer, nowMs: number): Evidence {
  const evidence: Evidence = { ...judgement, checkedMs, durationMs };
  if (judgement.state !== 'passed' && judgement.state !== 'warning') return evidence;
  const maxAgeMs = check.maxAgeMs ?? usualMaxAgeMs[costOf(check.probe)];
  const ageMs = nowMs - (judgement.sinceMs ?? checkedMs);
  if (isAhead(ageMs)) return ahead(evidence, ageMs, maxAgeMs);
  if (maxAgeMs === undefined || ageMs <= maxAgeMs) return evidence;
  const isOwnAge = judgement.sinceMs !== undefined;
  return {
    ...evidence,
    state: 'stale',
    expected: `${judgement.expected}, at most ${ageText(maxAgeMs)} old`,
    seen: `${judgement.seen}, ${ageText(ageMs)} old`,
    next: isOwnAge ? (judgement.next ?? 'make it anew') : 'check it again',
  };
}

/** Clocks of two machines differ by less. */
const skewMs = 60_000;

/** Whether something has a time that is still to come. */
export function isAhead(ageMs: number): boolean {
  return ageMs < -skewMs;
}

/** Of what has a time that is still to come nobody knows how old it is. */
function ahead(evidence: Evidence, ageMs: number, maxAgeMs: number | undefined): Evidence {
  const seen = `${evidence.seen}, dated ${ageText(-ageMs)} ahead of this clock`;
  if (maxAgeMs === undefined) return { ...evidence, seen };
  const expected = `${evidence.expected}, at most ${ageText(maxAgeMs)} old`;
  return { ...evidence, state: 'unknown', expected, seen, next: 'set the clock right, or make it anew' };
}

/** Whether looking at it connects to something, or starts a program. */
export function asksTrust({ probe }: Check): boolean {
  return costsTrust(costOf(probe));
}

/** What is said of a check that nobody looks at in a workspace that nobody vouches for. */
export function untrusted({ title }: Check): Judgement {
  return {
    state: 'unknown',
    expected: title,
    seen: 'not looked at, because nobody vouches for this workspace',
    next: 'trust the workspace, and check it then',
  };
}

const asks = { network: 'it asks the network', command: 'it starts a program', seconds: 'it reads files' };
const options = { network: '--network', command: '--commands', seconds: '' };

function notLookedAt(check: Check): Evidence {
  const cost = costOf(check.probe);
  const seen = cost === 'instant' ? 'not looked at yet' : `not looked at, because ${asks[cost]}`;
  const next =
    cost === 'network' || cost === 'command'
      ? `check it now, or run \`penstock readiness ${options[cost]}\``
      : 'check it now';
  return { state: 'unknown', expected: check.title, seen, next };
}

/** Whether a check that is judged alone is as it should be. */
export function isGood(state: Evidence['state']): boolean {
  return state === 'passed' || state === 'warning' || state === 'waived' || state === 'not-applicable';
}
