import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fingerprint } from '../../../scripts/support/cache.mjs';
import { spawn } from 'node:child_process';
import type { Place } from '../kind.ts';
import type { Answer, Case, Oracle } from './answer.ts';
import { bareEnvironment, dbtProgram } from './programs.ts';

const atOnce = 2;

/** dbt v2, a program that reads a small project in a tenth of a second. */
export async function openV2(): Promise<Oracle> {
  const program = dbtProgram('dbt-core-experimental-parser');
  const version = (await say(program, ['--version'], tmpdir(), {})).stdout.trim().split(' ').at(-1)!;
  return {
    id: 'v2',
    version,
    key: fingerprint([], version, 'parse, JSON lines'),
    async ask(cases, hear) {
      const queue = [...cases];
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          hear(next.id, await read(program, next));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    },
  };
}

async function read(program: string, { files, env }: Case): Promise<Answer> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-agreement-')));
  try {
    const project = join(folder, 'project');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    const { code, stdout } = await say(program, ['parse', '--log-format', 'json'], project, {
      ...bareEnvironment(folder),
      ...env,
    });
    return toAnswer(code, stdout.replaceAll(`${project}/`, ''));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Line {
  readonly info: { readonly level: string; readonly msg: string; readonly name: string };
}

function toAnswer(code: number | null, stdout: string): Answer {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const infos = lines.map((line) => (JSON.parse(line) as Line).info);
  const errors = infos.filter(({ level }) => level === 'error').map(({ msg }) => msg);
  const warnings = infos.filter(({ level }) => level === 'warn').map(({ msg }) => msg);
  const refused = code !== 0;
  return {
    verdict: refused ? 'refused' : warnings.length > 0 ? 'warned' : 'accepted',
    stage: refused ? 'parse' : null,
    says: errors.join('\n').slice(0, 2000),
    warnings,
    places: refused ? errors.flatMap(placesOf) : [],
  };
}

/** `--> models/a.sql:3:5`; what v2 generates itself is no place of the project. */
function placesOf(message: string): readonly Place[] {
  return [...message.matchAll(/--> ([^\s:]+):(\d+):\d+/g)]
    .filter(([, file]) => !file!.startsWith('target/'))
    .map(([, file, line]) => ({ file: file!, line: Number(line) }));
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

function say(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Ended> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout }));
  });
}
