import { scaleLinear, scaleTime } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { timeText } from './time-text.ts';

/** How much was done of how much there was, at a moment. */
export interface BurnPoint {
  readonly atMs: number;
  readonly done: number;
  readonly total: number;
}

export interface BurnUpOptions {
  /** What is counted: 'Tasks'. */
  readonly title: string;
  /** What a unit that counts is: 'done', 'passed'. */
  readonly verb: string;
  readonly nowMs: number;
  readonly width?: number;
  readonly height?: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const margin = { top: 12, right: 44, bottom: 24, left: 32 };

/**
 * A burn-up chart as SVG that needs nothing else: an area of what is done, a dashed line of all there is, both as
 * steps, for nothing changes between two changes. Its colours come from the style sheet around it.
 */
export function burnUpSvg(points: readonly BurnPoint[], options: BurnUpOptions): string {
  const { title, verb, nowMs, width = 360, height = 160 } = options;
  const shown = upToNow(points, nowMs);
  const [first, last] = [shown[0]!, shown.at(-1)!];
  const beginMs = Math.min(first.atMs, last.atMs - hourMs);
  const x = scaleTime()
    .domain([beginMs, last.atMs])
    .range([margin.left, width - margin.right]);
  const most = Math.max(1, ...shown.map(({ total }) => total));
  const y = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([height - margin.bottom, margin.top]);
  const steps = line<BurnPoint>()
    .x(({ atMs }) => x(atMs))
    .curve(curveStepAfter);
  const filled = area<BurnPoint>()
    .x(({ atMs }) => x(atMs))
    .y0(y(0))
    .y1(({ done }) => y(done))
    .curve(curveStepAfter);
  const rows = y
    .ticks(4)
    .filter(Number.isInteger)
    .map(
      (tick) =>
        `<path class="grid" d="M${margin.left} ${round(y(tick))}H${width - margin.right}"/>` +
        `<text class="tick" x="${margin.left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${tick}</text>`,
    );
  const columns = x
    .ticks(4)
    .map(
      (tick) =>
        `<text class="tick" x="${round(x(tick))}" y="${height - 6}" text-anchor="middle">${tickText(tick.getTime(), last.atMs - beginMs)}</text>`,
    );
  const end = width - margin.right + 6;
  // Where both say the same they are one label.
  const isApart = Math.abs(y(last.done) - y(last.total)) >= 14;
  const labels = [
    ...(isApart ? [label(end, y(last.total), String(last.total), 'label-total')] : []),
    label(end, y(last.done), isApart ? String(last.done) : `${last.done}/${last.total}`, 'label-done'),
  ];
  const said = escapeXml(`${title}: ${last.done} of ${last.total} ${verb}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="burn-up" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${said}">`,
    `<title>${said}</title>`,
    ...rows,
    ...columns,
    `<path class="done-area" d="${filled([...shown]) ?? ''}"/>`,
    `<path class="total-line" d="${steps.y(({ total }) => y(total))([...shown]) ?? ''}"/>`,
    `<path class="done-line" d="${steps.y(({ done }) => y(done))([...shown]) ?? ''}"/>`,
    ...labels,
    '</svg>',
  ].join('\n');
}

/** The last change holds until now. */
function upToNow(points: readonly BurnPoint[], nowMs: number): readonly BurnPoint[] {
  const sorted = points.toSorted((a, b) => a.atMs - b.atMs);
  const last = sorted.at(-1) ?? { atMs: nowMs, done: 0, total: 0 };
  return last.atMs < nowMs || sorted.length === 0 ? [...sorted, { ...last, atMs: nowMs }] : sorted;
}

/** A part of a time as the page tells it: `08:30` of a day or two, `11-29` of a season, `2026-11` of more. */
function tickText(atMs: number, spanMs: number): string {
  const text = timeText(atMs);
  if (spanMs <= 2 * dayMs) return text.slice(11);
  return spanMs <= 270 * dayMs ? text.slice(5, 10) : text.slice(0, 7);
}

function label(x: number, y: number, text: string, name: string): string {
  return `<text class="label ${name}" x="${x}" y="${round(y + 4)}">${text}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Text as it may stand in XML and in HTML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
