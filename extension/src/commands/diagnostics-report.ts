import type { PlanAnswer, StepAnswer, SystemAnswer } from '../../../server/src/protocol/requests.ts';
import type { Settings } from '../settings.ts';
import { byKind } from '../views/systems-rows.ts';

export interface DiagnosticsFacts {
  readonly versions: Readonly<Record<string, string>>;
  readonly folders: number;
  readonly isTrusted: boolean;
  readonly server: string;
  readonly settings: Settings;
  readonly plans: readonly PlanAnswer[];
  readonly systems: readonly SystemAnswer[];
  readonly steps: readonly StepAnswer[];
  readonly runs: readonly { readonly status: string }[];
  /** Active extensions that look at the same files, with their versions. */
  readonly neighbours: readonly string[];
}

/** What a bug report needs: versions, settings and numbers; no names, paths or contents of the workspace. */
export function diagnosticsReport(facts: DiagnosticsFacts): string {
  const { settings } = facts;
  return [
    '# Penstock diagnostics',
    '',
    'Versions, settings and numbers only: no names, paths or contents of your workspace.',
    '',
    section('Versions', Object.entries(facts.versions)),
    section('Workspace', [
      ['folders', facts.folders],
      ['trusted', facts.isTrusted],
      ['language server', facts.server],
      ['neighbours', facts.neighbours.join(', ') || 'none'],
    ]),
    section('Settings', [
      ['severity', JSON.stringify(settings.server.severity)],
      ['exclude', `${settings.server.exclude.length} globs`],
      ['python.environments', `${settings.server.python.environments.length} folders`],
      ['versions', JSON.stringify(settings.server.versions ?? {})],
      ['run.maxParallel', settings.run.maxParallel],
      ['run.where', settings.run.where],
      ['codeLens', settings.codeLens],
      ['neighbours.sqlCompletion', settings.sqlCompletion],
    ]),
    section(
      'Systems',
      facts.systems.flatMap(({ id, projects }) =>
        projects.map((project) => [id, projectFigures(project)] as const),
      ),
    ),
    section(
      'Steps',
      byKind(facts.steps).map(([kind, ofKind]) => [kind, ofKind.length] as const),
    ),
    section(
      'Plans',
      facts.plans.map(
        ({ items, groups }, index) =>
          [`document ${index + 1}`, `${items.length} tasks in ${groups.length} groups`] as const,
      ),
    ),
    section('Runs', [...countBy(facts.runs.map(({ status }) => status))]),
  ].join('\n');
}

function projectFigures({ version, files, findings, silent }: SystemAnswer['projects'][number]): string {
  const { error, warning, information, hint } = findings;
  return `version ${version ?? 'unknown'}, ${files} files, findings ${error}/${warning}/${information}/${hint}, ${silent.length} silences`;
}

function section(title: string, facts: readonly (readonly [string, unknown])[]): string {
  const lines = facts.map(([name, value]) => `- ${name}: ${String(value)}`);
  return `## ${title}\n\n${lines.length === 0 ? '- none' : lines.join('\n')}\n`;
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
