import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** With Go on the machine, Compose's own library is asked again; elsewhere what it said is only looked over. */
test('what is recorded of Compose is what its library says', () => {
  const recording = readFileSync(at('server/src/systems/compose/test-support/agreement.txt'), 'utf8');
  const heads = recording.split('\n').filter((line) => line.startsWith('== '));
  expect(heads.filter((head) => !/^== \S+ (?:accepts$|refuses: .)/u.test(head))).toEqual([]);
  expect(heads.filter((head) => head.includes(' refuses: ')).length).toBeGreaterThan(100);
  if (spawnSync('go', ['version']).error) return;
  const script = at('scripts/agreement-compose.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
