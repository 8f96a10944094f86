import { ClaimMemory } from './claim-memory.ts';
import type { SeverityChoices } from './finding.ts';
import { baseName, folderOf, isInside } from './path.ts';
import { LinkedFiles } from './linked-files.ts';
import { mayPin } from './pinned-version.ts';
import type { PlanSettings, PlatformOptions } from './platform-options.ts';
import type { SourceFile } from './source-file.ts';
import { withStatusWords } from './status-words.ts';
import type { Claim, Project, System, ToolVersion } from './system.ts';
import { VersionsInForce } from './versions-in-force.ts';

export interface Claimed extends ClaimOf {
  readonly system: System;
  /** What the file is to other projects of the system that read it, too; absent for nearly all. */
  readonly also?: readonly ClaimOf[];
}

/** What a file is to one project. */
export interface ClaimOf {
  readonly claim: Claim;
  readonly project: Project;
}

/** Which folders are projects of which system, and whose each file is. */
export class ProjectMap {
  readonly #systems: readonly System[];
  readonly #read: (path: string) => string;
  readonly #sourceOf: (path: string, text: string) => SourceFile;
  readonly #versions: VersionsInForce;
  readonly #planSettings: (() => PlanSettings) | undefined;
  /** Base names of files and folders, by the folder they lie in. */
  readonly #children = new Map<string, Set<string>>();
  readonly #paths = new Set<string>();
  /** Projects by system id, then by root. */
  readonly #projects = new Map<string, Map<string, Project>>();
  /** For a folder the nearest project of each system that has one; forgotten whenever a project changes. */
  readonly #nearest = new Map<string, readonly (readonly [System, Project])[]>();
  /** What readings in a folder rest on, made when it is asked for. */
  readonly #grounds = new Map<string, string>();
  /** Documents that some project names as its plan. */
  #plans: ReadonlySet<string> = new Set();
  /** Files that are read because another one names them: documents of a plan, included files. */
  readonly linkedFiles = new LinkedFiles();
  /** Folders that a project reads outside of its own, by project. */
  #outside: readonly (readonly [folder: string, System, Project])[] = [];
  #folders: readonly string[] = [];
  readonly #claims = new ClaimMemory();

  constructor(
    systems: readonly System[],
    files: {
      readonly read: (path: string) => string;
      readonly sourceOf: (path: string, text: string) => SourceFile;
    },
    options: Pick<PlatformOptions, 'versionOf' | 'versions' | 'planSettings'>,
  ) {
    this.#systems = systems;
    this.#read = files.read;
    this.#sourceOf = files.sourceOf;
    this.#versions = new VersionsInForce(options, { read: this.#readListed, isCovered: this.#isCovered });
    this.#planSettings = options.planSettings;
  }

  all(): readonly Project[] {
    return this.#systems.flatMap((system) => [...(this.#projects.get(system.id)?.values() ?? [])]);
  }

  /** Whether a file, or a folder with files, is there among those that are listed. */
  has(path: string): boolean {
    return this.#paths.has(path) || this.isFolder(path);
  }

  isFolder(path: string): boolean {
    return this.#children.has(path);
  }

  files(root: string): readonly string[] {
    return [...this.#paths].filter((path) => isInside(path, root));
  }

  /** Starts over with these folders and files. */
  reset(folders: readonly string[], paths: Iterable<string>): void {
    this.#children.clear();
    this.#paths.clear();
    this.#projects.clear();
    this.#forgetNearest();
    this.#plans = new Set();
    this.linkedFiles.clear();
    this.#outside = [];
    this.#folders = [...folders];
    for (const system of this.#systems) {
      const own = new Map<string, Project>();
      this.#projects.set(system.id, own);
      if (system.markers.length > 0) continue;
      for (const folder of folders) own.set(folder, folderProject(system, folder));
    }
    for (const path of paths) this.#addPath(path);
    // Those of no tool may say which versions the others have.
    const bySpeakers = this.#systems.toSorted((a, b) => Number(!!a.tool) - Number(!!b.tool));
    const markers = new Set(bySpeakers.flatMap((system) => system.markers));
    const marked = [...this.#paths].filter((path) => markers.has(baseName(path)));
    for (const system of bySpeakers)
      for (const path of marked)
        if (system.markers.includes(baseName(path))) this.#reopen(system, path, false);
    this.#collectPlans();
  }

  /**
   * Takes note that a file was made, changed or removed.
   * Returns the roots of projects whose files must all be looked at again, because the layout is another now,
   * and the documents that came to be a plan or ceased to be one; then the roots below which findings count otherwise.
   */
  note(
    path: string,
    gone: boolean,
  ): { readonly changed: readonly string[]; readonly weighed: readonly string[] } {
    const isNew = !this.#paths.has(path);
    if (gone) this.#removePath(path);
    else if (isNew) this.#addPath(path);
    const plans = this.#plans;
    const before = this.#severityAt(folderOf(path));
    const outside = this.#outside;
    const versions = this.#versionsAt(folderOf(path));
    const roots = new Set<string>();
    for (const system of this.#systems) {
      if (system.markers.includes(baseName(path)) && this.#reopen(system, path, gone))
        roots.add(folderOf(path));
      const beside = this.#projects.get(system.id)?.get(folderOf(path))?.marker;
      if (
        beside !== undefined &&
        system.layoutFiles?.includes(baseName(path)) &&
        this.#reopen(system, beside, false)
      )
        roots.add(folderOf(path));
      if (!isNew && !gone) continue;
      for (const { root, marker, files } of this.#projectsAbove(system, folderOf(path))) {
        // A layout may depend on what lies in the project's folder: an installed package, a file that appears.
        if (marker === undefined || isSame(files, this.#children.get(root))) continue;
        if (this.#reopen(system, marker, false)) roots.add(root);
      }
    }
    if (mayPin(path) || JSON.stringify(versions) !== JSON.stringify(this.#versionsAt(folderOf(path))))
      for (const root of this.#reopenTools(folderOf(path))) roots.add(root);
    if (outside !== this.#outside) for (const [folder] of [...outside, ...this.#outside]) roots.add(folder);
    if (plans !== this.#plans)
      for (const plan of [...plans, ...this.#plans])
        if (plans.has(plan) !== this.#plans.has(plan)) roots.add(plan);
    const isSameWeight = JSON.stringify(before) === JSON.stringify(this.#severityAt(folderOf(path)));
    return { changed: [...roots], weighed: isSameWeight ? [] : [folderOf(path)] };
  }

  /** What the nearest projects that decide about findings decide for this file's. */
  severity(path: string): SeverityChoices | undefined {
    return this.#severityAt(folderOf(path));
  }

  /** The system that claims the file with the highest priority, or undefined. */
  claim(path: string): Claimed | undefined {
    const readers = this.#readersAt(folderOf(path));
    const rests = [path, this.#plans.has(path), this.linkedFiles.has(path), ...readers];
    return this.#claims.of(
      rests,
      () => this.#read(path),
      (head) => this.#claim(path, readers, head),
    );
  }

  #claim(
    path: string,
    readers: readonly (readonly [System, Project])[],
    head: () => string,
  ): Claimed | undefined {
    let best: Claimed | undefined;
    const claimFor = (system: System, project: Project): Claim | undefined =>
      system.claim(path, project, head) ??
      (this.#plans.has(path) ? system.claimPlan?.(path) : undefined) ??
      (this.linkedFiles.has(path) ? system.claimLinked?.(path, project, head) : undefined);
    for (const [system, project] of readers) {
      const claim = claimFor(system, project);
      if (claim && (!best || claim.priority > best.claim.priority)) best = { system, claim, project };
    }
    if (!best || this.#outside.length === 0) return best;
    const also = readers.flatMap(([system, project]): readonly ClaimOf[] => {
      if (system !== best.system || project === best.project) return [];
      const claim = claimFor(system, project);
      return claim ? [{ claim, project }] : [];
    });
    return also.length === 0 ? best : { ...best, also };
  }

  /** The project for which a system reads a file that it claims. */
  owner(path: string, systemId: string): readonly [System, Project] | undefined {
    if (this.#outside.length === 0) return this.nearest(path, systemId);
    const claimed = this.claim(path);
    return claimed?.system.id === systemId ? [claimed.system, claimed.project] : this.nearest(path, systemId);
  }

  /** What the file is to projects besides its owner. */
  sharedWith(path: string): readonly ClaimOf[] | undefined {
    return this.#outside.length === 0 ? undefined : this.claim(path)?.also;
  }

  /** Everything but its text that the reading of a file rests on: while this is the same, so is what is made of the text. */
  groundOf(path: string): string {
    const folder = folderOf(path);
    let ground = this.#grounds.get(folder);
    if (ground === undefined) {
      const projects = this.#readersAt(folder).map(([, project]) => fingerprint(project));
      this.#grounds.set(folder, (ground = projects.join('\n')));
    }
    if (this.#plans.has(path)) return `plan\n${ground}`;
    return this.linkedFiles.has(path) ? `linked\n${ground}` : ground;
  }

  /** The nearest project of a system around a file. */
  nearest(path: string, systemId: string): readonly [System, Project] | undefined {
    return this.#nearestAt(folderOf(path)).find(([system]) => system.id === systemId);
  }

  #severityAt(folder: string): SeverityChoices | undefined {
    const found = this.#nearestAt(folder).map(([, { severity }]) => severity);
    return found.some((each) => each !== undefined) ? Object.assign({}, ...found) : undefined;
  }

  readonly #isCovered = (folder: string): boolean => this.#folders.some((each) => isInside(folder, each));

  /** The text of a file that is there, else ''. */
  readonly #readListed = (path: string): string => (this.#paths.has(path) ? this.#read(path) : '');

  #forgetNearest(): void {
    this.#nearest.clear();
    this.#grounds.clear();
  }

  /** The nearest projects, then those that read the folder from elsewhere. */
  #readersAt(folder: string): readonly (readonly [System, Project])[] {
    const nearest = this.#nearestAt(folder);
    if (this.#outside.length === 0) return nearest;
    const known = new Set(nearest.map(([, project]) => project));
    const others = this.#outside
      .filter(([outside, , project]) => isInside(folder, outside) && !known.has(project))
      .map(([, system, project]) => [system, project] as const);
    return [...nearest, ...others];
  }

  #nearestAt(folder: string): readonly (readonly [System, Project])[] {
    let nearest = this.#nearest.get(folder);
    if (!nearest) {
      nearest = this.#systems.flatMap((system) => {
        for (const project of this.#projectsAbove(system, folder)) return [[system, project] as const];
        return [];
      });
      nearest = withStatusWords(nearest, this.#planSettings?.().statusWords);
      this.#nearest.set(folder, nearest);
    }
    return nearest;
  }

  /** The projects whose roots are `folder` or lie above it, the nearest first. */
  *#projectsAbove(system: System, folder: string): Iterable<Project> {
    const projects = this.#projects.get(system.id);
    if (!projects || projects.size === 0) return;
    for (let at = folder; ; at = folderOf(at)) {
      const project = projects.get(at);
      if (project) yield project;
      if (at === '') return;
    }
  }

  /** Reads a project's marker; true where the project is not what it was. */
  #reopen(system: System, marker: string, gone: boolean): boolean {
    const projects = this.#projects.get(system.id)!;
    const root = folderOf(marker);
    const before = projects.get(root);
    this.#forgetNearest();
    if (gone) {
      projects.delete(root);
      if (before?.plans.length) this.#collectPlans();
      if (before?.outside) this.#collectOutside();
      return before !== undefined;
    }
    const place = { root, files: new Set(this.#children.get(root)) };
    const layout = system.openProject?.(
      this.#sourceOf(marker, this.#read(marker)),
      place,
      (name) => this.#readListed(`${root}/${name}`),
      this.#isCovered,
    );
    const project: Project = {
      ...place,
      system: system.id,
      name: layout?.name ?? baseName(root),
      marker,
      scope: layout?.scope ?? root,
      vendored: layout?.vendored ?? false,
      plans: layout?.plans ?? [],
      ...(layout?.statusWords ? { statusWords: layout.statusWords } : {}),
      ...(layout?.severity ? { severity: layout.severity } : {}),
      ...(layout?.versions ? { versions: layout.versions } : {}),
      ...(layout?.outside?.length ? { outside: layout.outside } : {}),
      data: layout?.data,
    };
    const version =
      system.tool && this.#versions.of(system.tool, project, layout?.version, () => this.#versionsAt(root));
    const opened = version ? { ...project, version } : project;
    const isSame = before !== undefined && fingerprint(before) === fingerprint(opened);
    // What is known of a file as its project reads it holds while the project is the same.
    if (isSame && decisions(before) === decisions(opened)) return false;
    projects.set(root, opened);
    if (before?.plans.length || project.plans.length) this.#collectPlans();
    if (before?.outside || project.outside) this.#collectOutside();
    return !isSame;
  }

  /** What projects around a folder, and the user, say of versions below. */
  #versionsAt(folder: string): Readonly<Record<string, ToolVersion>> {
    return this.#versions.saidBy(this.#systems.flatMap((system) => [...this.#projectsAbove(system, folder)]));
  }

  /** Looks again at the projects of tools in a folder; returns the roots of those that are another thing now. */
  #reopenTools(folder: string): readonly string[] {
    return this.#systems.flatMap((system) =>
      [...((system.tool && this.#projects.get(system.id)?.values()) ?? [])].flatMap(({ root, marker }) =>
        marker !== undefined && isInside(root, folder) && this.#reopen(system, marker, false) ? root : [],
      ),
    );
  }

  #collectPlans(): void {
    const chosen = this.#planSettings?.().documents ?? [];
    this.#plans = new Set([...this.all().flatMap(({ plans }) => plans), ...chosen]);
  }

  /** In the order of the projects' roots, so that a file is always read for the same one first. */
  #collectOutside(): void {
    this.#outside = this.#systems.flatMap((system) =>
      [...(this.#projects.get(system.id)?.values() ?? [])]
        .sort((a, b) => (a.root < b.root ? -1 : 1))
        .flatMap((project) => (project.outside ?? []).map((folder) => [folder, system, project] as const)),
    );
  }

  #addPath(path: string): void {
    this.#paths.add(path);
    for (let at = path, folder = folderOf(at); folder !== at; at = folder, folder = folderOf(at)) {
      const names = this.#children.get(folder);
      if (names?.has(baseName(at))) return;
      if (names) names.add(baseName(at));
      else this.#children.set(folder, new Set([baseName(at)]));
      if (folder === '') return;
    }
  }

  /** A folder that is left empty goes too. */
  #removePath(path: string): void {
    this.#paths.delete(path);
    for (let at = path; at !== ''; at = folderOf(at)) {
      const names = this.#children.get(folderOf(at));
      names?.delete(baseName(at));
      if (!names || names.size > 0) return;
      this.#children.delete(folderOf(at));
    }
  }
}

function folderProject(system: System, folder: string): Project {
  const files = new Set<string>();
  return {
    root: folder,
    files,
    system: system.id,
    name: baseName(folder),
    marker: undefined,
    scope: folder,
    vendored: false,
    plans: [],
    data: undefined,
  };
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string> = new Set()): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}

/** What it decides for the projects and files below, beside what it is itself. */
function decisions({ severity, versions }: Project): string {
  return JSON.stringify([severity, versions]);
}

function fingerprint(project: Project): string {
  const { system, root, name, scope, vendored, plans, statusWords, outside, data, version, files } = project;
  return JSON.stringify(
    [system, root, name, scope, vendored, plans, statusWords, outside, data, version, [...files].sort()],
    (_key, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value),
  );
}
