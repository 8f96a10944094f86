import { objectIn, objectOf, textOf, type JsonObject } from '../../core/json.ts';

/** One event of dbt's JSON log, as far as it is understood. */
export interface LogEvent {
  readonly name: string;
  readonly level: string;
  readonly message: string;
  readonly data: JsonObject;
  readonly node: LogNode | undefined;
}

export interface LogNode {
  readonly id: string;
  readonly name: string;
  readonly resource: string;
  /** Of the file: dbt v2 tells it from the project's folder, dbt Core from where models lie. */
  readonly path: string | undefined;
}

/** Reads one line; undefined for text that is no event. */
export function readLogEvent(line: string): LogEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  const event = objectIn(line);
  const info = objectOf(event?.['info']);
  const name = textOf(info?.['name']);
  if (!info || name === undefined) return undefined;
  const data = objectOf(event?.['data']) ?? {};
  return {
    name,
    level: textOf(info['level']) ?? 'info',
    message: textOf(info['msg']) ?? '',
    data,
    node: nodeOf(data),
  };
}

function nodeOf(data: JsonObject): LogNode | undefined {
  const info = objectOf(data['node_info']);
  const id = textOf(info?.['unique_id']);
  if (!info || id === undefined || id === '') return undefined;
  return {
    id,
    name: textOf(info['node_name']) ?? id,
    resource: textOf(info['resource_type']) ?? 'node',
    path: textOf(info['node_path']),
  };
}
