import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/support/project.mjs';

function bench(...args: readonly string[]): string {
  return execFileSync(process.execPath, [join(root, 'scripts', 'bench.mjs'), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

test('the benchmark measures a small project from end to end', () => {
  const output = bench('--sizes', '20');
  for (const row of ['cold', 'warm', 'keystroke to findings, p99', 'rename of a model', 'memory kept'])
    expect(output).toMatch(new RegExp(`${row}.* \\d`));
  expect(output).toMatch(/^findings +0$/m);
});

test('it measures files of Meltano beside yaml-language-server, and says what was asked', () => {
  const output = bench('--only', 'yaml', '--lines', '40');
  expect(output).toMatch(/^ +\d+ lines +\d+ lines of merge keys$/m);
  expect(output).toMatch(/^yaml-language-server, keystroke to findings( +\d+ ms){2}$/m);
  expect(output).toMatch(/quicker than yaml-language-server +at least 20× +[\d.]+× +(yes|no)$/m);
  expect(output).not.toMatch(/penstock check/);
});
