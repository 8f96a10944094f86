import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { FromWebview, PanelState, RunView, ToWebview } from '../../webviews/run/protocol.ts';
import { chattyRun, finishedRun, runningRun, type DemoRun } from './demo-run.ts';
import { buildPanel, launchBrowser, PanelPage } from './panel-page.ts';
import { themes, type Theme } from './themes.ts';

let browser: Browser;
let files: ReadonlyMap<string, Buffer>;
const dark = themes[0] as Theme;

beforeAll(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildPanel('run')]);
});

afterAll(async () => browser.close());

type RunPanel = PanelPage<ToWebview, FromWebview, PanelState>;

async function openPanel(
  options: { theme?: Theme; size?: { width: number; height: number }; saved?: PanelState } = {},
): Promise<RunPanel> {
  return PanelPage.open({ browser, name: 'run', files, theme: dark, ...options });
}

async function show(panel: RunPanel, { run, lines, now }: DemoRun): Promise<void> {
  await panel.deliver({ kind: 'run', run, now }, { kind: 'lines', run: run.id, from: 0, lines });
}

test.each(themes)('a finished run is shown under the policy without a complaint: $name', async (theme) => {
  const panel = await openPanel({ theme });
  expect(await panel.posted()).toEqual([{ kind: 'ready' }]);
  await show(panel, finishedRun());
  expect(await panel.byId('run-title').textContent()).toBe('meltano:job/load, dbt:build');
  expect(await panel.byId('run-status').textContent()).toBe('Failed');
  expect(await panel.byId('run-elapsed').textContent()).toBe('12.4 s');
  expect(await panel.byId('step-row').count()).toBe(2);
  expect(await panel.byId('node-row').count()).toBe(13);
  expect(await panel.byId('rerun').isVisible()).toBe(true);
  expect(await panel.byId('cancel').isVisible()).toBe(false);
  expect(panel.problems).toEqual([]);
  await panel.page.close();
});

test('every state is also said in words', async () => {
  const panel = await openPanel();
  await show(panel, finishedRun());
  const tree = panel.page.getByRole('tree', { name: 'Steps and nodes' });
  const failed = tree.getByRole('treeitem', { name: 'dim_customers, table, Failed, 1.2 s' });
  expect(await failed.getAttribute('aria-level')).toBe('2');
  expect(await tree.getByRole('treeitem', { name: /^orders, stream, Succeeded, 18,306 rows/ }).count()).toBe(
    1,
  );
  expect(await panel.page.getByRole('listitem', { name: '10 succeeded' }).count()).toBe(1);
  await panel.page.close();
});

test('the first failure is selected, and one click opens its file at its line', async () => {
  const panel = await openPanel();
  await show(panel, finishedRun());
  const selected = panel.page.locator('.tree-row[aria-selected="true"]');
  expect(await selected.getAttribute('aria-label')).toMatch(/^dim_customers/);
  await panel.byId('detail-open').click();
  await selected.getByTestId('open-file').click();
  await panel.page.getByTestId('log-link').first().click();
  const opened = { kind: 'open', path: '/home/dev/shop/transform/models/marts/dim_customers.sql', line: 7 };
  expect((await panel.posted()).slice(1)).toEqual([opened, opened, opened]);
  await panel.page.close();
});

test('the keyboard walks the tree, folds it, opens files and finds the next failure', async () => {
  const panel = await openPanel();
  await show(panel, finishedRun());
  const { keyboard } = panel.page;
  const selected = async (): Promise<string | null> => {
    await panel.frames();
    return panel.page.locator('.tree-row[aria-selected="true"]').getAttribute('aria-label');
  };
  await panel.byId('tree').focus();
  await keyboard.press('Home');
  expect(await selected()).toMatch(/^meltano run load/);
  const active = await panel.byId('tree').getAttribute('aria-activedescendant');
  expect(await panel.page.locator(`#${active}`).getAttribute('aria-label')).toMatch(/^meltano run load/);
  await keyboard.press('ArrowLeft');
  await panel.frames();
  expect(await panel.byId('node-row').count()).toBe(10);
  await keyboard.press('ArrowDown');
  expect(await selected()).toMatch(/^dbt build/);
  await keyboard.press('F8');
  expect(await selected()).toMatch(/^dim_customers/);
  await keyboard.press('Enter');
  expect((await panel.posted()).at(-1)).toMatchObject({ kind: 'open', line: 7 });
  await panel.page.close();
});

test('a run that broke is resumed by a button, and shows what was set, what may fail and what waits for what', async () => {
  const panel = await openPanel();
  const { run, now } = finishedRun();
  const [load, build] = run.steps;
  const step = { id: '3', step: 'x', title: 'Export', system: 'x', nodes: [] };
  const steps: RunView['steps'] = [
    { ...load!, nodes: [{ ...load!.nodes[0]!, records: 998, loaded: 500 }] },
    { ...build!, status: 'failed', timedOut: true, nodes: [] },
    { ...step, status: 'failed', allowed: true, exitCode: 3, needs: ['1'] },
    { ...step, id: '4', title: 'Publish', status: 'pending', needs: ['1', '3'] },
  ];
  const parameters = { scope: 'marts', days: '7' };
  await panel.deliver({ kind: 'run', run: { ...run, steps, parameters, resumes: 'before' }, now });
  expect(await panel.byId('run-parameters').textContent()).toBe('scope = marts, days = 7 · resumes before');
  const tree = panel.page.getByRole('tree', { name: 'Steps and nodes' });
  for (const name of [
    /^customers, stream, Succeeded, 500 of 998 rows/,
    /^dbt build, timed out, Failed/,
    /^Export, exit code 3, Failed, as it may/,
    /^Publish, after meltano run load, Export, Not started yet/,
  ])
    expect(await tree.getByRole('treeitem', { name }).count()).toBe(1);
  await panel.byId('resume').click();
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'resume' });
  await panel.deliver({ kind: 'run', run: { ...run, steps, status: 'succeeded' }, now });
  expect(await panel.byId('resume').isVisible()).toBe(false);
  expect(await panel.byId('run-parameters').isVisible()).toBe(false);
  expect(await panel.byId('run-status').textContent()).toBe('Succeeded, 1 allowed to fail');
  expect(panel.problems).toEqual([]);
  await panel.page.close();
});

test('a running run counts, can be cancelled, and says when it ended', async () => {
  const panel = await openPanel();
  await show(panel, runningRun());
  expect(await panel.byId('run-status').textContent()).toBe('Running');
  expect(await panel.byId('rerun').isVisible()).toBe(false);
  await panel.byId('cancel').click();
  await panel.frames();
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'cancel' });
  expect(await panel.byId('run-status').textContent()).toBe('Cancelling…');
  const { run, now } = finishedRun();
  await panel.deliver({ kind: 'run', run: { ...run, status: 'cancelled' }, now });
  expect(await panel.byId('run-status').textContent()).toBe('Cancelled');
  await panel.byId('rerun').click();
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'rerun' });
  await panel.page.close();
});

test('colours of the output are drawn, named ones from the theme', async () => {
  const panel = await openPanel();
  const { run, lines, now } = finishedRun();
  await panel.deliver(
    { kind: 'run', run, now },
    { kind: 'lines', run: run.id, from: 0, lines: lines.slice(0, 9) },
  );
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
  await panel.page.close();
});

test('search counts, goes on and back, and takes regular expressions', async () => {
  const panel = await openPanel();
  await show(panel, finishedRun());
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
  await panel.page.close();
});

test('the output can be narrowed to the selected node and to errors, and widened again', async () => {
  const panel = await openPanel();
  await show(panel, finishedRun());
  await panel.byId('onlySelected').click();
  await panel.frames();
  const texts = await panel.page.locator('.log-text').allTextContents();
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
  await panel.page.close();
});

test('debug lines are left out until they are asked for', async () => {
  const panel = await openPanel();
  const { run, lines, now } = finishedRun();
  const debug = { at: now, step: '2', level: 'debug', kind: 'output', text: 'On master: COMMIT' } as const;
  await panel.deliver(
    { kind: 'run', run, now },
    { kind: 'lines', run: run.id, from: 0, lines: [...lines, debug] },
  );
  expect(await panel.page.getByText('On master: COMMIT').count()).toBe(0);
  await panel.byId('level').click();
  await panel.page.getByRole('option', { name: 'All levels' }).click();
  await panel.frames();
  expect(await panel.page.getByText('On master: COMMIT').count()).toBe(1);
  await panel.page.close();
});

test('100,000 lines leave a few rows in the document, and the page answers at once', async () => {
  const panel = await openPanel();
  const chatty = chattyRun(100_000);
  await panel.deliver({ kind: 'run', run: chatty.run, now: chatty.now });
  for (let from = 0; from < chatty.lines.length; from += 2000) {
    await panel.deliver({
      kind: 'lines',
      run: chatty.run.id,
      from,
      lines: chatty.lines.slice(from, from + 2000),
    });
  }
  expect(await panel.byId('log-row').count()).toBeLessThan(120);
  expect(await panel.page.locator('.log-text').last().textContent()).toBe('row 99999 of many');
  // Up to the middle: following stops, and new lines do not move what is read.
  await panel.byId('log').evaluate((log) => (log.scrollTop = log.scrollHeight / 2));
  await panel.frames();
  const middle = await panel.page.locator('.log-text').allTextContents();
  const more = chatty.lines.slice(0, 2000);
  await panel.deliver({ kind: 'lines', run: chatty.run.id, from: 100_000, lines: more });
  expect(await panel.page.locator('.log-text').allTextContents()).toEqual(middle);
  expect(await panel.byId('follow').getAttribute('aria-pressed')).toBe('false');
  await panel.byId('follow').click();
  await panel.frames();
  expect(await panel.page.locator('.log-text').last().textContent()).toBe('row 1999 of many');
  await panel.byId('search').locator('input').fill('row 50000 of');
  await panel.byId('next').click();
  await panel.frames();
  expect(await panel.page.locator('.log-row.current').textContent()).toContain('row 50000 of many');
  expect(await panel.byId('log-row').count()).toBeLessThan(120);
  await panel.page.close();
});

test('rows stand in the order of their lines after scrolling up and down', async () => {
  const panel = await openPanel();
  const chatty = chattyRun(2000);
  await show(panel, chatty);
  for (const top of [0, 9000, 8800, 9100, 300]) {
    await panel.byId('log').evaluate((log, to) => (log.scrollTop = to), top);
    await panel.frames();
    const numbers = (await panel.page.locator('.log-text').allTextContents()).map((text) =>
      Number(/\d+/.exec(text)?.[0]),
    );
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  }
  await panel.page.close();
});

test('a reload shows the same: selection, filter, search and width come back', async () => {
  const first = await openPanel();
  await show(first, finishedRun());
  await first.page.getByTestId('node-row').filter({ hasText: 'fct_orders' }).click();
  await first.byId('onlySelected').click();
  await first.byId('search').locator('input').fill('incremental');
  await first.page.getByRole('separator').focus();
  await first.page.keyboard.press('ArrowLeft');
  await first.frames();
  const saved = await first.state();
  expect(saved).toMatchObject({
    folder: '/home/dev/shop',
    run: '20261123-083240-000',
    search: 'incremental',
  });
  const before = await first.page.locator('body').innerText();
  await first.page.close();

  const second = await openPanel({ saved });
  await show(second, finishedRun());
  await second.frames();
  expect(await second.page.locator('body').innerText()).toBe(before);
  expect(await second.page.locator('.tree-row[aria-selected="true"]').getAttribute('aria-label')).toMatch(
    /^fct_orders/,
  );
  expect(await second.byId('search').locator('input').inputValue()).toBe('incremental');
  expect(await second.byId('onlySelected').getAttribute('aria-pressed')).toBe('true');
  expect(await second.state()).toEqual(saved);
  await second.page.close();
});

test('another run in the same panel starts afresh', async () => {
  const panel = await openPanel();
  await show(panel, finishedRun());
  await panel.page.getByTestId('node-row').filter({ hasText: 'fct_orders' }).click();
  await show(panel, chattyRun(10));
  expect(await panel.byId('run-title').textContent()).toBe('pipeline:chatty');
  expect(await panel.byId('log-row').count()).toBe(10);
  expect(await panel.page.locator('.tree-row[aria-selected="true"]').count()).toBe(0);
  expect(await panel.byId('detail').isVisible()).toBe(false);
  await panel.page.close();
});

test('lines that went missing are asked for again, once', async () => {
  const panel = await openPanel();
  const { run, lines, now } = finishedRun();
  await panel.deliver(
    { kind: 'run', run, now },
    { kind: 'lines', run: run.id, from: 0, lines: lines.slice(0, 3) },
  );
  const late = { kind: 'lines', run: run.id, from: 5, lines: lines.slice(5, 7) } as const;
  await panel.deliver(late, late);
  expect((await panel.posted()).filter(({ kind }) => kind === 'ready')).toHaveLength(2);
  await panel.deliver({ kind: 'lines', run: run.id, from: 0, lines: lines.slice(0, 7) });
  expect(await panel.byId('log-row').count()).toBe(7);
  await panel.page.close();
});

test('copying gives what is shown, without colours and times', async () => {
  const panel = await openPanel();
  await show(panel, finishedRun());
  await panel.byId('onlySelected').click();
  await panel.byId('copy-log').click();
  await panel.byId('copy-command').click();
  const [output, commands] = (await panel.posted()).slice(-2);
  expect(output).toMatchObject({ kind: 'copy', what: 'output' });
  expect(output?.kind === 'copy' ? output.text.split('\n')[1] : '').toMatch(/^7 of 10 ERROR table model/);
  expect(commands).toEqual({
    kind: 'copy',
    what: 'command lines',
    text: 'meltano run load\ndbt build --target dev',
  });
  await panel.page.close();
});

test('in a narrow panel the list stands over the output and nothing is cut off', async () => {
  const panel = await openPanel({ size: { width: 420, height: 700 } });
  await show(panel, finishedRun());
  const tree = await panel.byId('tree').boundingBox();
  const log = await panel.byId('log').boundingBox();
  expect(tree?.width).toBe(420);
  expect(log?.y).toBeGreaterThan((tree?.y ?? 0) + (tree?.height ?? 0) - 1);
  const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBe(0);
  for (const id of ['rerun', 'search', 'follow', 'detail-open']) {
    const box = await panel.byId(id).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999), id).toBeLessThanOrEqual(420);
  }
  await panel.page.close();
});

test('what the process printed cannot become part of the page', async () => {
  const panel = await openPanel();
  const { run, now } = chattyRun(0);
  const text = '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>';
  const line = { at: now, step: '1', level: 'info', kind: 'output', text } as const;
  await panel.deliver({ kind: 'run', run, now }, { kind: 'lines', run: run.id, from: 0, lines: [line] });
  expect(await panel.page.locator('.log-text').textContent()).toContain('<img src=x');
  expect(await panel.page.locator('.log img, .log script').count()).toBe(0);
  await panel.page.close();
});

test('where there is no run, the reason is shown', async () => {
  const panel = await openPanel();
  await panel.deliver({ kind: 'unavailable', message: 'The log of run 1 is not there any more.' });
  expect(await panel.byId('notice').textContent()).toBe('The log of run 1 is not there any more.');
  expect(await panel.byId('run-title').isVisible()).toBe(false);
  await panel.page.close();
});
