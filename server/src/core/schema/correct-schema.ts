import { isObject, type JsonObject } from './schema.ts';

/** A reviewed change to an extracted schema, where it is wrong about its own tool. */
export interface Correction {
  /** A JSON pointer into the schema; a segment `*` stands for every key or index. '' is the schema itself. */
  readonly at: string;
  /** Puts this in its place; adds it where the last segment does not exist yet. */
  readonly replace?: unknown;
  /** Adds or replaces these keys of the object there; an object merges into an object that is there. */
  readonly merge?: JsonObject;
  /** Takes these keys out of the object there, or these strings out of the list there. */
  readonly remove?: readonly string[];
  /** What the tool really does, for the reviewer. */
  readonly why: string;
}

/** The schema with all corrections made; throws when one matches nothing, for then the schema has changed under it. */
export function correctSchema(json: object, corrections: readonly Correction[]): JsonObject {
  const corrected: Record<string, unknown> = { schema: copyOf(json) };
  for (const correction of corrections) {
    if (apply(corrected, correction) === 0) {
      throw new Error(
        `the correction at ${correction.at || 'the root'} matches nothing in the schema: ${correction.why}`,
      );
    }
  }
  return corrected['schema'] as JsonObject;
}

type Holder = Record<string, unknown> | unknown[];

/** How many places it changed. */
function apply(root: Record<string, unknown>, correction: Correction): number {
  const segments = ['schema', ...pointerSegments(correction.at)];
  const last = segments.at(-1)!;
  let changed = 0;
  for (const holder of holders(root, segments.slice(0, -1))) {
    for (const key of last === '*' ? Object.keys(holder) : [last]) {
      if (change(holder, key, correction)) changed++;
    }
  }
  return changed;
}

function* holders(at: unknown, segments: readonly string[]): Iterable<Holder> {
  if (!isHolder(at)) return;
  const [segment, ...rest] = segments;
  if (segment === undefined) return yield at;
  const keys = segment === '*' ? Object.keys(at) : [segment];
  for (const key of keys) yield* holders(read(at, key), rest);
}

function change(holder: Holder, key: string, { replace, merge, remove }: Correction): boolean {
  const before = read(holder, key);
  if (replace !== undefined) {
    write(holder, key, copyOf(replace));
    return true;
  }
  let changed = false;
  if (merge !== undefined && isObject(before)) {
    write(holder, key, mergeInto(before, merge));
    changed = true;
  }
  for (const name of remove ?? []) if (take(read(holder, key), name)) changed = true;
  return changed;
}

function mergeInto(before: JsonObject, merge: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(merge)) {
    const there = merged[key];
    merged[key] = isObject(there) && isObject(value) ? mergeInto(there, value) : copyOf(value);
  }
  return merged;
}

function take(from: unknown, name: string): boolean {
  if (Array.isArray(from)) {
    const at = from.indexOf(name);
    if (at >= 0) from.splice(at, 1);
    return at >= 0;
  }
  if (!isHolder(from) || !Object.hasOwn(from, name)) return false;
  delete (from as Record<string, unknown>)[name];
  return true;
}

/** Written and read again, which is several times as quick as to go through it in a program that has just started. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function read(holder: Holder, key: string): unknown {
  return Object.hasOwn(holder, key) ? (holder as Record<string, unknown>)[key] : undefined;
}

function write(holder: Holder, key: string, value: unknown): void {
  (holder as Record<string, unknown>)[key] = value;
}

/** The keys and indexes of a JSON pointer, `~1` and `~0` read. */
function pointerSegments(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
