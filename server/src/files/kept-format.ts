import { crc32 } from 'node:zlib';
import type { Fact, Located } from '../core/facts.ts';
import type { FileStamp } from '../core/files.ts';
import type { Finding } from '../core/finding.ts';
import type { Kept, KeptFile, KeptReading } from '../core/kept.ts';
import type { Suppression } from '../core/suppressions.ts';
import type { Claim } from '../core/system.ts';
import { Packer, Unpacker, type Packed } from './pack.ts';

/**
 * A file of the cache: eight numbers, then its parts one behind the other.
 * What every start needs is in `head` and `stamps`; the rest is read when somebody asks for facts.
 */
const magic = 0x50454e31;
const headerWords = 8;

/** What every start needs; arrays go by the order of `paths`. */
interface Head {
  readonly build: string;
  readonly paths: readonly string[];
  /** What readings rested on besides the texts. */
  readonly projects: readonly string[];
  /** The number of each file's projects. */
  readonly projectsOf: readonly number[];
  /** Where each file's reading begins in the packed part; -1 for a file that no system claims, -2 for one that nothing is kept of. */
  readonly readingAt: readonly number[];
  /** Of files that have some. */
  readonly notes: readonly (readonly [file: number, notes: Notes])[];
  readonly names: readonly (readonly [path: string, findings: readonly Finding[]])[];
  readonly asked: readonly (readonly [path: string, others: readonly string[]])[];
  readonly environment: readonly (readonly [name: string, isSet: boolean])[];
}

interface Notes {
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  readonly hasSecrets: boolean;
  readonly isAside?: boolean;
  readonly isDated?: boolean;
}

interface Reading {
  readonly system: string;
  readonly claim: Claim;
  readonly facts: readonly Located<Fact>[];
}

const noNotes: Notes = { findings: [], suppressions: [], hasSecrets: false };

/** The parts of a file of the cache; `pause` gives others a turn. */
export async function encodeKept(
  kept: Kept,
  build: string,
  pause: () => Promise<void>,
): Promise<readonly Uint8Array[]> {
  const packer = new Packer();
  const stamps = new Float64Array(4 * kept.files.size);
  const numbers = new Map<string, number>();
  const projectsOf: number[] = [];
  const readingAt: number[] = [];
  const notes: [number, Notes][] = [];
  let file = 0;
  for (const { ground, reading, isUntold } of kept.files.values()) {
    const { stamp, projects } = ground;
    stamps.set([stamp.size, stamp.modifiedMs, stamp.changedMs, stamp.inode], 4 * file);
    if (!numbers.has(projects)) numbers.set(projects, numbers.size);
    projectsOf.push(numbers.get(projects)!);
    if (reading) {
      const { system, claim, facts } = reading;
      const { findings, suppressions, hasSecrets, isAside = false, isDated = false } = reading;
      readingAt.push(packer.add({ system, claim, facts } satisfies Reading));
      if (findings.length > 0 || suppressions.length > 0 || hasSecrets || isAside || isDated)
        notes.push([file, { findings, suppressions, hasSecrets, isAside, isDated }]);
    } else readingAt.push(isUntold ? -2 : -1);
    file++;
    await pause();
  }
  const head: Head = {
    build,
    paths: [...kept.files.keys()],
    projects: [...numbers.keys()],
    projectsOf,
    readingAt,
    notes,
    names: [...kept.names],
    asked: [...kept.asked],
    environment: [...kept.environment],
  };
  const { words, strings, doubles, shapes } = packer.finish();
  const tables = Buffer.from(JSON.stringify({ strings, doubles, shapes }));
  return withHeader([[bytesOf(stamps)], words.map(bytesOf), [Buffer.from(JSON.stringify(head))], [tables]]);
}

/** What the bytes hold; undefined where they are cut short, damaged or of another build. */
export function decodeKept(bytes: Uint8Array, build: string): Kept | undefined {
  const parts = partsOf(bytes);
  if (!parts) return undefined;
  const [stampBytes, wordBytes, headBytes, tableBytes] = parts;
  const head = JSON.parse(textOf(headBytes)) as Head;
  if (head.build !== build) return undefined;
  const stamps = new Float64Array(aligned(stampBytes, 8));
  const readings = new Readings(wordBytes, tableBytes);
  const notes = new Map(head.notes);
  const files = new Map<string, KeptFile>();
  for (const [file, path] of head.paths.entries()) {
    const at = head.readingAt[file]!;
    files.set(path, {
      ground: { stamp: stampAt(stamps, file), projects: head.projects[head.projectsOf[file]!]! },
      reading: at < 0 ? undefined : new LateReading(readings, at, notes.get(file) ?? noNotes),
      ...(at === -2 ? { isUntold: true } : {}),
    });
  }
  return {
    files,
    names: new Map(head.names),
    asked: new Map(head.asked),
    environment: new Map(head.environment),
  };
}

/** A reading whose claim and facts are unpacked when somebody asks for them. */
class LateReading implements KeptReading {
  readonly #readings: Readings;
  readonly #at: number;
  readonly #notes: Notes;

  constructor(readings: Readings, at: number, notes: Notes) {
    this.#readings = readings;
    this.#at = at;
    this.#notes = notes;
  }

  get system(): string {
    return this.#readings.at(this.#at).system;
  }
  get claim(): Claim {
    return this.#readings.at(this.#at).claim;
  }
  get facts(): readonly Located<Fact>[] {
    return this.#readings.at(this.#at).facts;
  }
  get findings(): readonly Finding[] {
    return this.#notes.findings;
  }
  get suppressions(): readonly Suppression[] {
    return this.#notes.suppressions;
  }
  get hasSecrets(): boolean {
    return this.#notes.hasSecrets;
  }
  get isAside(): boolean {
    return this.#notes.isAside ?? false;
  }
  get isDated(): boolean {
    return this.#notes.isDated ?? false;
  }
}

class Readings {
  readonly #words: Uint8Array;
  readonly #tables: Uint8Array;
  readonly #known = new Map<number, Reading>();
  #unpacker: Unpacker | undefined;

  constructor(words: Uint8Array, tables: Uint8Array) {
    this.#words = words;
    this.#tables = tables;
  }

  at(start: number): Reading {
    let reading = this.#known.get(start);
    if (!reading) {
      this.#unpacker ??= new Unpacker({
        ...(JSON.parse(textOf(this.#tables)) as Omit<Packed, 'words'>),
        words: new Uint32Array(aligned(this.#words, 4)),
      });
      reading = this.#unpacker.read(start) as Reading;
      this.#known.set(start, reading);
    }
    return reading;
  }
}

function stampAt(stamps: Float64Array, file: number): FileStamp {
  return {
    size: stamps[4 * file]!,
    modifiedMs: stamps[4 * file + 1]!,
    changedMs: stamps[4 * file + 2]!,
    inode: stamps[4 * file + 3]!,
  };
}

type Parts = readonly [stamps: Uint8Array, words: Uint8Array, head: Uint8Array, tables: Uint8Array];

/** Each part in pieces. */
function withHeader(parts: readonly (readonly Uint8Array[])[]): readonly Uint8Array[] {
  const header = new Uint32Array(headerWords);
  const pieces = parts.flat();
  header[0] = magic;
  header[1] = pieces.reduce((sum, piece) => crc32(piece, sum), 0);
  for (const [at, part] of parts.entries())
    header[2 + at] = part.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return [bytesOf(header), ...pieces];
}

function partsOf(bytes: Uint8Array): Parts | undefined {
  if (bytes.byteLength < 4 * headerWords) return undefined;
  const header = new Uint32Array(aligned(bytes.subarray(0, 4 * headerWords), 4));
  if (header[0] !== magic) return undefined;
  const parts: Uint8Array[] = [];
  let at = 4 * headerWords;
  for (const length of header.subarray(2, 6)) parts.push(bytes.subarray(at, (at += length)));
  if (at !== bytes.byteLength || crc32(bytes.subarray(4 * headerWords)) !== header[1]) return undefined;
  return parts as unknown as Parts;
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The bytes as a buffer of their own where numbers of this width could not be read in place. */
function aligned(bytes: Uint8Array, width: number): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer.slice(byteOffset, byteOffset + byteLength - (byteLength % width)) as ArrayBuffer;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
