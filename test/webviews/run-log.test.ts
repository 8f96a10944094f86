import { expect, test } from 'vitest';
import type { FromWebview, PanelState, ToWebview } from '../../webviews/run/protocol.ts';
import { chattyRun, finishedRun } from './demo-run.ts';
import { panelSuite } from './panel-suite.ts';
import { RunPanelPage } from './run-panel-page.ts';
import type { Theme } from './themes.ts';

const open = panelSuite<ToWebview, FromWebview, PanelState>('run');

function openPanel(
  options: { theme?: Theme; size?: { width: number; height: number }; saved?: PanelState } = {},
): Promise<RunPanelPage> {
  return RunPanelPage.open((more) => open({ ...options, ...more }));
}

test('colours of the output are drawn, named ones from the theme', async () => {
  const panel = await openPanel();
  const { run, lines, now } = finishedRun();
  await panel.show({ run, now, lines: lines.slice(0, 9) });
  const colourOf = (text: string): Promise<string> =>
    panel.page
      .getByTestId('log-row')
      .getByText(text, { exact: true })
      .first()
      .evaluate((span) => getComputedStyle(span).color);
  expect(await colourOf('tap-spreadsheets')).toBe('rgb(13, 188, 121)');
  expect(
    await panel.page
      .getByText('target-duckdb')
      .nth(0)
      .evaluate((span) => getComputedStyle(span).color),
  ).toBe('rgb(255, 135, 0)');
  expect(
    await panel.page
      .getByText('target-duckdb')
      .nth(1)
      .evaluate((span) => getComputedStyle(span).color),
  ).toBe('rgb(120, 170, 255)');
  await panel.close();
});

test('search counts, goes on and back, and takes regular expressions', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const field = panel.byId('search').locator('input');
  const count = async (): Promise<string | null> => {
    await panel.frames();
    return panel.byId('search-count').textContent();
  };
  await field.fill('start');
  expect(await count()).toBe('10 lines');
  await field.press('Enter');
  expect(await count()).toMatch(/^\d+ of 10$/);
  expect(await panel.page.locator('.log-row.current mark').first().textContent()).toBe('START');
  await panel.byId('regex').click();
  await field.fill('^Done\\. PASS=\\d');
  expect(await count()).toBe('1 line');
  await field.fill('(');
  expect(await count()).toBe('Not a regular expression');
  expect(panel.problems).toEqual([]);
  await panel.close();
});

test('the output can be narrowed to the selected node and to errors, and widened again', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.byId('onlySelected').click();
  await panel.frames();
  const texts = await panel.texts();
  expect(texts).toHaveLength(8);
  expect(texts.join('\n')).toContain('Binder Error');
  expect(texts.join('\n')).not.toContain('fct_orders');
  await panel.byId('selection-chip').click();
  await panel.byId('level').click();
  await panel.page.getByRole('option', { name: 'Errors' }).click();
  await panel.frames();
  const levels = await panel.byId('log-row').evaluateAll((rows) => rows.map((row) => row.className));
  expect(levels.every((name) => name.includes('level-error') || name.includes('kind-'))).toBe(true);
  expect(levels.filter((name) => name.includes('kind-output')).length).toBe(7);
  await panel.close();
});

test('debug lines are left out until they are asked for', async () => {
  const panel = await openPanel();
  const { run, lines, now } = finishedRun();
  const debug = { at: now, step: '2', level: 'debug', kind: 'output', text: 'On master: COMMIT' } as const;
  await panel.show({ run, now, lines: [...lines, debug] });
  expect(await panel.page.getByText('On master: COMMIT').count()).toBe(0);
  await panel.byId('level').click();
  await panel.page.getByRole('option', { name: 'All levels' }).click();
  await panel.frames();
  expect(await panel.page.getByText('On master: COMMIT').count()).toBe(1);
  await panel.close();
});

test('100,000 lines leave a few rows in the document, and the page answers at once', async () => {
  const panel = await openPanel();
  const chatty = chattyRun(100_000);
  await panel.show(chatty);
  expect(await panel.byId('log-row').count()).toBeLessThan(120);
  expect(await panel.page.locator('.log-text').last().textContent()).toBe('row 99999 of many');
  // Up to the middle: following stops, and new lines do not move what is read.
  await panel.byId('log').evaluate((log) => (log.scrollTop = log.scrollHeight / 2));
  await panel.frames();
  const middle = await panel.texts();
  const more = chatty.lines.slice(0, 2000);
  await panel.print(more);
  expect(await panel.texts()).toEqual(middle);
  expect(await panel.byId('follow').getAttribute('aria-pressed')).toBe('false');
  await panel.byId('follow').click();
  await panel.frames();
  expect(await panel.page.locator('.log-text').last().textContent()).toBe('row 1999 of many');
  await panel.byId('search').locator('input').fill('row 50000 of');
  await panel.byId('next').click();
  await panel.frames();
  expect(await panel.page.locator('.log-row.current').textContent()).toContain('row 50000 of many');
  expect(await panel.byId('log-row').count()).toBeLessThan(120);
  await panel.close();
});

test('rows stand in the order of their lines after scrolling up and down', async () => {
  const panel = await openPanel();
  const chatty = chattyRun(2000);
  await panel.show(chatty);
  for (const top of [0, 9000, 8800, 9100, 300]) {
    await panel.byId('log').evaluate((log, to) => (log.scrollTop = to), top);
    await panel.frames();
    const numbers = (await panel.texts()).map((text) => Number(/\d+/.exec(text)?.[0]));
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  }
  await panel.close();
});

test('copying gives what is shown, without colours and times', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.byId('onlySelected').click();
  await panel.byId('copy-log').click();
  await panel.byId('copy-command').click();
  const [output, commands] = (await panel.posted()).slice(-2);
  expect(output).toEqual({ kind: 'copy-output', times: 'off' });
  expect((await panel.output()).split('\n')[1]).toMatch(/^7 of 10 ERROR table model/);
  expect(commands).toEqual({
    kind: 'copy',
    what: 'command lines',
    text: 'meltano run load\ndbt build --target dev',
  });
  await panel.close();
});

test('what the process printed cannot become part of the page', async () => {
  const panel = await openPanel();
  const { run, now } = chattyRun(0);
  const text = '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>';
  const line = { at: now, step: '1', level: 'info', kind: 'output', text } as const;
  await panel.show({ run, now, lines: [line] });
  expect(await panel.page.locator('.log-text').textContent()).toContain('<img src=x');
  expect(await panel.page.locator('.log img, .log script').count()).toBe(0);
  await panel.close();
});
