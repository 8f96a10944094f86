import { closeSync, fstatSync, openSync } from 'node:fs';
import { stripText } from '../core/yaml/text-scan.ts';
import { readYamlEvents, type YamlEvents } from '../core/yaml/yaml-events.ts';
import { maxDepth } from '../core/yaml/yaml-options.ts';
import { AheadMemory } from './ahead-memory.ts';
import { stampOf } from './file-stamp.ts';
import type { AheadTask } from './read-ahead.ts';
import { fill, readingFlags } from './text-reader.ts';

/** Reads files into the memory of who asks for them, always a little ahead, until nobody asks any more. */
export function readFiles({ paths, withStamps, shared }: AheadTask): void {
  const memory = new AheadMemory(shared);
  for (let file = memory.room(0); file !== undefined && file < paths.length; file = memory.room(file + 1))
    readOne(paths[file]!, file, { memory, withStamps });
}

function readOne(
  path: string,
  file: number,
  { memory, withStamps }: { readonly memory: AheadMemory; readonly withStamps: boolean },
): void {
  try {
    const handle = openSync(path, readingFlags);
    try {
      // Before the text, so that what is written from now on has another stamp.
      const stamp = withStamps ? stampOf(fstatSync(handle), Date.now()) : undefined;
      const place = memory.placeOf(file);
      const length = fill(place, handle);
      if (length === 0 || length === place.length) return;
      memory.put(file, { length, stamp, yaml: yamlIn(path, place.subarray(0, length)) });
    } finally {
      closeSync(handle);
    }
  } catch {
    // Who asks for it finds out for himself what it is.
  }
}

/** What js-yaml says of a YAML file, where that is short to tell; of a broken one whoever reads it asks again. */
function yamlIn(path: string, bytes: Buffer): YamlEvents | undefined {
  if (!/\.ya?ml$/.test(path)) return undefined;
  try {
    return readYamlEvents(stripText(bytes.toString('utf8')), maxDepth);
  } catch {
    return undefined;
  }
}
