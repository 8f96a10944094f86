import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Answer, Case, Hear } from './answer.ts';
import { bareEnvironment } from './programs.ts';

/** What all Python oracles are made of, besides their own script. */
export const sharedScript = fileURLToPath(new URL('./forks.py', import.meta.url));

/** A script that asks a tool through Python, and how it is started. */
export interface PythonOracle {
  /** In messages: `dbt Core`. */
  readonly tool: string;
  readonly python: string;
  readonly script: string;
  /** What the script gets besides the cases. */
  readonly setting: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the tool says that the fault is. */
  readonly places: (says: string, files: readonly string[]) => Answer['places'];
}

interface Said {
  readonly id: string;
  readonly verdict: Answer['verdict'] | 'crashed';
  readonly stage: string | null;
  readonly says: string;
  readonly warnings: readonly string[];
}

/** Puts the cases before the tool, two at a time. */
export async function askPython(oracle: PythonOracle, cases: readonly Case[], hear: Hear): Promise<void> {
  const halves = [0, 1].map((half) => cases.filter((_, index) => index % 2 === half));
  await Promise.all(halves.map((half) => askProcess(oracle, half, hear)));
}

async function askProcess(oracle: PythonOracle, cases: readonly Case[], hear: Hear): Promise<void> {
  if (cases.length === 0) return;
  const { tool, python, script, setting, env } = oracle;
  const folder = mkdtempSync(join(tmpdir(), 'penstock-agreement-'));
  try {
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify({ ...setting, cases }));
    const child = spawn(python, [script, file], {
      cwd: folder,
      env: { ...bareEnvironment(folder), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    let answered = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('{"id"')) continue;
      const said = JSON.parse(line) as Said;
      const asked = cases.find(({ id }) => id === said.id)!;
      hear(said.id, toAnswer(oracle, said, asked));
      answered++;
    }
    const code = await ended;
    if (answered !== cases.length)
      throw new Error(
        `${tool} ended with ${code} after ${answered} of ${cases.length}: ${errors.slice(-2000)}`,
      );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function toAnswer(oracle: PythonOracle, said: Said, { files }: Case): Answer {
  const { id, verdict, stage, says, warnings } = said;
  if (verdict === 'crashed') throw new Error(`${oracle.tool} did not come to an end with ${id}`);
  return { verdict, stage, says, warnings, places: oracle.places(says, Object.keys(files)) };
}
