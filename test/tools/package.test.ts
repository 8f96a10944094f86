import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/support/project.mjs';
import { end, startProgram } from './programs.ts';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-package-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('what npm packs checks a project by itself, and brings the pages of its codes', async () => {
  const folder = temporary();
  const shell = process.platform === 'win32';
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: root,
    shell,
    stdio: 'pipe',
  });
  const { version, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
    bin: Record<string, string>;
  };
  execFileSync('tar', ['-xzf', `penstock-${version}.tgz`], { cwd: folder });
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'meltano.yml'), 'jobs:\n- name: load\n  tasks: [tap-y]\n');
  const program = join(folder, 'package', bin['penstock']!);
  const { code, stdout, stderr } = await end(startProgram(program, ['check', '--format', 'sarif'], project));
  expect([code, stderr]).toEqual([1, '']);
  const { runs } = JSON.parse(stdout) as {
    runs: { tool: { driver: { rules: { id: string; help: { text: string } }[] } } }[];
  };
  const [rule] = runs[0]!.tool.driver.rules;
  expect([rule?.id, rule?.help.text.split('\n')[0]]).toEqual([
    'meltano/undefined-plugin',
    '# meltano/undefined-plugin',
  ]);
  expect(existsSync(join(folder, 'package', bin['penstock-language-server']!))).toBe(true);
  // Without it large workspaces would be read as they should, only slower.
  expect(existsSync(join(dirname(program), 'reader.cjs'))).toBe(true);
});

test('the hook starts a program that the package brings', () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as { entry: string }[];
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: object };
  expect(hooks.map(({ entry }) => Object.hasOwn(bin, entry.split(' ')[0]!))).toEqual([true]);
});
