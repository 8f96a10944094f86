/** One event of dbt's JSON log, as far as it is understood. */
export interface LogEvent {
  readonly name: string;
  readonly level: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
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
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return undefined;
  }
  const event = recordOf(read);
  const info = recordOf(event?.['info']);
  const name = textOf(info?.['name']);
  if (!info || name === undefined) return undefined;
  const data = recordOf(event?.['data']) ?? {};
  return {
    name,
    level: textOf(info['level']) ?? 'info',
    message: textOf(info['msg']) ?? '',
    data,
    node: nodeOf(data),
  };
}

function nodeOf(data: Readonly<Record<string, unknown>>): LogNode | undefined {
  const info = recordOf(data['node_info']);
  const id = textOf(info?.['unique_id']);
  if (!info || id === undefined || id === '') return undefined;
  return {
    id,
    name: textOf(info['node_name']) ?? id,
    resource: textOf(info['resource_type']) ?? 'node',
    path: textOf(info['node_path']),
  };
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
