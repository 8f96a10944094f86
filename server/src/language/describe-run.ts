import { tookText } from '../core/duration.ts';
import type { LastRun } from '../core/last-run.ts';

/** The later one of two reports; those of one and the same run say it together. */
export function latestRun(a: LastRun | undefined, b: LastRun | undefined): LastRun | undefined {
  if (!a || !b) return a ?? b;
  const apart = Date.parse(a.at) - Date.parse(b.at);
  if (Math.abs(apart) < sameRunMs) return { ...b, ...a };
  // One that does not say when is believed last.
  return apart > 0 || b.at === '' ? a : b;
}

/** Two clocks are read when a node starts: the tool's, and that of who follows it. */
const sameRunMs = 10_000;

/** Limit: a hover is read at a glance. */
const mostLines = 8;

const words: Readonly<Record<Exclude<LastRun['status'], 'running'>, string>> = {
  succeeded: 'succeeded',
  failed: '**failed**',
  warned: '**warned**',
  skipped: 'was skipped',
};

/** How a thing last went, as Markdown: when, how long, how much, and what went wrong. */
export function describeRun(run: LastRun, now: number): string {
  const { status, at, durationMs, rows, failures, message, by } = run;
  const parts = [
    status === 'running'
      ? `Running for ${agoText(at, now)}`
      : `Last run ${words[status]}${at === '' ? '' : ` ${agoText(at, now)} ago`}`,
    ...(durationMs === undefined || status === 'skipped' ? [] : [tookText(durationMs)]),
    ...(rows === undefined || status !== 'succeeded' ? [] : [counted(rows, 'row')]),
    ...(failures === undefined || failures === 0 ? [] : [counted(failures, 'failure')]),
    ...(by === undefined ? [] : [`\`${by.replaceAll('`', '')}\``]),
  ];
  const isTold =
    message !== undefined && message.trim() !== '' && (status === 'failed' || status === 'warned');
  return isTold ? `${parts.join(' · ')}\n\n${block(message)}` : parts.join(' · ');
}

function block(message: string): string {
  const lines = message.trim().split('\n');
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines;
  return ['```text', ...shown.map((line) => line.replaceAll('```', "'''")), '```'].join('\n');
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

const units = [
  [60, 'second'],
  [60, 'minute'],
  [24, 'hour'],
  [Number.POSITIVE_INFINITY, 'day'],
] as const;

function agoText(at: string, now: number): string {
  let count = Math.max(0, (now - Date.parse(at)) / 1000);
  for (const [next, unit] of units) {
    if (count < next) return counted(Math.round(count), unit);
    count /= next;
  }
  return '';
}
