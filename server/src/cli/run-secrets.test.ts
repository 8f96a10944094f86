import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../runs/test-support/run-harness.ts';

const program = fileURLToPath(new URL('../penstock.ts', import.meta.url));
// Put together here, so that no scanner takes the test for a leak.
const secret = ['zq9XK2', 'mm-Pp7'].join('');

/** Of what `base64` makes of it behind fifty zeros. */
const secondLine = Buffer.from('0'.repeat(50) + secret)
  .toString('base64')
  .slice(76, 84);

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
  workspace.write('.env', `API_KEY=${secret}\n`);
});
afterEach(() => workspace.remove());

function penstock(...args: readonly string[]): { readonly said: string; readonly status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
    cwd: workspace.folder,
    encoding: 'utf8',
    env: { HOME: workspace.folder, PATH: process.env['PATH'] },
  });
  return { said: stdout + stderr, status };
}

/** All that a folder holds, with the names of its files. */
function contentsOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return names
    .map(
      (entry) =>
        `${entry.name}\n${entry.isFile() ? readFileSync(join(entry.parentPath, entry.name), 'utf8') : ''}`,
    )
    .join('\n');
}

test('a secret that stands in titles, parameters, commands, variables and output is in nothing that is kept, shown or exported', () => {
  workspace.write(
    'penstock.yaml',
    `pipelines:
  load:
    title: load with ${secret}
    parameters:
      key: { type: string, default: ${secret} }
    env:
      KEY: \${{ parameters.key }}
    steps:
      - id: print
        run: ["sh", "-c", "echo $KEY; printf '%050d%s' 0 $KEY | base64; printf '\\\\033[1m%s\\\\033[0m' $KEY; exit 3", "\${{ parameters.key }}"]
        retries: { count: 1 }
      - id: gone
        run: ["no-such-${secret}", "/x/${secret}"]
  found:
    steps:
      - id: only
        run: ["sh", "-c", "exit 0", "${secret}"]
`,
  );
  const said = [
    penstock('steps', '--format', 'json').said,
    penstock('steps', 'pipeline:load', 'pipeline:found/only').said,
    penstock('run', '--dry-run', 'pipeline:load').said,
    penstock('run', 'pipeline:load').said,
    penstock('run', '--format', 'json', 'pipeline:found').said,
    penstock('runs', 'export', '--format', 'json').said,
    penstock('runs', 'export', '--format', 'markdown').said,
    penstock('runs', 'show', 'last-1').said,
  ];
  const kept = contentsOf(workspace.path('.penstock'));
  for (const said of ['run-ended', 'load with ***']) expect(kept).toContain(said);
  for (const text of [kept, ...said]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secondLine);
  }
});
