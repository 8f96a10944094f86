import { isObject, objectIn, textOf, type JsonObject } from '../../core/json.ts';
import type { LogLevel } from '../../core/step.ts';

/** One line of Meltano's log with `--log-format=json`, as far as it is understood. */
export interface LogLine {
  readonly event: string;
  readonly level: LogLevel;
  /** The plugin that printed it; undefined where Meltano itself speaks. */
  readonly plugin: string | undefined;
  /** True for an extractor, whose metrics count what was read. */
  readonly isProducer: boolean;
  /** `elb` within an extract-and-load block, `command` for a plugin's command. */
  readonly command: string | undefined;
  readonly record: JsonObject;
}

/** What a Singer plugin measured. */
export interface Metric {
  readonly metric: string;
  readonly value: number;
  readonly stream: string;
  readonly status: string | undefined;
  /** True where the stream is read once for each record of another: its end is not the stream's end. */
  readonly isPart: boolean;
}

/** Undefined for a line that is no log record: an error of the command line, a print, a traceback of Meltano's own. */
export function readLogLine(text: string): LogLine | undefined {
  if (!text.startsWith('{')) return undefined;
  const record = objectIn(text);
  if (!record || typeof record['event'] !== 'string' || typeof record['level'] !== 'string') return undefined;
  const plugin = textOf(record['name']);
  const event = withoutOffer(record['event']);
  return {
    event,
    level: plugin === undefined ? levelOf(record['level']) : pluginLevel(event, levelOf(record['level'])),
    plugin,
    isProducer: record['producer'] === true,
    command: textOf(record['cmd_type']),
    record,
  };
}

/** Meltano 3 puts its offer of help ahead of what went wrong; 4 says it apart. */
function withoutOffer(event: string): string {
  return event.replace(/^Need help fixing this problem\?[^\n]*(?:\n+|$)/u, '');
}

/** The metric a line carries: as text behind `METRIC:`, or taken apart where the plugin logs in JSON. */
export function metricOf({ event, record }: LogLine): Metric | undefined {
  const told = record['metric_info'] ?? objectIn(/\bMETRIC: (\{.*\})/u.exec(event)?.[1] ?? '');
  if (!isObject(told)) return undefined;
  const tags = isObject(told['tags']) ? told['tags'] : {};
  const stream = textOf(tags['stream']) ?? textOf(tags['endpoint']);
  const { metric, value } = told;
  if (typeof metric !== 'string' || typeof value !== 'number' || stream === undefined) return undefined;
  const { context } = tags;
  return {
    metric,
    value,
    stream,
    status: textOf(tags['status']),
    isPart: isObject(context) && Object.keys(context).length > 0,
  };
}

function levelOf(level: string): LogLevel {
  if (level === 'debug') return 'debug';
  if (level === 'warning' || level === 'warn') return 'warn';
  return level === 'error' || level === 'critical' || level === 'exception' ? 'error' : 'info';
}

/** Meltano passes a plugin's own lines on as information, whatever they say. */
function pluginLevel(event: string, level: LogLevel): LogLevel {
  if (/\bMETRIC\b/u.test(event)) return 'debug';
  if (level !== 'info') return level;
  const word = /^(?:[\d\-:,.TZ ]+\|?\s*)?(DEBUG|WARNING|ERROR|CRITICAL)\b/u.exec(event)?.[1];
  if (word) return levelOf(word.toLowerCase());
  return isException(event) ? 'error' : 'info';
}

/** The last line of a Python traceback: `_duckdb.IOException: IO Error: …`. */
export function isException(event: string): boolean {
  return /^(?:\w+\.)*\w*(?:Error|Exception)\b(?::|$)/u.test(event);
}
