/** Where a message of dbt's says that something is wrong. */
export interface FailurePlace {
  /** Relative to the project's folder. */
  readonly path?: string;
  /** One-based. */
  readonly line?: number;
}

const endings = '(?:sql|py|ya?ml|csv|md)';
const inBrackets = new RegExp(`\\(([^()\\n]+\\.${endings})\\)`);
const named = new RegExp(
  `(?:given in|schema file at|property file at|Contents of file|in file) '?([^'\\n]+?\\.${endings})\\b`,
);
const listed = new RegExp(`^\\s*- ((?:[^/\\n]+/)+[^/\\n]+\\.${endings})$`, 'm');

/**
 * The place that a message names: the file in brackets of its first lines, and the line that Jinja or
 * the database counts. The database counts the lines of the SQL it was sent, in which the model begins
 * behind the statement's own head.
 * Limit: a Jinja block that spans lines above the place moves it, for dbt leaves those lines out.
 */
export function placeOf(message: string, sent: string | undefined): FailurePlace {
  const path = inBrackets.exec(message)?.[1] ?? named.exec(message)?.[1] ?? listed.exec(message)?.[1];
  if (path === undefined) return {};
  const line = lineOf(message, sent);
  return line === undefined ? { path } : { path, line };
}

function lineOf(message: string, sent: string | undefined): number | undefined {
  const own = /^\s+line (\d+)$/m.exec(message)?.[1] ?? /Syntax error near line (\d+)/.exec(message)?.[1];
  if (own !== undefined) return Number(own);
  const counted = /^\s*LINE (\d+):/m.exec(message)?.[1];
  if (counted === undefined || sent === undefined) return undefined;
  const head = sent.split('\n').findIndex((line) => /\bas\s*\(\s*$/i.test(line));
  const line = Number(counted) - (head + 1);
  return head >= 0 && line > 0 ? line : undefined;
}
