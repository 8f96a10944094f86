import { expect, test } from 'vitest';
import { neverCancelled } from '../core/cancellation.ts';
import { silentLog } from '../core/log.ts';
import { Platform } from '../core/platform.ts';
import { systems } from '../systems/index.ts';
import { MemoryFiles } from '../../../test/support/memory-files.ts';
import { hintsIn } from './hints.ts';

const nowMs = Date.UTC(2026, 10, 29, 16, 40);

async function hintsOf(
  texts: Readonly<Record<string, string>>,
  path: string,
  environment: readonly string[] = [],
) {
  const platform = new Platform({
    systems,
    files: new MemoryFiles(texts),
    log: silentLog,
    pause: async () => {},
    environment: new Set(environment),
  });
  await platform.load(['/w'], neverCancelled);
  const text = texts[path]!;
  const hints = hintsIn(platform, path, { span: { start: 0, end: text.length }, nowMs });
  return hints.map(({ offset, ...hint }) => ({ ...hint, before: text.slice(0, offset).split('\n').at(-1) }));
}

test('behind an interval stand its words and the next three times', async () => {
  const text =
    "schedules:\n- name: a\n  interval: '0 3 * * *' # nightly\n  job: x\n- { name: b, interval: '@once', job: x }\n";
  expect(await hintsOf({ '/w/meltano.yml': text }, '/w/meltano.yml')).toEqual([
    {
      before: "  interval: '0 3 * * *'",
      label: 'at 03:00 every day · next Mon 30 Nov, Tue 1 Dec, Wed 2 Dec at 03:00',
      tooltip: expect.stringContaining('2026-11-30 03:00, 2026-12-01 03:00, 2026-12-02 03:00 (UTC)'),
    },
  ]);
});

test('behind a variable stands who sets it, and never to what', async () => {
  const model =
    "select '{{ env_var('ONE') }}', '{{ env_var('TWO') }}', '{{ env_var('SHELL_ONLY') }}', '{{ env_var('NONE', '') }}'";
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': model,
    '/w/.env': 'ONE=hush\nTWO=hush\n',
    '/w/ci/.env': 'TWO=hush\n',
  };
  const hints = await hintsOf(texts, '/w/models/a.sql', ['SHELL_ONLY', 'TWO']);
  expect(hints.map(({ label, before }) => [before!.split(' ').at(-1), label])).toEqual([
    ["env_var('ONE'", '← .env'],
    ["env_var('TWO'", '← .env and 1 more'],
    ["env_var('SHELL_ONLY'", '← environment'],
  ]);
  expect(hints[1]).toMatchObject({
    tooltip: '`TWO` is set in `.env`, `ci/.env`, `the environment of the editor`',
    target: { path: '/w/.env', span: { start: 9, end: 12 } },
  });
  expect(JSON.stringify(hints)).not.toContain('hush');
});
