import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/support/project.mjs';

test('the benchmark measures a small project from end to end', () => {
  const output = execFileSync(process.execPath, [join(root, 'scripts', 'bench.mjs'), '--sizes', '20'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const row of ['cold', 'warm', 'keystroke to findings, p99', 'rename of a model', 'memory kept'])
    expect(output).toMatch(new RegExp(`${row}.* \\d`));
  expect(output).toMatch(/^findings +0$/m);
});
