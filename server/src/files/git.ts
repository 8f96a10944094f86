import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { maxTextBytes, type FileText } from '../core/files.ts';
import { fromFsPath } from './node-files.ts';

/** Git cannot answer; the message says why, for a person. */
export class GitProblem extends Error {}

/**
 * The files (URI paths) below `folder` that are not now what they were at `revision`, as they were then.
 * Only these are read from git: what git ignores counts as it lies on disk, in both.
 */
export function filesAt(revision: string, folder: string): Map<string, FileText> {
  const git = (args: readonly string[], input = ''): Buffer => runGit(folder, args, input);
  requireRepository(folder, git);
  const tree = resolveRevision(revision, git);
  const before = new Map<string, FileText>();
  const blobs = new Map<string, string>();
  const compare = ['diff', '--raw', '-z', '--no-abbrev', '--no-renames', '--relative', '--no-ext-diff'];
  for (const { id, mode, status, path } of rawChanges(
    git([...compare, '--ignore-submodules', tree, '--', '.']),
  )) {
    const at = fromFsPath(join(folder, path));
    // Unmerged: told once more as changed.
    if (status === 'U') continue;
    if (mode === '000000') before.set(at, { kind: 'missing' });
    // A link's blob is where it leads, a submodule has none: both count as they are on disk.
    else if (mode.startsWith('100')) blobs.set(at, id);
  }
  for (const path of split(git(['ls-files', '-z', '--others', '--exclude-standard', '--', '.'])))
    before.set(fromFsPath(join(folder, path)), { kind: 'missing' });
  const texts = readBlobs(new Set(blobs.values()), git);
  for (const [path, id] of blobs) before.set(path, texts.get(id)!);
  return before;
}

type Git = (args: readonly string[], input?: string) => Buffer;

function requireRepository(folder: string, git: Git): void {
  try {
    git(['rev-parse', '--is-inside-work-tree']);
  } catch (error) {
    if (isMissingProgram(error)) throw new GitProblem('git is not on the PATH; install it');
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    if (said.includes('not a git repository')) throw new GitProblem(`${folder} lies in no git repository`);
    throw new GitProblem(`git does not read ${folder}: ${said.split('\n', 1)[0]}`);
  }
}

function resolveRevision(revision: string, git: Git): string {
  try {
    return git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{tree}`])
      .toString()
      .trim();
  } catch {
    throw new GitProblem(
      `git knows no revision \`${revision}\` here; name a commit, branch or tag, and in a shallow clone fetch it first`,
    );
  }
}

function* rawChanges(output: Buffer): Iterable<{ mode: string; id: string; status: string; path: string }> {
  const parts = split(output);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [mode = '', , id = '', , status = ''] = parts[at]!.slice(1).split(' ');
    yield { mode, id, status, path: parts[at + 1]! };
  }
}

/** Asks for the sizes first: somebody may keep a database in git. */
function readBlobs(ids: ReadonlySet<string>, git: Git): Map<string, FileText> {
  const texts = new Map<string, FileText>();
  if (ids.size === 0) return texts;
  const small: string[] = [];
  for (const line of lines(git(['cat-file', '--batch-check'], [...ids].join('\n')).toString())) {
    const [id = '', , size] = line.split(' ');
    if (Number(size) > maxTextBytes) texts.set(id, { kind: 'too-large', bytes: Number(size) });
    else small.push(id);
  }
  const output = git(['cat-file', '--batch'], small.join('\n'));
  let at = 0;
  for (const id of small) {
    const headEnd = output.indexOf(10, at);
    const size = Number(output.toString('utf8', at, headEnd).split(' ')[2]);
    texts.set(id, { kind: 'text', text: output.toString('utf8', headEnd + 1, headEnd + 1 + size) });
    at = headEnd + size + 2;
  }
  return texts;
}

function runGit(folder: string, args: readonly string[], input: string): Buffer {
  // Nothing that the repository's own configuration names is started, and its index is left as it is.
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
  // A hook is told of its repository by variables that hold only in the folder where it was started.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  return execFileSync('git', [...safe, ...args], {
    cwd: folder,
    env,
    input,
    maxBuffer: 2 ** 31 - 1,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

function isMissingProgram(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function split(output: Buffer): readonly string[] {
  return output.toString('utf8').split('\0').filter(Boolean);
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter(Boolean);
}
