import { dirname, resolve } from 'node:path';
import { objectIn, objectOf } from '../core/json.ts';
import { textAt } from '../files/disk.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { CannotRun } from './cannot-run.ts';
import { fileName } from './file-name.ts';
import type { Identity } from './fingerprint.ts';

/** A baseline file. Public. */
interface BaselineJson {
  readonly version: 1;
  readonly findings: readonly {
    /** Relative to the baseline's folder, with forward slashes. */
    readonly file: string;
    readonly code: string;
    readonly fingerprint: string;
    /** How many are alike; 1 where absent. */
    readonly count?: number;
  }[];
}

/** The findings that a baseline file holds, with whole paths. */
export function readBaseline(path: string, shown: string): readonly Identity[] {
  const text = textAt(path);
  if (text === undefined)
    throw new CannotRun(`there is no baseline ${shown}; write one with --write-baseline ${shown}`);
  const json = parse(text);
  if (!json) throw new CannotRun(`${shown} is no baseline; write it anew with --write-baseline ${shown}`);
  return json.findings.flatMap(({ file, code, fingerprint, count = 1 }) =>
    Array.from({ length: count }, () => ({ file: resolve(dirname(path), file), code, fingerprint })),
  );
}

/** Writes the findings so that a difference between two baselines is easy to read. */
export function writeBaseline(path: string, findings: readonly Identity[]): void {
  const counts = new Map<string, number>();
  for (const { file, code, fingerprint } of findings) {
    const key = JSON.stringify({ file: fileName(dirname(path), file), code, fingerprint });
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => `    ${count === 1 ? key : key.replace(/\}$/, `,"count":${count}}`)}`);
  const list = lines.length > 0 ? `[\n${lines.join(',\n')}\n  ]` : '[]';
  writeAtomically(path, `{\n  "version": 1,\n  "findings": ${list}\n}\n`);
}

function parse(text: string): BaselineJson | undefined {
  const json = objectIn(text);
  const findings = json?.['findings'];
  return json?.['version'] === 1 && Array.isArray(findings) && findings.every(isEntry)
    ? (json as unknown as BaselineJson)
    : undefined;
}

function isEntry(entry: unknown): boolean {
  const { file, code, fingerprint, count = 1 } = objectOf(entry) ?? {};
  return [file, code, fingerprint].every((each) => typeof each === 'string') && Number.isSafeInteger(count);
}
