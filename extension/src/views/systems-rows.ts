import type { ProjectAnswer, StepAnswer, SystemAnswer } from '../../../server/src/protocol/requests.ts';
import { escapeMarkdown } from '../../../server/src/core/markdown-text.ts';
import { count, type Row } from './row.ts';

const kindTitles: Readonly<Record<string, string>> = {
  pipeline: 'Pipelines',
  job: 'Jobs',
  command: 'Commands',
  model: 'Models',
  plugin: 'Plugins',
};
const kindIcons: Readonly<Record<string, string>> = {
  pipeline: 'type-hierarchy-sub',
  job: 'server-process',
  command: 'terminal',
  model: 'table',
  plugin: 'plug',
};
const kindOrder = Object.keys(kindTitles);
/** What people come for; the rest stays closed, so that every system can be seen at a glance. */
const openKinds: ReadonlySet<string> = new Set(['pipeline', 'job']);

/** A heading for the steps of one kind; also for kinds that this version has no words for. */
export function kindTitle(kind: string): string {
  const known = kindTitles[kind];
  if (known !== undefined) return known;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${kind.endsWith('s') ? '' : 's'}`;
}

/** Groups steps by kind, in the order in which kinds stand everywhere. */
export function byKind(
  steps: readonly StepAnswer[],
): readonly (readonly [kind: string, steps: readonly StepAnswer[]])[] {
  const kinds = [...new Set(steps.map((step) => step.kind))].sort(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'),
  );
  return kinds.map((kind) => [kind, steps.filter((step) => step.kind === kind)] as const);
}

function rank(kind: string): number {
  const index = kindOrder.indexOf(kind);
  return index === -1 ? kindOrder.length : index;
}

/** The Systems view: system → project → steps by kind. */
export function systemRows(
  systems: readonly SystemAnswer[],
  steps: readonly StepAnswer[],
): readonly Row<StepAnswer>[] {
  return systems
    .filter((system) => system.projects.length > 0)
    .map((system) => ({
      id: system.id,
      label: system.title,
      description:
        system.projects.length === 1
          ? findingsText(system.projects)
          : `${system.projects.length} projects · ${findingsText(system.projects)}`,
      icon: { id: system.icon },
      context: 'system',
      expanded: true,
      children: system.projects.map((project) =>
        projectRow(
          system,
          project,
          steps.filter((step) => step.system === system.id && step.projectUri === project.uri),
        ),
      ),
    }));
}

function projectRow(
  system: SystemAnswer,
  project: ProjectAnswer,
  steps: readonly StepAnswer[],
): Row<StepAnswer> {
  const id = `${system.id}#${project.uri}`;
  const kinds = byKind(steps).map(([kind, ofKind]) => kindRow(`${id}#${kind}`, project, kind, ofKind));
  const findings = findingsText([project]);
  return {
    id,
    label: project.name,
    description: [project.version, findings].filter((part) => part !== undefined).join(' · '),
    tooltip: projectTooltip(system, project, findings),
    icon: { id: 'folder' },
    context: 'project',
    open: { kind: 'file', uri: project.openUri },
    expanded: true,
    children: [...kinds, ...silentRows(id, project)],
  };
}

function projectTooltip(system: SystemAnswer, project: ProjectAnswer, findings: string): string {
  const lines = [`- ${count(project.files, 'file')} read, ${findings}`];
  if (project.version !== undefined) {
    const source = project.versionSource === undefined ? '' : ` (${escapeMarkdown(project.versionSource)})`;
    lines.unshift(`- Version ${escapeMarkdown(project.version)}${source}`);
  }
  for (const reason of project.silent) lines.push(`- Not checked: ${escapeMarkdown(reason)}`);
  return `**${escapeMarkdown(system.title)} · ${escapeMarkdown(project.name)}**\n\n${lines.join('\n')}`;
}

/** `no findings`, `2 errors, 1 warning`; hints are not counted. */
function findingsText(projects: readonly ProjectAnswer[]): string {
  const sum = (severity: 'error' | 'warning' | 'information'): number =>
    projects.reduce((total, project) => total + project.findings[severity], 0);
  const parts = [
    sum('error') > 0 ? count(sum('error'), 'error') : '',
    sum('warning') > 0 ? count(sum('warning'), 'warning') : '',
    sum('information') > 0 ? count(sum('information'), 'note') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

function silentRows(id: string, project: ProjectAnswer): readonly Row<StepAnswer>[] {
  if (project.silent.length === 0) return [];
  const children = project.silent.map((reason, index): Row<StepAnswer> => ({
    id: `${id}#silent#${index}`,
    label: reason,
    tooltip: escapeMarkdown(reason),
    icon: { id: 'info' },
    context: 'silent',
  }));
  return [
    {
      id: `${id}#silent`,
      label: 'Not Checked Here',
      description: String(children.length),
      icon: { id: 'info' },
      context: 'silentGroup',
      children,
    },
  ];
}

function kindRow(
  id: string,
  project: ProjectAnswer,
  kind: string,
  steps: readonly StepAnswer[],
): Row<StepAnswer> {
  const folders = new Map<string, StepAnswer[]>();
  for (const step of steps) {
    const folder = kind === 'model' ? folderOf(step, project) : '';
    folders.set(folder, [...(folders.get(folder) ?? []), step]);
  }
  const rows = [...folders]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .flatMap(([folder, inFolder]) => {
      const leaves = inFolder.map((step) => stepRow(id, step));
      if (folder === '') return leaves;
      const row: Row<StepAnswer> = {
        id: `${id}#${folder}/`,
        label: folder,
        description: String(leaves.length),
        icon: { id: 'folder' },
        context: 'stepFolder',
        children: leaves,
      };
      return [row];
    });
  return {
    id,
    label: kindTitle(kind),
    description: String(steps.length),
    context: 'stepKind',
    expanded: openKinds.has(kind) && steps.length <= 12,
    children: rows,
  };
}

/** Where a model lies in its project, `models/staging`; '' when it has no place of its own. */
function folderOf(step: StepAnswer, project: ProjectAnswer): string {
  const root = `${project.uri}/`;
  if (step.uri === undefined || !step.uri.startsWith(root)) return '';
  const inside = decodeURIComponent(step.uri.slice(root.length));
  return inside.includes('/') ? inside.slice(0, inside.lastIndexOf('/')) : '';
}

/** `stg_orders` of `dbt:model/stg_orders`; a command has no name but its title. */
function ownName({ id }: StepAnswer): string | undefined {
  const at = id.indexOf('/');
  return at === -1 ? undefined : id.slice(at + 1);
}

function stepRow(parent: string, step: StepAnswer): Row<StepAnswer> {
  const name = ownName(step);
  const row: Row<StepAnswer> = {
    id: `${parent}#${step.id}`,
    label: name ?? step.title,
    description: name === undefined ? step.id : step.detail,
    tooltip: `**${escapeMarkdown(step.id)}**\n\n${escapeMarkdown(step.detail)}`,
    icon: { id: kindIcons[step.kind] ?? 'gear' },
    context: contextOf(step),
    spoken: `${step.title}, step of ${step.systemTitle}`,
    data: step,
  };
  return step.uri === undefined
    ? row
    : {
        ...row,
        open: { kind: 'file', uri: step.uri, ...(step.range ? { line: step.range.start.line } : {}) },
      };
}

/** What menus offer: a model has a lineage, too, and a pipeline a graph. */
function contextOf({ uri, kind }: StepAnswer): string {
  if (kind === 'pipeline') return 'stepWithGraph';
  if (uri === undefined) return 'step';
  return kind === 'model' ? 'stepWithLineage' : 'stepWithFile';
}
