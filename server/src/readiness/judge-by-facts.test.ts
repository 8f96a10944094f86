import { expect, test } from 'vitest';
import { MemoryFiles } from '../../../test/support/memory-files.ts';
import { neverCancelled } from '../core/cancellation.ts';
import { aboutNothing } from '../core/evidence.ts';
import { silentLog } from '../core/log.ts';
import { Platform } from '../core/platform.ts';
import { namesOfVariables } from '../core/platform-options.ts';
import { judgeByFacts } from './judge-by-facts.ts';

test('a variable that the environment sets to nothing is not set', async () => {
  const platform = new Platform({
    systems: [],
    files: new MemoryFiles({}),
    log: silentLog,
    pause: async () => {},
    ...namesOfVariables({ HOST: 'db', PASSWORD: '' }),
  });
  await platform.load(['/w'], neverCancelled);
  const judge = (...names: readonly string[]) =>
    judgeByFacts(
      {
        id: 'env',
        title: 'env',
        probe: { kind: 'env', names },
        about: aboutNothing,
        weight: 1,
        folder: '/w',
      },
      platform,
      [],
    );
  expect(judge('HOST')).toMatchObject({ state: 'passed' });
  expect(judge('HOST', 'PASSWORD')).toMatchObject({
    state: 'failed',
    seen: '`PASSWORD` empty in the environment',
    next: 'set it in the environment',
  });
});
