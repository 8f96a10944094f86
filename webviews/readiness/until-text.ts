import type { WaiverView } from './protocol.ts';

/** 'until 2026-12-24, 25 days left'. */
export function untilText({ until, daysLeft }: WaiverView): string {
  if (until === undefined || daysLeft === undefined)
    return 'without a day that can be read: it does not count';
  if (daysLeft < 0) return `over since ${until}: it does not count any more`;
  const left = daysLeft === 0 ? 'last day today' : `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
  return `until ${until}, ${left}`;
}
