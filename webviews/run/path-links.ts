import type { TextRange } from '../shared/ansi.ts';
import type { RunView } from './protocol.ts';

/** A place in a file that a line of output names. */
export interface PathLink extends TextRange {
  readonly path: string;
  readonly line?: number;
}

const pathLike = /(?:[A-Za-z]:)?[\w.@~+\\/-]*[\w-]\.(?:sql|ya?ml|py|csv|md|json|toml)\b(?::(\d+))?/g;

/** The files that a run's nodes stand in, found by what the output calls them. */
export class PathLinks {
  readonly #byName = new Map<string, { readonly path: string; readonly line?: number }[]>();

  constructor(run: RunView | undefined) {
    for (const node of run?.steps.flatMap((step) => step.nodes) ?? []) {
      if (node.path === undefined) continue;
      const path = slashes(node.path);
      const name = path.slice(path.lastIndexOf('/') + 1);
      const known = this.#byName.get(name) ?? [];
      const place = { path: node.path, ...(node.line === undefined ? {} : { line: node.line }) };
      // Tests of a model stand in the same file as each other; the one with a line is worth more.
      const same = known.findIndex((other) => other.path === node.path);
      if (same === -1) known.push(place);
      else if (node.line !== undefined && known[same]?.line === undefined) known[same] = place;
      this.#byName.set(name, known);
    }
  }

  /** Number of files known; while it stays, the links stay. */
  get size(): number {
    let size = 0;
    for (const places of this.#byName.values()) size += places.length;
    return size;
  }

  /** What of a line leads to a file of the run. Names that fit several files lead nowhere. */
  find(plain: string): readonly PathLink[] {
    if (this.#byName.size === 0 || !plain.includes('.')) return [];
    const links: PathLink[] = [];
    for (const match of plain.matchAll(pathLike)) {
      const written = slashes(match[0].replace(/:\d+$/, '')).replace(/^\.\//, '');
      const name = written.slice(written.lastIndexOf('/') + 1);
      const fitting = (this.#byName.get(name) ?? []).filter(({ path }) =>
        `/${slashes(path)}`.endsWith(`/${written}`),
      );
      const [only, ...others] = fitting;
      if (only === undefined || others.length > 0) continue;
      const line = match[1] === undefined ? only.line : Number(match[1]);
      links.push({
        start: match.index,
        end: match.index + match[0].length,
        path: only.path,
        ...(line === undefined ? {} : { line }),
      });
    }
    return links;
  }
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
