import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { judgeRuns } from './checks.ts';
import { meltano } from './index.ts';

const row = (name: string, state: string, ended: string | null = '2026-11-29 20:42:11.213539') => ({
  job_name: name,
  state,
  started_at: '2026-11-29 20:41:50.799497',
  ended_at: ended,
});

test('the newest run of every state counts, as old as the oldest of them', () => {
  expect(
    judgeRuns([row('dev:a-to-b', 'SUCCESS'), row('dev:c-to-d', 'SUCCESS', '2026-11-28 08:00:00.000000')]),
  ).toMatchObject({
    state: 'passed',
    seen: '2 states, all succeeded',
    sinceMs: Date.parse('2026-11-28T08:00:00Z'),
  });
  expect(judgeRuns([row('dev:a-to-b', 'SUCCESS'), row('dev:c-to-d', 'FAIL')])).toMatchObject({
    state: 'failed',
    seen: '2 states, failed: `dev:c-to-d`',
  });
  expect(judgeRuns([row('dev:a-to-b', 'RUNNING', null)])).toMatchObject({ state: 'unknown' });
  expect(judgeRuns([])).toMatchObject({ state: 'unknown', seen: 'nothing ran yet' });
});

test('a project has the check, a plugin’s definition has not', async () => {
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': 'plugins: {}\n' });
  const [project] = platform.projects();
  expect(meltano.checks!(project!, platform.facts)).toMatchObject([
    { id: 'meltano:runs', folder: '/w', probe: { kind: 'database', file: '.meltano/meltano.db' } },
  ]);
});
