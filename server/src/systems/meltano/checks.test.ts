import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { judgeRuns } from './checks.ts';
import { env } from '../env/index.ts';
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
  expect(judgeRuns([row('dev:a-to-b', 'IDLE', null)])).toMatchObject({ state: 'unknown' });
  expect(judgeRuns([])).toMatchObject({ state: 'unknown', seen: 'nothing ran yet' });
});

test('a project has the check, a plugin’s definition has not', async () => {
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': 'plugins: {}\n' });
  const [project] = platform.projects();
  expect(meltano.checks!(project!, platform.facts)).toMatchObject([
    { id: 'meltano:runs', folder: '/w', probe: { kind: 'database', file: '.meltano/meltano.db' } },
  ]);
});

test('a history that another database keeps is asked over the network, by what the settings name', async () => {
  const probeOf = async (files: Readonly<Record<string, string>>) => {
    const { platform } = await openFixture([meltano, env], files);
    const project = platform.projects().find(({ system }) => system === 'meltano')!;
    const facts = JSON.stringify([...platform.facts.all('check')]);
    expect(facts).not.toContain('hunter2hunter2');
    return meltano.checks!(project, platform.facts)[0]!.probe;
  };
  const uri = 'postgresql://ann:hunter2hunter2@localhost/meltano';
  const text = `version: 1\ndatabase_uri: ${uri}\nplugins: {}\n`;
  const named = await probeOf({ '/w/meltano.yml': text });
  expect(named).toMatchObject({ kind: 'query', variable: 'MELTANO_DATABASE_URI', file: 'meltano.yml' });
  expect(named.kind === 'query' && named.addressIn(text)).toBe(uri);
  expect(named.kind === 'query' && named.addressIn('plugins: {}\n')).toBeUndefined();
  const plain = { '/w/meltano.yml': 'plugins: {}\n' };
  expect(await probeOf({ ...plain, '/w/.env': `MELTANO_DATABASE_URI=${uri}\n` })).toMatchObject({
    kind: 'query',
  });
  expect(await probeOf(plain)).toMatchObject({ kind: 'database', unless: 'MELTANO_DATABASE_URI' });
});
