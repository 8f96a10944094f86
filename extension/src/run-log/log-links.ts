import { isAbsolute, join, normalize } from 'node:path';
import { pathHere } from '../../../server/src/runs/paths-here.ts';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { LogLink } from '../../../webviews/run/protocol.ts';

export interface LogLinksOptions {
  /** File-system path of the workspace folder. */
  readonly folder: string;
  readonly isFile: (path: string) => Promise<boolean>;
}

interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

interface Found {
  readonly links: readonly LogLink[];
  /** False while it is not known yet whether a file that the line names is there. */
  readonly isSettled: boolean;
}

const url = /https?:\/\/[^\s"'`<>()[\]{}]*[^\s"'`<>()[\]{}.,;:!?]/g;
/** As Python says where in a file an error came from. */
const traceback = /File "([^"\n]+)", line (\d+)/g;
const pathLike = /(?:[A-Za-z]:)?[\w.@~+\\/-]*[\w-]\.[A-Za-z]\w{0,8}\b(?::(\d+)(?::(\d+))?)?/g;
/** A word with a dot that has no slash may be a table; these end files. */
const fileEnding =
  /[\\/]|\.(?:sql|ya?ml|py|csv|md|json|jsonl|toml|txt|log|sh|ipynb|html|parquet|duckdb|[jt]s)$/i;
const word = /[A-Za-z_]\w{2,}/g;

/** Limit: a run that names more files than these forgets which of them are there. */
const maxLookedFor = 20_000;

/** Finds what the lines of a run lead to: files that are there, places in stack traces, the run's nodes, addresses. */
export class LogLinks {
  readonly #options: LogLinksOptions;
  /** Called when it became known which of the files are there that lines named. */
  onSettled: () => void = () => {};
  /** By path: whether it is a file; undefined while that is looked for. */
  readonly #isFile = new Map<string, boolean | undefined>();
  readonly #urls = new Set<string>();
  #looking = 0;
  #run: RunSnapshot | undefined;
  #nodes: Nodes | undefined;

  constructor(options: LogLinksOptions) {
    this.#options = options;
  }

  setRun(run: RunSnapshot): void {
    this.#run = run;
    this.#nodes = undefined;
  }

  /** True for files and addresses that the run has named: a page must not be able to open anything else. */
  names(pathOrUrl: string): boolean {
    return (
      this.#urls.has(pathOrUrl) || this.#isFile.get(pathOrUrl) === true || this.#known.paths.has(pathOrUrl)
    );
  }

  /** What of a line leads somewhere, in order, without overlaps. */
  find(plain: string, step: string): Found {
    const taken: LogLink[] = [];
    let isSettled = true;
    const add = (start: number, text: string, place: Place | 'unknown' | undefined): void => {
      if (place === 'unknown') isSettled = false;
      else if (place !== undefined) put(taken, { start, end: start + text.length, kind: 'file', ...place });
    };
    if (plain.includes('://'))
      for (const { index, 0: text } of plain.matchAll(url)) {
        this.#urls.add(text);
        put(taken, { start: index, end: index + text.length, kind: 'url', url: text });
      }
    if (plain.includes('File "'))
      for (const { index, 0: text, 1: path = '', 2: line } of plain.matchAll(traceback))
        add(index, text, this.#place(path, step, { line: Number(line) }));
    if (plain.includes('.'))
      for (const { index, 0: text, 1: line, 2: column } of plain.matchAll(pathLike)) {
        const path = text.replace(/(?::\d+){1,2}$/, '');
        const at = {
          ...(line === undefined ? {} : { line: Number(line) }),
          ...(column === undefined ? {} : { column: Number(column) }),
        };
        if (fileEnding.test(path) && !overlaps(taken, index)) add(index, text, this.#place(path, step, at));
      }
    if (this.#known.byTitle.size > 0)
      for (const { index, 0: text } of plain.matchAll(word)) add(index, text, this.#known.byTitle.get(text));
    return { links: taken.sort((one, other) => one.start - other.start), isSettled };
  }

  get #known(): Nodes {
    return (this.#nodes ??= new Nodes(this.#run));
  }

  #place(written: string, step: string, at: Omit<Place, 'path'>): Place | 'unknown' | undefined {
    const node = this.#known.withPath(written);
    if (node) return { ...node, ...at };
    let isUnknown = false;
    for (const path of this.#candidates(written, step)) {
      if (!this.#isFile.has(path)) this.#lookFor(path);
      const isFile = this.#isFile.get(path);
      if (isFile) return { path, ...at };
      isUnknown ||= isFile === undefined;
    }
    return isUnknown ? 'unknown' : undefined;
  }

  /** Tools name files from the folder they run in, people's own scripts often from the workspace's. */
  #candidates(written: string, step: string): readonly string[] {
    const { cwd, in: place } = this.#run?.steps.find(({ id }) => id === step) ?? {};
    const here = place && pathHere(slashes(written), place);
    if (here !== undefined) return [normalize(here)];
    if (isAbsolute(written)) return place ? [] : [normalize(written)];
    const folders = cwd === undefined ? [this.#options.folder] : [cwd, this.#options.folder];
    return [...new Set(folders.map((folder) => join(folder, written)))];
  }

  #lookFor(path: string): void {
    if (this.#isFile.size >= maxLookedFor) this.#isFile.clear();
    this.#isFile.set(path, undefined);
    this.#looking++;
    void this.#options
      .isFile(path)
      .catch(() => false)
      .then((isFile) => {
        this.#isFile.set(path, isFile);
        if (--this.#looking === 0) this.onSettled();
      });
  }
}

/** The files that a run's nodes stand in, by what lines call them. */
class Nodes {
  readonly paths = new Set<string>();
  /** Only names that mean one file. */
  readonly byTitle = new Map<string, Place | undefined>();
  readonly #byFile = new Map<string, Place[]>();

  constructor(run: RunSnapshot | undefined) {
    for (const { title, path, line } of run?.steps.flatMap(({ nodes }) => nodes) ?? []) {
      if (path === undefined) continue;
      this.paths.add(path);
      const place = { path, ...(line === undefined ? {} : { line }) };
      const named = this.byTitle.get(title);
      if (!this.byTitle.has(title)) this.byTitle.set(title, place);
      else if (named?.path !== path) this.byTitle.set(title, undefined);
      const places = this.#byFile.get(fileOf(path)) ?? [];
      // Tests of a model stand in the same file as each other; the one with a line is worth more.
      const same = places.findIndex((other) => other.path === path);
      if (same === -1) places.push(place);
      else if (line !== undefined && places[same]?.line === undefined) places[same] = place;
      this.#byFile.set(fileOf(path), places);
    }
  }

  /** The one file of a node whose path ends so; undefined where several do. */
  withPath(written: string): Place | undefined {
    const end = `/${slashes(written).replace(/^\.\//, '')}`;
    const places = this.#byFile.get(fileOf(written)) ?? [];
    const fitting = places.filter(({ path }) => `/${slashes(path)}`.endsWith(end));
    return fitting.length === 1 ? fitting[0] : undefined;
  }
}

function put(links: LogLink[], link: LogLink): void {
  if (!links.some(({ start, end }) => link.start < end && start < link.end)) links.push(link);
}

function overlaps(links: readonly LogLink[], at: number): boolean {
  return links.some(({ start, end }) => start <= at && at < end);
}

function fileOf(path: string): string {
  const written = slashes(path);
  return written.slice(written.lastIndexOf('/') + 1);
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
