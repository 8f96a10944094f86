import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/support/project.mjs';

/** How a program ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CheckedFinding {
  readonly file: string;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

/** Starts the built command line. */
export function startPenstock(args: readonly string[], cwd: string): ChildProcess {
  return startProgram(join(root, 'dist', 'penstock.cjs'), args, cwd);
}

/** Starts a program of Penstock wherever it lies. */
export function startProgram(program: string, args: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}

export function penstock(args: readonly string[], cwd: string): Promise<Ended> {
  return end(startPenstock(args, cwd));
}

/** What `penstock check` finds, and whether that was an error. */
export async function check(cwd: string): Promise<{ code: number | null; findings: CheckedFinding[] }> {
  const { code, stdout, stderr } = await penstock(['check', '--format', 'json'], cwd);
  if (code !== 0 && code !== 1) throw new Error(`penstock check ended with ${code}: ${stderr}`);
  return { code, findings: (JSON.parse(stdout) as { findings: CheckedFinding[] }).findings };
}

/** dbt reads the whole project and says whether it can. */
export function dbtParse(platform: string): Promise<Ended> {
  return runTool(platform, 'dbt', ['--no-use-colors', '--no-partial-parse', 'parse'], 'dbt');
}

/** Meltano reads its project and resolves the job's blocks, without running them. */
export function meltanoDryRun(platform: string): Promise<Ended> {
  return runTool(platform, 'meltano', ['run', '--dry-run', '--no-install', 'load'], '.');
}

/** Answers a query from the platform's warehouse, as rows of plain values. */
export async function queryWarehouse(platform: string, sql: string): Promise<unknown[][]> {
  const script = [
    'import duckdb, json, sys',
    'rows = duckdb.connect(sys.argv[1], read_only=True).execute(sys.argv[2]).fetchall()',
    'print(json.dumps(rows, default=str))',
  ].join('\n');
  const python = join(platform, '.venvs', 'dbt', inVenv, 'python');
  const { code, stdout, stderr } = await end(
    spawn(python, ['-c', script, join(platform, 'warehouse', 'shop.duckdb'), sql], {
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown[][];
}

export function end(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const inVenv = process.platform === 'win32' ? 'Scripts' : 'bin';

function runTool(platform: string, tool: string, args: readonly string[], folder: string): Promise<Ended> {
  const program = join(platform, '.venvs', tool, inVenv, tool);
  return end(spawn(program, args, { cwd: join(platform, folder), stdio: ['ignore', 'pipe', 'pipe'] }));
}
