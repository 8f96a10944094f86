import { open, stat } from 'node:fs/promises';
import type { Artifact, Artifacts } from '../core/artifact.ts';
import { parseJson } from '../core/json.ts';
import { ArtifactScan } from './artifact-scan.ts';
import { toFsPath } from './node-files.ts';

/** Limit: what is larger holds more than anybody asks about, and is not read. */
const mostBytes = 1_000_000_000;
const chunkBytes = 256 * 1024;

interface Reading {
  readonly stamp: string;
  readonly entries: Promise<ReadonlyMap<string, string> | undefined>;
}

/** Reads artifacts when they are asked for, each once until it changes, in pieces so that others get their turn in between. */
export class ArtifactStore {
  readonly #readings = new Map<string, Reading>();

  /** The entries of these artifacts as they lie on disk now. Never rejects. */
  async of(artifacts: readonly Artifact[]): Promise<Artifacts> {
    const found = new Map<string, ReadonlyMap<string, string>>();
    for (const artifact of artifacts) {
      const entries = await this.#entriesOf(artifact);
      if (entries) found.set(artifact.path, entries);
    }
    return (path) => found.get(path);
  }

  async #entriesOf(artifact: Artifact): Promise<ReadonlyMap<string, string> | undefined> {
    const { path } = artifact;
    const stamp = await stampOf(path);
    if (stamp === undefined) {
      this.#readings.delete(path);
      return undefined;
    }
    let reading = this.#readings.get(path);
    if (reading?.stamp !== stamp) {
      reading = { stamp, entries: readEntries(artifact) };
      this.#readings.set(path, reading);
    }
    return reading.entries;
  }
}

async function stampOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(toFsPath(path));
    if (!found.isFile() || found.size > mostBytes) return undefined;
    return `${found.size} ${found.mtimeMs} ${found.ctimeMs} ${found.ino}`;
  } catch {
    return undefined;
  }
}

async function readEntries(artifact: Artifact): Promise<ReadonlyMap<string, string> | undefined> {
  const found = new Map<string, string>();
  const scan = new ArtifactScan(artifact.sections, (key, json) => {
    const entry = parseJson(json);
    const remembered = entry === undefined ? undefined : artifact.read(entry, key);
    if (remembered) found.set(...remembered);
  });
  try {
    const file = await open(toFsPath(artifact.path));
    try {
      const chunk = new Uint8Array(chunkBytes);
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, chunkBytes);
        if (bytesRead === 0) return found;
        scan.push(chunk.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  } catch {
    // It went away, or nobody may read it.
    return undefined;
  }
}
