import { burnUpSvg, type BurnPoint } from './burn-up.ts';
import type { TrendPoint } from './protocol.ts';

/** A chart with what it is drawn of. */
export interface TrendChart {
  readonly title: string;
  readonly verb: string;
  readonly points: readonly BurnPoint[];
  readonly svg: string;
}

/** The burn-up of tasks and that of checks, as far as there is anything to draw. */
export function trendCharts(trend: readonly TrendPoint[], nowMs: number): readonly TrendChart[] {
  const charts = [
    {
      title: 'Tasks',
      verb: 'done',
      points: trend.map(({ atMs, done, tasks }) => ({ atMs, done, total: tasks })),
    },
    {
      title: 'Checks',
      verb: 'passed',
      points: trend.map(({ atMs, passed, checks }) => ({ atMs, done: passed, total: checks })),
    },
  ];
  return charts
    .filter(({ points }) => points.some(({ total }) => total > 0))
    .map((chart) => ({ ...chart, svg: burnUpSvg(chart.points, { ...chart, nowMs }) }));
}
