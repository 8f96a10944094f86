import { expect, test } from 'vitest';
import type { Probe } from '../core/evidence.ts';
import { fromFsPath } from '../files/node-files.ts';
import { evidenceOf, files, here } from './test-support/evidence-of.ts';

const command = (words: readonly string[], exit = 0): Probe => ({
  kind: 'command',
  words,
  cwd: fromFsPath(here()),
  exit,
});

test('a command ends as it should, or not', async () => {
  files({});
  expect(await evidenceOf(command(['node', '-e', '']))).toMatchObject({
    state: 'passed',
    seen: 'it ended with 0',
  });
  expect(await evidenceOf(command(['node', '-e', 'process.exit(3)'], 3))).toMatchObject({ state: 'passed' });
  expect(
    await evidenceOf(command(['node', '-e', 'console.error("no s3cret-word"); process.exit(2)']), {
      limits: { secrets: ['s3cret-word'] },
    }),
  ).toMatchObject({ state: 'failed', seen: 'it ended with 2: no ***' });
  expect(await evidenceOf(command(['node', '-e', '', '--', '--password', 'hunter2']))).toMatchObject({
    expected: '`node -e  -- --password ***` ends with 0',
  });
  expect(await evidenceOf(command(['node', '-e', 'process.kill(process.pid, "SIGTERM")']))).toMatchObject({
    state: 'failed',
    seen: 'it was ended by SIGTERM',
    next: 'run it yourself and look what ends it',
  });
  expect(await evidenceOf(command(['no-such-program-here']))).toMatchObject({ state: 'unknown' });
  const judged: Probe = {
    kind: 'command',
    words: ['node', '-e', 'console.log("a\\nb")'],
    cwd: fromFsPath(here()),
    exit: 0,
    judge: ({ stdout, exitCode }) => ({ state: 'warning', expected: 'a', seen: `${exitCode} ${stdout}` }),
  };
  expect(await evidenceOf(judged)).toMatchObject({ state: 'warning', seen: '0 a\nb' });
});
