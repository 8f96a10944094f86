import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { meltano } from './index.ts';

async function itemsAt(interval: string): Promise<ReturnType<typeof complete>['items']> {
  const text = `jobs: [{ name: load, tasks: [] }]\nschedules:\n- name: a\n  interval: ${interval}\n  job: load\n`;
  const offset = text.indexOf('<|>');
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': text.replace('<|>', '') });
  return complete(platform, '/w/meltano.yml', offset).items;
}

test('intervals are offered with what they mean', async () => {
  const items = await itemsAt('<|>');
  const found = items.map(({ label, detail, insertText }) => `${insertText} ${label}: ${detail}`);
  expect(found).toContain("'@daily' @daily: at 00:00 every day");
  expect(found).toContain("'@once' @once: only when it is started by hand");
  expect(found).toContain("'0 6 * * mon-fri' 0 6 * * mon-fri: at 06:00 on Monday to Friday");
});

test.each(["'@dai<|>ly'", "'0 3 <|>* * *'", "'<|>'", '"0 3<|>"'])(
  'what is written replaces the interval inside its quotes: %s',
  async (interval) => {
    const [item] = (await itemsAt(interval)).filter(({ label }) => label === '@weekly');
    expect(item?.insertText).toBe('@weekly');
    expect(item!.span.end - item!.span.start).toBe(interval.length - '<|>'.length - 2);
  },
);

test('an interval without quotes gets them, and other values get none of it', async () => {
  const [item] = (await itemsAt('0 3 <|>* * *')).filter(({ label }) => label === '@weekly');
  expect(item).toMatchObject({ insertText: "'@weekly'" });
  expect(item!.span.end - item!.span.start).toBe('0 3 * * *'.length);
  expect((await itemsAt("'0 3 * * *'\n  start_date: <|>")).map(({ label }) => label)).not.toContain(
    '@weekly',
  );
});
