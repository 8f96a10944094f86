const units = [
  { name: 'day', ms: 86_400_000, from: 48 * 3_600_000 },
  { name: 'hour', ms: 3_600_000, from: 120 * 60_000 },
  { name: 'minute', ms: 60_000, from: 60_000 },
] as const;

/** Clocks of two machines differ by less. */
const skewMs = 60_000;

/** 'just now', '5 minutes ago', '3 days ago'; 'in 3 days' of what is dated more than a minute ahead. */
export function agoText(atMs: number, nowMs: number): string {
  if (atMs - nowMs > skewMs) return `in ${ageText(atMs - nowMs)!}`;
  const age = ageText(nowMs - atMs);
  return age === undefined ? 'just now' : `${age} ago`;
}

/** How old the evidence of a category is: 'evidence from 3 days ago', 'new evidence'; undefined where there is none. */
export function evidenceAge(
  { counting, oldestMs }: { readonly counting: number; readonly oldestMs?: number },
  nowMs: number,
): string | undefined {
  if (counting === 0 || oldestMs === undefined) return undefined;
  if (oldestMs - nowMs > skewMs) return 'evidence dated ahead';
  return ageText(nowMs - oldestMs) === undefined
    ? 'new evidence'
    : `evidence from ${agoText(oldestMs, nowMs)}`;
}

/** '5 minutes', '3 days'; undefined under a minute. */
function ageText(ageMs: number): string | undefined {
  const unit = units.find(({ from }) => ageMs >= from);
  if (!unit) return undefined;
  const count = Math.round(ageMs / unit.ms);
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}
