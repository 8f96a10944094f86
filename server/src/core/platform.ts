import type { Artifacts, Surroundings } from './artifact.ts';
import { neverCancelled, type CancellationToken } from './cancellation.ts';
import { FactIndex, type FactReader } from './fact-index.ts';
import { placesAt } from './file-places.ts';
import { eachNameOnce } from './name-set.ts';
import type { Fact, NameKey } from './facts.ts';
import { findingsOf } from './file-findings.ts';
import { errorsIn, readFile, RestoredState, type FileState, type Reading } from './file-state.ts';
import type { FileText } from './files.ts';
import type { Finding, SeverityChoices } from './finding.ts';
import { isSameGround, type Ground, type Kept } from './kept.ts';
import { isUnreadable, NameChecks } from './name-checks.ts';
import { NewestParses, NewestSources } from './newest.ts';
import type { PlatformOptions } from './platform-options.ts';
import { ProjectMap } from './project-map.ts';
import { SourceFile } from './source-file.ts';
import { indexRestored } from './index-restored.ts';
import { StepList } from './step-list.ts';
import type { Step } from './step.ts';
import type { Suppression } from './suppressions.ts';
import { toKeep } from './to-keep.ts';
import type { Claim, ParsedFile, Project, System } from './system.ts';
import { checkTold, tellers } from './told-options.ts';

export interface LoadProgress {
  (done: number, total: number): void;
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
  /** Steps by their names, also of those that are not listed. */
  readonly stepList: StepList;
  readonly #index: FactIndex;
  readonly #projects: ProjectMap;
  readonly #states = new Map<string, FileState>();
  readonly #names: NameChecks;
  readonly #sources = new NewestSources();
  readonly #parsed = new NewestParses();
  /** What each file's reading rests on; only where that is kept for the next start. */
  readonly #grounds = new Map<string, Ground>();
  #folders: readonly string[] = [];
  /** How many files differ from what the last start kept. */
  #news = 0;
  #updates = 0;

  constructor(options: PlatformOptions) {
    this.systems = options.systems;
    this.stepList = new StepList(options.systems);
    this.#index = new FactIndex((name) => this.stepList.listedName(name));
    this.#options = options;
    const read = (path: string): string => this.#read(path);
    const sourceOf = (path: string, text: string): SourceFile => this.#sources.of(path, text);
    this.#projects = new ProjectMap(options.systems, { read, sourceOf }, options);
    this.#names = new NameChecks(options.systems, this.#index, {
      stateOf: (path) => this.#states.get(path),
      parsed: (path) => this.parsed(path),
      exists: (path) => this.#projects.has(path) || options.files.has(path),
      isFolder: (path) => this.#projects.isFolder(path),
      text: (path) => this.#states.get(path)?.source.text || this.#read(path),
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

  /** Whether an environment variable is set for whoever starts the tools, and whether to nothing. */
  readonly isSet = (variable: string): boolean => this.#options.environment?.has(variable) ?? false;
  readonly isEmpty = (variable: string): boolean => this.#options.emptyVariables?.has(variable) ?? false;

  /** Reads everything below `folders`. Cancelled on the way it holds a part, and nobody may ask it before it has loaded again. */
  async load(folders: readonly string[], token: CancellationToken, progress?: LoadProgress): Promise<void> {
    const paths = new Set<string>();
    for (const folder of folders) {
      for await (const batch of this.#options.files.list(folder, token))
        for (const path of batch) paths.add(path);
    }
    this.#forgetAll();
    this.#folders = [...folders];
    this.#projects.reset(folders, paths);
    const kept = this.#options.cache?.read(folders);
    const fresh = new Map<string, readonly Fact[]>();
    const withStamps = this.#options.cache !== undefined;
    const readAhead = kept ? undefined : this.#options.files.expect?.(paths, { withStamps });
    const readAnew = (path: string): void => {
      const read = this.#look(path);
      read?.state.source.forget();
      this.#news++;
      if (kept) fresh.set(path, read?.facts ?? []);
      else if (read) this.#index.add(path, read.facts);
    };
    let done = 0;
    try {
      for (const path of paths) {
        if (++done % 64 === 0) {
          progress?.(done, paths.size);
          await this.#options.pause(token);
        }
        if (!kept || !this.#restore(path, kept)) readAnew(path);
      }
    } finally {
      readAhead?.();
    }
    for (const path of this.#projects.linkedFiles.all())
      if (paths.has(path) && !this.#states.has(path)) readAnew(path);
    this.#projects.linkedFiles.changed();
    if (kept) {
      const same = [...this.#states.keys()].filter((path) => !fresh.has(path));
      const own = { index: this.#index, names: this.#names };
      const found = { paths, kept, fresh, same, grounds: this.#grounds, news: this.#news };
      this.#news = await indexRestored(found, own, this.#options.pause, token);
    }
    progress?.(paths.size, paths.size);
  }

  /**
   * Leaves behind for the next start what this one has read. Where the last start left nearly all of it,
   * nothing is done: reading a few files again costs less than writing down all.
   */
  async keep(token: CancellationToken = neverCancelled): Promise<void> {
    const { cache, pause } = this.#options;
    if (!cache || this.#news * 100 < this.#states.size) return;
    const began = this.#updates;
    for (const path of this.#states.keys()) {
      this.#names.of(path);
      await pause(token);
    }
    if (began !== this.#updates) return;
    this.#news = 0;
    const kept = toKeep({
      grounds: this.#grounds,
      states: this.#states,
      environment: this.#names.environment,
      factsOf: (path) => this.#index.of(path),
      namesOf: (path) => this.#names.of(path),
      askedFor: (path) => this.#names.askedFor(path),
      secretsIn: (path) => this.#secretsIn(path),
    });
    await cache.write(this.#folders, kept);
  }

  /**
   * Looks again at files that were made, changed or removed; what each is now, the `Files` port tells.
   * Returns every path whose findings may differ. Where a project's layout changed, all of its files are looked at;
   * with `later` they are only put there, for who must not be kept waiting to bring them in portions.
   */
  update(paths: Iterable<string>, later?: Set<string>): ReadonlySet<string> {
    this.#updates++;
    // Editors also open, and tell of, what lies elsewhere or is excluded: environments, build output.
    const covered = [...paths].filter((path) =>
      this.#folders.some((folder) => this.#options.files.covers(folder, path)),
    );
    const [queue, gone, weighed] = [new Set(covered), new Set<string>(), new Set<string>()];
    const changes: (readonly NameKey[])[] = [];
    // First of all which files are whose: one that was told of early may be another project's by what came late.
    for (const path of covered) {
      const read = this.#options.files.read(path);
      if (read.kind === 'missing') gone.add(path);
      else if (covered.length === 1) this.#sources.opened(path, textIn(read));
      if (gone.has(path) || !this.#projects.has(path)) changes.push(placesAt(path, this.#folders));
      const noted = this.#projects.note(path, gone.has(path));
      for (const root of noted.changed)
        for (const other of this.#projects.files(root)) if (!queue.has(other)) (later ?? queue).add(other);
      for (const root of noted.weighed) for (const other of this.#projects.files(root)) weighed.add(other);
    }
    const affected = new Set([...queue, ...weighed]);
    let isMended = false;
    for (const path of queue) {
      const before = errorsIn(this.#states.get(path));
      changes.push(gone.has(path) ? this.#drop(path) : this.#take(path));
      isMended ||= errorsIn(this.#states.get(path)) !== before;
      for (const other of this.#projects.linkedFiles.changed()) {
        // One that was looked at already is looked at again.
        queue.delete(other);
        affected.add(other);
        queue.add(other);
      }
    }
    const changed = eachNameOnce(changes);
    for (const other of [...this.#names.touchedBy(changed), ...this.#names.restingOn(queue)])
      affected.add(other);
    for (const path of affected) this.#names.forget(path);
    // What steps can be told hangs on the names and the versions of their projects, and on whether all of it can be read.
    const mayTell = weighed.size > 0 || isMended || changed.length > 0;
    return mayTell ? new Set([...affected, ...tellers(this)]) : affected;
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
  /** Whether the file's text broke, so that it may say more than was read. */
  isUnreadable(path: string): boolean {
    return this.#states.get(path)?.findings.some(isUnreadable) ?? false;
  }
  isAside(path: string): boolean {
    return this.#states.get(path)?.isAside ?? false;
  }

  /** What is wrong in a file, by place; nothing for a file that no system claims. */
  findings(path: string): readonly Finding[] {
    const state = this.#states.get(path);
    if (!state) return [];
    return findingsOf(state, {
      names: this.#names.of(path),
      facts: () => this.#index.of(path),
      told: () => checkTold(this, path),
      isTracked: () => this.#options.isTracked?.(path) === true,
      nowMs: this.#options.clock?.(),
      onRuleError: (rule, error) => this.#ruleFailed(rule, path, error),
    });
  }

  /** What projects around the file decide about its findings; `findings` still holds them as they are. */
  severity(path: string): SeverityChoices | undefined {
    return this.#projects.severity(path);
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
    return this.#parsed.keep(path, {
      ...state.system.parse(state.source, state.claim, state.project),
      source: state.source,
      claim: state.claim,
      project: state.project,
    });
  }

  /** What there is to look at besides facts for who answers a question, with the artifacts that were read for it. */
  surroundings(artifacts: Artifacts): Surroundings {
    return { parsed: (path) => this.parsed(path), text: (path) => this.#read(path), artifacts };
  }

  /** What can be run; what `stepList` knows besides is not listed. */
  steps(): readonly Step[] {
    return this.stepList.all(this.projects(), this.#index, this.#folders);
  }

  system(id: string): System | undefined {
    return this.systems.find((system) => system.id === id);
  }

  /** Values that must not be shown, from every file that a system knows to hold some. */
  secrets(): readonly string[] {
    const holders = [...this.#states].filter(
      ([, { hasSecrets, system, claim }]) => hasSecrets || system.maybeSecret?.includes(claim.kind),
    );
    return [...new Set(holders.flatMap(([path]) => this.#secretsIn(path)))];
  }

  #secretsIn(path: string): readonly string[] {
    const file = this.parsed(path);
    return (file && this.systemOf(path)?.secrets?.(file, this.#index)) ?? [];
  }

  /** Looks at one file anew; returns the names whose meaning changed. */
  #take(path: string): readonly NameKey[] {
    const read = this.#look(path);
    if (!read) return this.#drop(path);
    this.#parsed.drop(path);
    if (read.file) this.#parsed.keep(path, read.file);
    return this.#index.replace(path, read.facts);
  }

  /** Claims, parses and checks one file; undefined where no system claims it or it is gone. */
  #look(path: string): Reading | undefined {
    this.#ground(path);
    const claimed = this.#projects.claim(path);
    if (!claimed) return undefined;
    const read = claimed.claim.readsText ? this.#options.files.read(path) : emptyText;
    if (read.kind === 'missing') {
      // It may be there and only not be readable now.
      this.#grounds.delete(path);
      return undefined;
    }
    const source = this.#sources.of(path, textIn(read));
    const failed = (rule: string, error: unknown): void => this.#ruleFailed(rule, path, error);
    const reading = readFile(source, claimed, read, this.systems, failed);
    this.#states.set(path, reading.state);
    this.#noteLinks(path, claimed.system, reading.facts);
    return reading;
  }

  /** Files that a file names as a part of itself are read, too. */
  #noteLinks(path: string, system: System | undefined, facts: readonly Fact[]): void {
    this.#projects.linkedFiles.replace(path, system?.linkedFiles?.(facts) ?? []);
  }

  /** Takes over what an earlier start read of a file, where nothing is another now that the reading rested on. */
  #restore(path: string, kept: Kept): boolean {
    const file = kept.files.get(path);
    const ground = file && this.#ground(path);
    if (!file || file.isUntold || !isSameGround(ground, file.ground)) return false;
    const { reading } = file;
    if (!reading) return true;
    const source = new SourceFile(path, () => (reading.claim.readsText ? this.#read(path) : ''));
    this.#states.set(
      path,
      new RestoredState(source, reading, {
        owner: () => this.#projects.owner(path, reading.system)!,
        also: () => this.#projects.sharedWith(path),
      }),
    );
    return true;
  }

  /** Told before the file is read, so that a later stamp tells of everything written after it. */
  #ground(path: string): Ground | undefined {
    if (!this.#options.cache) return undefined;
    const stamp = this.#options.files.stamp?.(path);
    const ground = stamp && { stamp, projects: this.#projects.groundOf(path) };
    if (ground) this.#grounds.set(path, ground);
    else this.#grounds.delete(path);
    return ground;
  }

  #drop(path: string): readonly NameKey[] {
    this.#noteLinks(path, undefined, []);
    this.#states.delete(path);
    this.#sources.drop(path);
    this.#parsed.drop(path);
    return this.#index.replace(path, []);
  }

  #forgetAll(): void {
    this.#states.clear();
    this.#sources.clear();
    this.#parsed.clear();
    this.#grounds.clear();
    this.#news = 0;
    this.#updates++;
    this.#index.clear();
    this.#names.forgetAll();
  }

  #read(path: string): string {
    return textIn(this.#options.files.read(path));
  }

  #ruleFailed(rule: string, path: string, error: unknown): void {
    if (this.#options.onRuleError) this.#options.onRuleError(rule, path, error);
    else
      this.#options.log.error(
        `${rule} failed on ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
  }
}

const emptyText = { kind: 'text', text: '' } as const;

function textIn(read: FileText): string {
  return read.kind === 'text' ? read.text : '';
}
