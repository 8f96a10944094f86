import { formatClock } from '../shared/format.ts';
import type { TimeStamps } from './protocol.ts';

/** What stands before a line of that time: nothing, `08:32:45 `, or `0:05.2 ` since the run began. */
export function stampOf(at: number, began: number, times: TimeStamps): string {
  if (times === 'off') return '';
  return `${times === 'clock' ? formatClock(at) : sinceStart(at - began)} `;
}

function sinceStart(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
}
