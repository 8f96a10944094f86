import { open } from 'node:fs/promises';
import type { Judgement, ReadFile } from '../core/evidence.ts';
import { toFsPath } from '../files/node-files.ts';
import { findFiles, type Found, type FoundFile } from './find-files.ts';
import type { ProbeAround, Prober } from './probe.ts';

/** Limit: a report beyond this is no report that anybody reads. */
const mostBytes = 64_000_000;

/** So many files lie at the patterns; the age of them all is that of the newest one. */
export const probeFiles: Prober<'file'> = async ({ patterns, atLeast }, { check, signal }) => {
  const shown = patterns.map((pattern) => `\`${pattern}\``).join(', ');
  const expected = atLeast === 1 ? `a file at ${shown}` : `at least ${atLeast} files at ${shown}`;
  const found = await findFiles(patterns, check.folder, signal);
  const { files } = found;
  const newest = newestOf(files);
  if (files.length >= atLeast && newest) {
    const seen = files.length === 1 ? 'it is there' : `${files.length} files`;
    return { state: 'passed', expected, seen, where: newest.path, sinceMs: newest.modifiedMs };
  }
  if (found.isCut) return tooWide(expected, found, check.folder);
  const { denied, folder } = found;
  if (denied !== undefined) return notReadable(expected, denied);
  if (files.length === 0 && folder !== undefined)
    return { state: 'failed', expected, seen: 'a folder', where: folder, next: filesIn(patterns) };
  const seen = files.length === 0 ? 'no file' : `${files.length} of ${atLeast} files`;
  return { state: 'failed', expected, seen, where: check.folder, next: 'make the file, or correct the path' };
};

/** What a tool left behind, read and handed to who knows the tool. */
export const probeArtifact: Prober<'artifact'> = async (probe, { check, signal, nowMs }) => {
  const { patterns, made, judge, newest = false, headBytes, beside = [] } = probe;
  const expected = patterns.map((pattern) => `\`${pattern}\``).join(', ');
  const found = await findFiles(patterns, check.folder, signal);
  if (found.isCut) return tooWide(expected, found, check.folder);
  const last = newestOf(found.files);
  const { denied, folder } = found;
  if (!last && denied !== undefined) return notReadable(expected, denied);
  if (!last && folder !== undefined)
    return { state: 'unknown', expected, seen: 'a folder', where: folder, next: filesIn(patterns) };
  if (!last)
    return { state: 'unknown', expected, seen: 'there is no such file', where: check.folder, next: made };
  const wanted = newest ? [last] : found.files;
  const large = headBytes === undefined && wanted.find(({ bytes }) => bytes > mostBytes);
  if (large)
    return {
      state: 'unknown',
      expected,
      seen: `the file has ${Math.round(large.bytes / 1e6)} MB, too much to be read`,
      where: large.path,
      next: 'make it anew of less, or ask its tool with `run`',
    };
  const read: ReadFile[] = [];
  for (const { path, modifiedMs } of wanted) {
    const text = await textOf(path, headBytes, signal);
    if (text === undefined) return notReadable(expected, path);
    read.push({ path, modifiedMs, text });
  }
  const besides = beside.length === 0 ? [] : (await findFiles(beside, check.folder, signal)).files;
  // The oldest of several tells how old the whole is.
  const sinceMs = Math.min(...wanted.map(({ modifiedMs }) => modifiedMs));
  const judged = { sinceMs, ...judge(read, { nowMs, beside: besides }) };
  return denied === undefined || judged.state === 'failed' ? judged : inPart(judged, denied);
};

/** What is well as far as it can be seen may be otherwise where nobody may look. */
function inPart({ expected, seen }: Judgement, denied: string): Judgement {
  return { ...notReadable(expected, denied), seen: `${seen}; more of it may not be read` };
}

function newestOf(files: readonly FoundFile[]): FoundFile | undefined {
  return files.reduce<FoundFile | undefined>(
    (newest, file) => (newest && newest.modifiedMs >= file.modifiedMs ? newest : file),
    undefined,
  );
}

function notReadable(expected: string, where: string): Judgement {
  return {
    state: 'unknown',
    expected,
    seen: 'it may not be read',
    where,
    next: 'give whoever asks the right to read it, or correct the path',
  };
}

function filesIn([pattern = '']: readonly string[]): string {
  return `name the files in it, as \`${pattern.replace(/\/$/, '')}/*\``;
}

function tooWide(expected: string, { files }: Found, where: string): Judgement {
  return {
    state: 'unknown',
    expected,
    seen: `${files.length} files before the search was given up`,
    where,
    next: 'write a narrower path; this one leads through too many files',
  };
}

async function textOf(
  path: string,
  headBytes: number | undefined,
  signal: ProbeAround['signal'],
): Promise<string | undefined> {
  try {
    const file = await open(toFsPath(path));
    try {
      if (headBytes === undefined) return await file.readFile({ encoding: 'utf8', signal });
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}
