import type { FailurePlace } from './failure-place.ts';

const headOfError = /^\[error\] \[\w+ \(dbt\d+\)\]: /;
const arrow = /^\s*--> (.+?):(\d+):\d+\s*$/m;
const atEnd = /\(([^()\n]+\.(?:sql|py|ya?ml|csv))(?::(\d+):\d+)?\)$/;

/**
 * What dbt v2 says is wrong, without the head of the line; the place is that of a file that it could not read.
 * Undefined for what is no error of dbt v2's.
 */
export function errorOfSecond(
  text: string,
): { readonly message: string; readonly place?: FailurePlace } | undefined {
  if (!headOfError.test(text)) return undefined;
  const message = text.replace(headOfError, '').replace(arrow, '').trimEnd();
  const [, path, line] = arrow.exec(text) ?? [];
  return path === undefined ? { message } : { message, place: { path, line: Number(line) } };
}

/** Where dbt v2 says that a test stands: `Failed [  0.03s] test  placed_only (seeds/s.yml:9:13)`; empty for dbt Core's lines. */
export function testPlaceOf(text: string): FailurePlace {
  const [, path, line] = atEnd.exec(text) ?? [];
  if (path === undefined) return {};
  return line === undefined ? { path } : { path, line: Number(line) };
}
