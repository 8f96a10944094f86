import { relative, resolve } from 'node:path';
import type { FileText } from '../core/files.ts';
import { baseName, folderOf } from '../core/path.ts';
import type { Plan, PlanStatus } from '../core/plan.ts';
import type { Platform } from '../core/platform.ts';
import { SourceFile } from '../core/source-file.ts';
import type { Claim, ParsedFile, Project, System } from '../core/system.ts';
import { createNodeFiles, fromFsPath, toFsPath } from '../files/node-files.ts';
import { createNodePause } from '../files/node-pause.ts';
import type { CliHost } from './host.ts';
import { printPlan } from './plan-text.ts';

export interface PlanArgs {
  /** The document to read; the nearest one below the working directory where absent. */
  readonly file: string | undefined;
  readonly format: 'text' | 'json';
}

/** `penstock plan --format json`. Public. */
export interface PlanJson {
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly group: string;
    readonly status: PlanStatus;
    readonly priority: string | null;
    readonly effort: string | null;
    readonly dependencies: readonly string[];
    /** One-based, as editors and `grep -n` count lines. */
    readonly line: number;
  }[];
  readonly groups: readonly string[];
  readonly readiness: readonly { readonly category: string; readonly claimed: number }[];
  readonly criteria: readonly { readonly text: string; readonly done: boolean }[];
  readonly blockers: readonly { readonly text: string }[];
  readonly risks: readonly {
    readonly text: string;
    readonly impact: string | null;
    readonly probability: string | null;
    readonly mitigation: string | null;
  }[];
  readonly updated: string | null;
  readonly claimedOverall: number | null;
}

/** A plan and the text it was read from. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly source: SourceFile;
}

/** Prints a planning document. Exit status: 0 printed, 2 there is none. */
export async function runPlan(
  { file, format }: PlanArgs,
  { systems, io, openFolder }: Pick<CliHost, 'systems' | 'io' | 'openFolder'>,
): Promise<number> {
  const place = (path: string): string => relative(io.cwd, toFsPath(path)).replaceAll('\\', '/');
  const refuse = (message: string): number => {
    io.err(`penstock plan: ${message}\n`);
    return 2;
  };
  let found: ReadPlan | undefined;
  if (file === undefined) {
    const documents = findDocuments(await openFolder(io.cwd));
    found = documents[0];
    if (!found)
      return refuse(
        'no planning document found here; name one, or write a Markdown table with the columns Task, Priority and Status',
      );
    const others = documents.slice(1).map(({ plan }) => place(plan.path));
    if (others.length > 0)
      io.err(`penstock plan: read ${place(found.plan.path)}; there is also ${others.join(', ')}\n`);
  } else {
    const path = fromFsPath(resolve(io.cwd, file));
    const text = createNodeFiles({ pause: createNodePause() }).read(path);
    if (text.kind !== 'text') return refuse(whyUnread(file, text));
    found = readNamed(path, text.text, systems);
    if (!found)
      return refuse(`${file} holds no tasks; name a Markdown document with a table of tasks or a check list`);
  }
  if (format === 'json') io.out(`${JSON.stringify(toJson(found), undefined, 2)}\n`);
  else io.out(printPlan(found, place(found.plan.path)));
  return 0;
}

/** Every planning document of the platform, the nearest to its root first, then by name. */
function findDocuments(platform: Platform): readonly ReadPlan[] {
  const found: ReadPlan[] = [];
  for (const path of platform.paths()) {
    const file = platform.systemOf(path)?.readPlan && platform.parsed(path);
    const plan = file && platform.systemOf(path)?.readPlan?.(file);
    if (plan) found.push({ plan, source: file.source });
  }
  const depth = ({ plan }: ReadPlan): number => plan.path.split('/').length;
  return found.sort((a, b) => depth(a) - depth(b) || (a.plan.path < b.plan.path ? -1 : 1));
}

/** A document that the user names is read as a plan whatever its head looks like, provided that tasks are in it. */
function readNamed(path: string, text: string, systems: readonly System[]): ReadPlan | undefined {
  for (const system of systems) {
    const claim = system.claimPlan?.(path);
    const found =
      claim && readAs(system, new SourceFile(path, text), claim, projectAt(folderOf(path), system));
    if (found && found.plan.items.length + found.plan.readiness.length + found.plan.criteria.length > 0)
      return found;
  }
  return undefined;
}

function readAs(system: System, source: SourceFile, claim: Claim, project: Project): ReadPlan | undefined {
  const file: ParsedFile = { ...system.parse(source, claim, project), source, claim, project };
  const plan = system.readPlan?.(file);
  return plan && { plan, source };
}

function projectAt(root: string, system: System): Project {
  return {
    root,
    files: new Set(),
    system: system.id,
    name: baseName(root),
    marker: undefined,
    scope: root,
    vendored: false,
    plans: [],
    data: undefined,
  };
}

function whyUnread(file: string, text: Exclude<FileText, { kind: 'text' }>): string {
  if (text.kind === 'too-large')
    return `${file} has ${Math.round(text.bytes / 1e6)} MB, too much for a planning document`;
  return `there is no file ${file} that can be read; name one that exists`;
}

function toJson({ plan, source }: ReadPlan): PlanJson {
  return {
    items: plan.items.map(({ id, title, group, status, priority, effort, dependencies, location }) => {
      const line = source.positionAt(location.span.start).line + 1;
      return {
        id,
        title,
        group,
        status,
        priority: priority ?? null,
        effort: effort ?? null,
        dependencies,
        line,
      };
    }),
    groups: plan.groups,
    readiness: plan.readiness.map(({ category, claimed }) => ({ category, claimed })),
    criteria: plan.criteria.map(({ text, done }) => ({ text, done })),
    blockers: plan.blockers.map(({ text }) => ({ text })),
    risks: plan.risks.map(({ text, impact = null, probability = null, mitigation = null }) => ({
      text,
      impact,
      probability,
      mitigation,
    })),
    updated: plan.updated ?? null,
    claimedOverall: plan.claimedOverall ?? null,
  };
}
