import type { CancellationToken, Pause } from './cancellation.ts';
import { FactIndex, type FactReader } from './fact-index.ts';
import type { Fact } from './facts.ts';
import type { Files } from './files.ts';
import type { Finding } from './finding.ts';
import type { Log } from './log.ts';
import { NameChecks } from './name-checks.ts';
import { isInside } from './path.ts';
import { ProjectMap } from './project-map.ts';
import { byPlace, checkFile } from './check-file.ts';
import { SourceFile } from './source-file.ts';
import type { Step } from './step.ts';
import { readSuppressions, type Suppression } from './suppressions.ts';
import type { Claim, ParsedFile, Project, System, Tool, ToolVersion } from './system.ts';

export interface PlatformOptions {
  readonly systems: readonly System[];
  readonly files: Files;
  readonly log: Log;
  readonly pause: Pause;
  /** Which version of a project's tool is in force, as far as the outside can tell without running it. */
  readonly versionOf?: (tool: Tool, project: Project) => ToolVersion | undefined;
  /** Names of environment variables that are set for whoever starts the tools; values are never asked for. */
  readonly environment?: ReadonlySet<string>;
  /** Tests want a rule's exception; users want the other rules. */
  readonly onRuleError?: (rule: string, path: string, error: unknown) => void;
}

export interface LoadProgress {
  (done: number, total: number): void;
}

/** What is kept of each file a system claims. */
interface FileState {
  readonly source: SourceFile;
  readonly claim: Claim;
  readonly system: System;
  readonly project: Project;
  /** From the file alone: syntax, schema, file rules. */
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
}

/**
 * All that is known of a workspace: its files, their facts and their findings.
 *
 * Life of a file: listed → claimed by a system → parsed → its facts indexed → checked.
 * Invariant: between two calls every file is at the last stage, so a question is answered from a whole.
 * An update costs what the changed files hold plus a look at the files that use names whose meaning changed.
 */
export class Platform {
  readonly systems: readonly System[];
  readonly #options: PlatformOptions;
  readonly #index = new FactIndex();
  readonly #projects: ProjectMap;
  readonly #states = new Map<string, FileState>();
  readonly #names: NameChecks;
  /** The newest parses, so that features need not read a file again on every request. */
  readonly #parsed = new Map<string, ParsedFile>();
  #folders: readonly string[] = [];

  constructor(options: PlatformOptions) {
    this.systems = options.systems;
    this.#options = options;
    this.#projects = new ProjectMap(options.systems, (path) => this.#read(path), options.versionOf);
    this.#names = new NameChecks(options.systems, this.#index, {
      stateOf: (path) => this.#states.get(path),
      onRuleError: (rule, path, error) => this.#ruleFailed(rule, path, error),
      environment: options.environment ?? new Set(),
    });
  }

  get facts(): FactReader {
    return this.#index;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  projects(): readonly Project[] {
    return this.#projects.all();
  }

  /** Reads everything below `folders`. When it is cancelled the platform is as it was before. */
  async load(folders: readonly string[], token: CancellationToken, progress?: LoadProgress): Promise<void> {
    const paths = new Set<string>();
    for (const folder of folders) {
      for await (const batch of this.#options.files.list(folder, token))
        for (const path of batch) paths.add(path);
    }
    this.#forgetAll();
    this.#folders = [...folders];
    this.#projects.reset(folders, paths);
    let done = 0;
    for (const path of paths) {
      const read = this.#look(path);
      if (read) this.#index.add(path, read.facts);
      if (++done % 64 === 0) {
        progress?.(done, paths.size);
        await this.#options.pause(token);
      }
    }
    progress?.(paths.size, paths.size);
  }

  /**
   * Looks again at files that were made, changed or removed; what each is now, the `Files` port tells.
   * Returns every path whose findings may differ.
   */
  update(paths: Iterable<string>): ReadonlySet<string> {
    const affected = new Set<string>();
    const queue = new Set(paths);
    for (const path of queue) {
      // Editors also open, and tell of, what lies elsewhere or is excluded: environments, build output.
      if (!this.#folders.some((folder) => this.#options.files.covers(folder, path))) continue;
      const gone = this.#options.files.read(path).kind === 'missing';
      for (const root of this.#projects.note(path, gone)) {
        for (const other of this.#under(root)) queue.add(other);
      }
      affected.add(path);
      const changed = gone ? this.#drop(path) : this.#take(path);
      for (const other of this.#names.touchedBy(changed)) affected.add(other);
    }
    for (const path of affected) this.#names.forget(path);
    return affected;
  }

  /** Every path that a system claims. */
  paths(): Iterable<string> {
    return this.#states.keys();
  }

  has(path: string): boolean {
    return this.#states.has(path);
  }

  source(path: string): SourceFile | undefined {
    return this.#states.get(path)?.source;
  }

  systemOf(path: string): System | undefined {
    return this.#states.get(path)?.system;
  }

  projectOf(path: string): Project | undefined {
    return this.#states.get(path)?.project;
  }

  claimOf(path: string): Claim | undefined {
    return this.#states.get(path)?.claim;
  }

  /** What is wrong in a file, by place; nothing for a file that no system claims. */
  findings(path: string): readonly Finding[] {
    const state = this.#states.get(path);
    if (!state) return [];
    const names = this.#names.of(path);
    if (names.length === 0) return state.findings;
    return [...state.findings, ...names].sort(byPlace);
  }

  /** The findings that comments in the file ask to leave out; `findings` still holds them. */
  suppressions(path: string): readonly Suppression[] {
    return this.#states.get(path)?.suppressions ?? [];
  }

  /** The file as its system reads it now. */
  parsed(path: string): ParsedFile | undefined {
    const state = this.#states.get(path);
    if (!state) return undefined;
    const known = this.#parsed.get(path);
    if (known) return known;
    return this.#keep(path, { ...state.system.parse(state.source, state.claim, state.project), ...state });
  }

  /** What can be run. A step that two projects offer under one name carries `@<project>` in its id. */
  steps(): readonly Step[] {
    const all = this.projects().flatMap((project) => (project.vendored ? [] : this.#stepsOf(project)));
    const count = new Map<string, number>();
    for (const step of all) count.set(step.id, (count.get(step.id) ?? 0) + 1);
    return all.map((step) =>
      count.get(step.id) === 1 ? step : { ...step, id: `${step.id}@${this.#labelOf(step)}` },
    );
  }

  system(id: string): System | undefined {
    return this.systems.find((system) => system.id === id);
  }

  /** Values that must not be shown, from every file that a system knows to hold some. */
  secrets(): readonly string[] {
    const found = new Set<string>();
    for (const [path, state] of this.#states) {
      if (!state.system.secrets) continue;
      const file = this.parsed(path);
      if (file) for (const secret of state.system.secrets(file)) found.add(secret);
    }
    return [...found];
  }

  #stepsOf(project: Project): readonly Step[] {
    return this.system(project.system)?.steps?.(project, this.#index) ?? [];
  }

  #labelOf(step: Step): string {
    const folder = this.#folders.find((each) => isInside(step.project, each));
    return step.project === folder ? '.' : step.project.slice((folder?.length ?? 0) + 1);
  }

  /** Looks at one file anew; returns the names whose meaning changed. */
  #take(path: string): ReturnType<FactIndex['replace']> {
    const read = this.#look(path);
    if (!read) return this.#drop(path);
    this.#parsed.delete(path);
    if (read.file) this.#keep(path, read.file);
    return this.#index.replace(path, read.facts);
  }

  /** Claims, parses and checks one file; undefined where no system claims it or it is gone. */
  #look(path: string): { readonly facts: readonly Fact[]; readonly file?: ParsedFile } | undefined {
    const claimed = this.#projects.claim(path);
    if (!claimed) return undefined;
    const { system, claim, project } = claimed;
    const read = claim.readsText ? this.#options.files.read(path) : ({ kind: 'text', text: '' } as const);
    if (read.kind === 'missing') return undefined;
    const source = new SourceFile(path, read.kind === 'text' ? read.text : '');
    const state = { source, claim, system, project, suppressions: [] };
    if (read.kind === 'too-large') {
      this.#states.set(path, { ...state, findings: [tooLarge(read.bytes)] });
      return { facts: [] };
    }
    const file: ParsedFile = { ...system.parse(source, claim, project), source, claim, project };
    if (project.vendored) this.#states.set(path, { ...state, findings: [] });
    else
      this.#states.set(path, {
        ...state,
        findings: checkFile(file, system.rules, (rule, error) => this.#ruleFailed(rule, path, error)),
        suppressions: readSuppressions(file),
      });
    return { facts: file.facts, file };
  }

  #drop(path: string): ReturnType<FactIndex['replace']> {
    this.#states.delete(path);
    this.#parsed.delete(path);
    return this.#index.replace(path, []);
  }

  #forgetAll(): void {
    this.#states.clear();
    this.#parsed.clear();
    this.#index.clear();
    this.#names.forgetAll();
  }

  #under(root: string): readonly string[] {
    return this.#projects.files(root);
  }

  /** Limit: trees of the 32 newest files; those of a whole platform would not fit a laptop's memory. */
  #keep(path: string, file: ParsedFile): ParsedFile {
    this.#parsed.delete(path);
    this.#parsed.set(path, file);
    if (this.#parsed.size > 32) this.#parsed.delete(this.#parsed.keys().next().value!);
    return file;
  }

  #read(path: string): string {
    const read = this.#options.files.read(path);
    return read.kind === 'text' ? read.text : '';
  }

  #ruleFailed(rule: string, path: string, error: unknown): void {
    if (this.#options.onRuleError) this.#options.onRuleError(rule, path, error);
    else
      this.#options.log.error(
        `${rule} failed on ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
  }
}

function tooLarge(bytes: number): Finding {
  return {
    code: 'file/too-large',
    severity: 'information',
    span: { start: 0, end: 0 },
    message: `this file is ${Math.round(bytes / 1e6)} MB and was not checked; generated data is better kept out of configuration`,
  };
}
