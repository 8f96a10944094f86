import * as vscode from 'vscode';
import type { ServerSettings } from '../../server/src/protocol/requests.ts';
import type { Retention } from '../../server/src/runs/run-store.ts';
import type { SqlCompletion } from './neighbours/decide-neighbours.ts';
import type { Notifications } from './runs/run-notices.ts';

/** The user's settings, decoded. Nothing else reads the configuration of section `penstock`. */
export interface Settings {
  readonly server: ServerSettings;
  readonly codeLens: boolean;
  readonly notifications: Notifications;
  readonly sqlCompletion: SqlCompletion;
  readonly run: {
    readonly maxParallel: number;
    /** Where steps run whose tool is at home in a compose service. */
    readonly where: 'auto' | 'local' | 'service';
    readonly history: Retention;
  };
}

/** The settings as they are now. A value of the wrong type counts as not set. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('penstock');
  return {
    server: {
      severity: record(configuration.get('severity')) as ServerSettings['severity'],
      exclude: strings(configuration.get('exclude')),
      python: { environments: strings(configuration.get('python.environments')) },
      versions: record(configuration.get('versions')) as NonNullable<ServerSettings['versions']>,
      readiness: { allowHosts: strings(configuration.get('readiness.allowHosts')) },
      plan: {
        documents: strings(configuration.get('plan.documents')),
        statusWords: record(configuration.get('plan.statusWords')),
      },
    },
    codeLens: configuration.get('codeLens') !== false,
    notifications: notifications(configuration.get('notifications')),
    sqlCompletion: sqlCompletion(configuration.get('neighbours.sqlCompletion')),
    run: {
      maxParallel: wholeNumber(configuration.get('run.maxParallel'), 4),
      where: whereToRun(configuration.get('run.where')),
      history: {
        keep: wholeNumber(configuration.get('run.keep'), 1000),
        ...limit('days', configuration.get('run.keepDays'), 0),
        ...limit('megabytes', configuration.get('run.keepMegabytes'), 2000),
      },
    },
  };
}

/** Calls back whenever one of the settings may be another. */
export function onSettingsChanged(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('penstock')) listener();
  });
}

function whereToRun(value: unknown): Settings['run']['where'] {
  return value === 'local' || value === 'service' ? value : 'auto';
}

function sqlCompletion(value: unknown): SqlCompletion {
  return value === 'penstock' || value === 'other' ? value : 'auto';
}

function notifications(value: unknown): Notifications {
  return value === 'all' || value === 'off' ? value : 'failures';
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** 0 sets no limit. */
function limit(name: 'days' | 'megabytes', value: unknown, fallback: number): Retention {
  const most = value === 0 ? 0 : wholeNumber(value, fallback);
  return most === 0 ? {} : { [name]: most };
}

function wholeNumber(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : fallback;
}
