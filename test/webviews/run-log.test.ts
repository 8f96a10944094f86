import { expect, test } from 'vitest';
import type { FromWebview, PanelState, ToWebview } from '../../webviews/run/protocol.ts';
import { chattyLine, chattyRun, finishedRun } from './demo-run.ts';
import { LineTable } from '../../extension/src/run-log/line-table.ts';
import type { RunLines } from '../../extension/src/run-log/run-lines.ts';
import { panelSuite } from './panel-suite.ts';
import { RunPanelPage } from './run-panel-page.ts';
import { themes, type Theme } from './themes.ts';

const open = panelSuite<ToWebview, FromWebview, PanelState>('run');

/** Runs in the page: what the colours are on the screen, whatever they are written in. */
function drawnColours(all: readonly Element[]): readonly string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return all.map((each) => {
    if (canvas === null) return '';
    canvas.fillStyle = getComputedStyle(each).color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).join(' ');
  });
}

/** As the Web Content Accessibility Guidelines count it, 1 to 21. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const luminance = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function openPanel(
  options: { theme?: Theme; size?: { width: number; height: number }; saved?: PanelState } = {},
): Promise<RunPanelPage> {
  return RunPanelPage.open((more) => open({ ...options, ...more }));
}

test('colours of the output are drawn, named ones from the theme', async () => {
  const panel = await openPanel();
  const { run, lines, now } = finishedRun();
  await panel.show({ run, now, lines: lines.slice(0, 9) });
  const colours = async (text: string): Promise<readonly string[]> =>
    panel.page.locator('.log-text .ansi-coloured', { hasText: text }).evaluateAll(drawnColours);
  expect(await colours('tap-spreadsheets')).toEqual(Array.from({ length: 3 }, () => '13 188 121'));
  expect(await colours('target-duckdb')).toEqual(['255 135 0', '120 170 255']);
  await panel.close();
});

test.each(themes)('every colour that a tool may print can be read: $name', async (theme) => {
  const panel = await openPanel({ theme });
  const { run, now } = chattyRun(0);
  const codes = [
    ...Array.from({ length: 8 }, (_, index) => [`${30 + index}`, `${90 + index}`]).flat(),
    ...Array.from({ length: 256 }, (_, index) => `38;5;${index}`),
    '38;2;255;255;0',
    '38;2;0;0;40',
  ];
  const text = codes.map((code) => `\u001b[${code}mx`).join('');
  await panel.show({ run, now, lines: [{ at: now, step: '1', level: 'info', kind: 'output', text }] });
  const drawn = await panel.page.locator('.log-text .ansi-coloured').evaluateAll(drawnColours);
  expect(drawn.length).toBeGreaterThan(200);
  const [back] = await panel.page.locator('body').evaluateAll((all) => {
    const probe = document.createElement('span');
    probe.style.color = getComputedStyle(all[0]!).backgroundColor;
    return [getComputedStyle(probe).color || probe.style.color];
  });
  const ground = (back?.match(/\d+/g) ?? []).map(Number);
  const worst = Math.min(...drawn.map((colour) => contrast(colour.split(' ').map(Number), ground)));
  expect(worst).toBeGreaterThan(3);
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

test('the keyboard goes from line to line, follows links and copies', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const { keyboard } = panel.page;
  await panel.byId('log').focus();
  await keyboard.press('End');
  await panel.frames();
  const active = async (): Promise<string> => {
    await panel.frames();
    const id = await panel.byId('log').getAttribute('aria-activedescendant');
    return panel.page.locator(`#${id} .log-text`).innerText();
  };
  expect(await active()).toMatch(/^Ended with exit code 1/);
  for (let line = 0; line < 7; line++) await keyboard.press('ArrowUp');
  expect(await active()).toMatch(/^Runtime Error in model dim_customers/);
  expect(await panel.byId('follow').getAttribute('aria-pressed')).toBe('false');
  await keyboard.press('Enter');
  await keyboard.press('Control+c');
  await keyboard.press('Control+a');
  await keyboard.press('Control+c');
  await panel.frames();
  expect(await panel.posted()).toEqual([
    { kind: 'open', path: '/home/dev/shop/transform/models/marts/dim_customers.sql', line: 7 },
    {
      kind: 'copy',
      what: 'line',
      text: 'Runtime Error in model dim_customers (models/marts/dim_customers.sql)',
    },
    { kind: 'copy-output', times: 'off' },
  ]);
  await panel.close();
});

test('files, places in stack traces and addresses are links', async () => {
  const panel = await openPanel();
  const { run, now } = finishedRun();
  const say = (text: string) => ({ at: now, step: '2', level: 'info', kind: 'output', text }) as const;
  const lines = [
    say('see macros/cents.sql:3:5 or https://docs.example/cents'),
    say('  File "/home/dev/shop/scripts/load.py", line 12, in main'),
  ];
  await panel.show({ run, now, lines });
  for (const link of await panel.byId('log-link').all()) await link.click();
  expect(await panel.posted()).toEqual([
    { kind: 'open', path: '/home/dev/shop/transform/macros/cents.sql', line: 3, column: 5 },
    { kind: 'open-url', url: 'https://docs.example/cents' },
    { kind: 'open', path: '/home/dev/shop/scripts/load.py', line: 12 },
  ]);
  await panel.close();
});

test('lines are wrapped, and stamped with the clock or the time since the start', async () => {
  const panel = await openPanel({ size: { width: 900, height: 600 } });
  const { run, now } = chattyRun(0);
  const text = 'word '.repeat(300);
  const lines = Array.from({ length: 200 }, (_, index) => ({
    ...chattyLine(index),
    text: index % 10 === 0 ? text : `row ${index}`,
  }));
  await panel.show({ run, now, lines });
  await panel.byId('wrap').click();
  await panel.frames();
  const wide = await panel.byId('log').evaluate((log) => log.scrollWidth - log.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  expect((await panel.texts()).at(-1)).toBe('row 199');
  // What was measured above does not move what is read.
  await panel.byId('log').evaluate((log) => (log.scrollTop = log.scrollHeight / 2));
  await panel.frames();
  const rows = await panel.page
    .locator('.log-row')
    .evaluateAll((all) =>
      all.map((row) => [row.getBoundingClientRect().top, row.getBoundingClientRect().bottom]),
    );
  for (const [at, [top]] of rows.slice(1).entries()) expect(top).toBeCloseTo(rows[at]?.[1] ?? 0, 0);
  await panel.byId('times').click();
  await panel.page.getByRole('option', { name: 'Since start' }).click();
  await panel.frames();
  expect(await panel.page.locator('.log-time').first().textContent()).toMatch(/^0:00\.\d$/);
  await panel.byId('save-log').click();
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'save-output', times: 'elapsed' });
  await panel.close();
});

test('a reload comes back to the same line, with all that was set', async () => {
  const first = await openPanel();
  await first.show(chattyRun(5000));
  await first.byId('wrap').click();
  await first.byId('matchCase').click();
  await first.byId('log').evaluate((log) => (log.scrollTop = 40_000));
  await first.frames();
  const before = await first.texts();
  const saved = await first.state();
  expect(saved).toMatchObject({ wrap: true, follow: false, search: { matchCase: true } });
  await first.close();
  const second = await openPanel({ saved });
  await second.show(chattyRun(5000));
  await second.frames();
  const after = await second.texts();
  expect(Math.abs(before.indexOf(after[12] ?? '') - 12)).toBeLessThanOrEqual(1);
  expect(await second.byId('wrap').getAttribute('aria-pressed')).toBe('true');
  expect(await second.state()).toEqual(saved);
  await second.close();
});

/** A million lines that nobody holds. */
function millionLines(): RunLines {
  const table = new LineTable();
  for (let line = 0; line < 1_000_000; line++) table.add(chattyLine(line), line);
  return {
    table,
    append: () => {},
    read: (numbers) => numbers.map((number) => ({ number, line: chattyLine(number) })),
  };
}

test('a million lines are a few rows and little memory, wherever one scrolls', async () => {
  const panel = await openPanel();
  await panel.show(chattyRun(0), millionLines());
  expect((await panel.texts()).at(-1)).toBe('row 999999 of many');
  for (const part of [0, 0.25, 0.9, 0.5]) {
    await panel.byId('log').evaluate((log, to) => {
      log.scrollTop = (log.scrollHeight - log.clientHeight) * to;
    }, part);
    await panel.frames();
    const texts = await panel.texts();
    const first = Number(/\d+/.exec(texts[Math.floor(texts.length / 2)] ?? '')?.[0]);
    expect(Math.abs(first / 1_000_000 - part)).toBeLessThan(0.001);
    expect(texts.length).toBeLessThan(120);
  }
  // The wheel moves by lines, although the bar stands for more of them than it has pixels.
  const top = async (): Promise<number> => Number(/\d+/.exec((await panel.texts())[20] ?? '')?.[0]);
  const before = await top();
  await panel.byId('log').evaluate((log) => log.scrollBy(0, 170));
  await panel.frames();
  expect(Math.abs((await top()) - before - 10)).toBeLessThanOrEqual(1);
  const session = await panel.page.context().newCDPSession(panel.page);
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session
    .send('Performance.enable')
    .then(() => session.send('Performance.getMetrics'));
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Infinity;
  expect(heap).toBeLessThan(30_000_000);
  await panel.close();
});
