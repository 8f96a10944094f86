import type { Severity } from '../core/finding.ts';
import type { InitializationOptions, ServerSettings } from '../protocol/requests.ts';

const severities: ReadonlySet<unknown> = new Set<Severity | 'off'>([
  'off',
  'error',
  'warning',
  'information',
  'hint',
]);

/** Reads settings from whatever the client sent; what does not fit is as if it were not there. */
export function decodeSettings(sent: unknown): ServerSettings {
  const settings = asRecord(sent);
  const severity = Object.entries(asRecord(settings['severity'])).filter(([, value]) =>
    severities.has(value),
  );
  return {
    severity: Object.fromEntries(severity) as ServerSettings['severity'],
    exclude: asStrings(settings['exclude']),
    python: { environments: asStrings(asRecord(settings['python'])['environments']) },
    versions: decodeVersions(asRecord(settings['versions'])),
    readiness: { allowHosts: asStrings(asRecord(settings['readiness'])['allowHosts']) },
    plan: decodePlan(asRecord(settings['plan'])),
  };
}

function decodeVersions(versions: Record<string, unknown>): NonNullable<ServerSettings['versions']> {
  return Object.fromEntries(
    Object.entries(versions).flatMap(([system, version]) =>
      typeof version === 'string' && /^\d/.test(version) ? [[system, version] as const] : [],
    ),
  );
}

const statuses = ['planned', 'in-progress', 'done', 'blocked', 'skipped'] as const;

function decodePlan({
  documents,
  statusWords,
}: Record<string, unknown>): NonNullable<ServerSettings['plan']> {
  const words = asRecord(statusWords);
  const said = statuses.map((status) => [status, asStrings(words[status])] as const);
  return {
    documents: asStrings(documents),
    statusWords: Object.fromEntries(said.filter(([, list]) => list.length > 0)),
  };
}

export function decodeInitialization(sent: unknown): ServerSettings {
  return decodeSettings((asRecord(sent) as InitializationOptions).settings);
}

/** The commands that the client says it has. */
export function decodeCommands(sent: unknown): ReadonlySet<string> {
  return new Set(asStrings((asRecord(sent) as InitializationOptions).commands));
}

/** Whether the client vouches for the workspace. One that says nothing does not. */
export function decodeTrust(sent: unknown): boolean {
  return (asRecord(sent) as InitializationOptions).trusted === true;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function asStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
