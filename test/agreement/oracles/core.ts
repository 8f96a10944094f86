import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fingerprint } from '../../../scripts/support/cache.mjs';
import { tryRun } from '../../../scripts/support/process.mjs';
import { base } from '../base.ts';
import type { Answer, Case, Hear, Oracle } from './answer.ts';
import { placesIn } from './places.ts';
import { bareEnvironment, dbtProgram } from './programs.ts';

const script = fileURLToPath(new URL('./core.py', import.meta.url));

/** dbt Core, through Python, two projects at a time. */
export async function openCore(python = dbtProgram('python')): Promise<Oracle> {
  const asked = await tryRun(
    python,
    ['-c', 'import importlib.metadata as m; print(m.version("dbt-core"), m.version("dbt-duckdb"))'],
    { quiet: true },
  );
  const [version = '', adapter = ''] = asked.stdout.trim().split(' ');
  if (asked.code !== 0) throw new Error(`dbt Core does not start: ${asked.output}`);
  return {
    id: 'core',
    version,
    key: fingerprint([script], version, adapter),
    async ask(cases, hear) {
      const halves = [0, 1].map((half) => cases.filter((_, index) => index % 2 === half));
      await Promise.all(halves.map((half) => askProcess(python, half, hear)));
    },
  };
}

interface Said {
  readonly id: string;
  readonly verdict: Answer['verdict'] | 'crashed';
  readonly stage: string | null;
  readonly says: string;
  readonly warnings: readonly { readonly name: string; readonly says: string }[];
}

async function askProcess(python: string, cases: readonly Case[], hear: Hear): Promise<void> {
  if (cases.length === 0) return;
  const folder = mkdtempSync(join(tmpdir(), 'penstock-agreement-'));
  try {
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify({ warm: base, cases }));
    const child = spawn(python, [script, file], {
      cwd: folder,
      env: bareEnvironment(folder),
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
      hear(
        said.id,
        toAnswer(
          said,
          cases.find(({ id }) => id === said.id)!,
        ),
      );
      answered++;
    }
    const code = await ended;
    if (answered !== cases.length)
      throw new Error(
        `dbt Core ended with ${code} after ${answered} of ${cases.length}: ${errors.slice(-2000)}`,
      );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function toAnswer({ id, verdict, stage, says, warnings }: Said, { files }: Case): Answer {
  if (verdict === 'crashed') throw new Error(`dbt Core did not come to an end with ${id}`);
  return {
    verdict,
    stage,
    says,
    warnings: warnings.map((warning) => warning.name),
    places: placesIn(says, Object.keys(files)),
  };
}
