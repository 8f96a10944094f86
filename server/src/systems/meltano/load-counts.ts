import type { Progress } from '../../core/step.ts';
import { metricOf, type LogLine } from './log-line.ts';

/** What a loader wrote since it last said so. */
export interface Written {
  /** The stream, or the table as the loader calls it: `"shop"."raw"."orders"`. */
  readonly table: string;
  readonly counts: Partial<Progress>;
}

/**
 * Loaders count in three ways: as a metric of the Singer SDK; as `Loading 500 rows into 'orders'`; as
 * `Loading into orders: {"inserts": 5, "updates": 0, "size_bytes": 90}`.
 */
export function writtenOf(line: LogLine): Written | undefined {
  const metric = metricOf(line);
  if (metric) {
    return metric.metric === 'record_count'
      ? { table: metric.stream, counts: { loaded: metric.value } }
      : undefined;
  }
  const [, rows, into] = /^(?:\w+ )*?Loading (\d+) rows into '(.+)'$/u.exec(line.event) ?? [];
  if (rows !== undefined && into !== undefined) return { table: into, counts: { loaded: Number(rows) } };
  const [, table, told] = /\bLoading into (\S+): (\{.*\})$/u.exec(line.event) ?? [];
  return table === undefined || told === undefined ? undefined : { table, counts: countsIn(told) };
}

/** True where Meltano has kept the place that was reached, for the next run to go on from. */
export function isStateKept(event: string): boolean {
  return event.startsWith('Incremental state has been updated');
}

/** Streams are called like their tables, or `schema-table`. */
export function isTableOf(table: string, stream: string): boolean {
  const last = (name: string, sign: RegExp): string => (name.split(sign).at(-1) ?? '').toLowerCase();
  const name = last(table, /\./u).replaceAll(/["'`]/gu, '');
  return name === stream.toLowerCase() || name === last(stream, /[-.]/u);
}

/** Counts added up; what nobody counted is left out. */
export function sumOf(all: readonly Partial<Progress>[]): Progress {
  const total = { records: 0 } as Record<keyof Progress, number>;
  for (const counts of all) {
    for (const [key, value] of Object.entries(counts) as [keyof Progress, number][])
      total[key] = (total[key] ?? 0) + value;
  }
  return total;
}

function countsIn(json: string): Partial<Progress> {
  const number = (key: string): number | undefined => {
    const found = new RegExp(`"${key}": ?(\\d+)`, 'u').exec(json)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const bytes = number('size_bytes');
  const loaded = (number('inserts') ?? 0) + (number('updates') ?? 0);
  return { loaded, ...(bytes === undefined ? {} : { bytes }) };
}
