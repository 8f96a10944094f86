import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FromWebview, PanelState, ReadinessView, ToWebview } from '../../webviews/readiness/protocol.ts';
import { demoReadiness } from './demo-readiness.ts';
import { buildPanel, launchBrowser, PanelPage } from './panel-page.ts';
import { themes, type Theme } from './themes.ts';

let browser: Browser;
let files: ReadonlyMap<string, Buffer>;
const dark = themes[0] as Theme;

beforeAll(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildPanel('readiness')]);
});

afterAll(async () => browser.close());

type ReadinessPanel = PanelPage<ToWebview, FromWebview, PanelState>;

async function openPanel(
  options: {
    theme?: Theme;
    size?: { width: number; height: number };
    view?: ReadinessView;
    saved?: PanelState;
  } = {},
): Promise<ReadinessPanel> {
  const { view = demoReadiness(), ...rest } = options;
  const panel: ReadinessPanel = await PanelPage.open({
    browser,
    name: 'readiness',
    files,
    theme: dark,
    ...rest,
  });
  await panel.deliver({ kind: 'readiness', view });
  return panel;
}

const last = async (panel: ReadinessPanel): Promise<FromWebview | undefined> => (await panel.posted()).at(-1);
const checkOf = (panel: ReadinessPanel, id: string) => panel.page.locator(`[data-check="${id}"]`);

test.each(themes)('one sentence first, then everything, without a complaint: $name', async (theme) => {
  const panel = await openPanel({ theme });
  expect(await panel.posted()).toEqual([{ kind: 'ready' }]);
  expect(await panel.page.getByRole('heading', { level: 1 }).textContent()).toBe(
    'Not ready: 2 P0 tasks open, 1 ticked but failing, 2 blockers, 56\u00A0% claimed, 50\u00A0% proven',
  );
  expect(await panel.byId('counts').textContent()).toBe(
    '7 checks: 1 failed, 1 stale, 1 not known, 1 waived, 3 passed · looked at 3 minutes ago',
  );
  expect(await panel.page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'Categories',
    'Trend',
    'Claim and Evidence Differ',
    'Next Best',
    'Blockers and Risks',
    'Waivers',
    'Checks',
  ]);
  expect(panel.problems).toEqual([]);
  await panel.page.close();
});

test('a category says what it claims, what is proven of it, how old that is and what comes next', async () => {
  const panel = await openPanel();
  const texts = await panel
    .byId('category')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).innerText.split('\n')));
  expect(texts[0]).toEqual([
    'Loading',
    'Claimed only',
    'evidence from 3 days ago',
    'claimed',
    '85 %',
    'proven',
    '2 of 3 · 66 %',
    'To reach ‘Checked’',
    'mend exports: make the file, or correct the path',
  ]);
  expect(texts[2]).toContain('no check');
  expect(texts[3]).toContain('no claim');
  const widths = await panel.page
    .locator('.category:first-child .fill')
    .evaluateAll((all) =>
      all.map((each) => Math.round((each.clientWidth / each.parentElement!.clientWidth) * 100)),
    );
  expect(widths).toEqual([85, 66]);
  await panel.page.getByRole('button', { name: 'Loading', exact: true }).click();
  expect(await last(panel)).toEqual({ kind: 'open', place: 'category:Loading' });
  await panel.page.close();
});

test('checks stand with the gravest first, and tell all there is to tell when they are opened', async () => {
  const panel = await openPanel();
  const names = () =>
    panel.byId('check').evaluateAll((all) => all.map((each) => each.getAttribute('data-check')));
  expect(await names()).toEqual([
    'exports',
    'nightly',
    'ledger',
    'warehouse',
    'states',
    'tests',
    'penstock:valid',
  ]);
  const exports = checkOf(panel, 'exports');
  const toggle = exports.locator('.check-toggle');
  expect(await toggle.getAttribute('aria-expanded')).toBe('false');
  await toggle.click();
  expect(await toggle.getAttribute('aria-expanded')).toBe('true');
  const terms = await exports.locator('dt').allTextContents();
  const told = await exports.locator('dd').allTextContents();
  expect(terms).toEqual(['Check', 'Expected', 'Seen', 'Where', 'When', 'Next', 'Proves', 'Counts in']);
  // By that name it is told of elsewhere: in needs, and on the command line.
  expect(told[0]).toBe('exports');
  expect(told.slice(1, 4)).toEqual(['at least 1 file data/*.csv, at most 1 day old', 'no file', 'data']);
  expect(told[4]).toMatch(/^3 minutes ago \(2026-11-29 \d\d:29\)$/);
  expect(told.slice(5)).toEqual([
    'make the file, or correct the path',
    'Load the nightly CSV exports',
    'Loading, weight 2',
  ]);
  await exports.getByRole('button', { name: 'data', exact: true }).click();
  expect(await last(panel)).toEqual({ kind: 'open', place: 'where:exports' });
  await exports.getByTestId('open-check').click();
  expect(await last(panel)).toEqual({ kind: 'open', place: 'check:exports' });
  await exports.getByTestId('waive').click();
  expect(await last(panel)).toEqual({ kind: 'waive', check: 'exports' });
  await exports.getByTestId('check-now').click();
  expect(await last(panel)).toEqual({ kind: 'check', checks: ['exports'] });
  expect(await panel.state()).toEqual({ filter: 'all', opened: ['exports'] });
  await checkOf(panel, 'warehouse').locator('.check-toggle').click();
  expect(await checkOf(panel, 'warehouse').locator('dd').allTextContents()).toContain(
    'failed, but until 2026-12-24 by Ada: the office machine is moved',
  );
  expect(await checkOf(panel, 'warehouse').getByTestId('waive').count()).toBe(0);
  await checkOf(panel, 'warehouse').getByTestId('take-back').click();
  expect(await last(panel)).toEqual({ kind: 'take-back', check: 'warehouse' });
  await panel.page.close();
});

test('what was open and how the list was filtered comes back', async () => {
  const panel = await openPanel({ saved: { filter: 'attention', opened: ['exports', 'gone'] } });
  expect(await panel.byId('check').count()).toBe(4);
  expect(await checkOf(panel, 'exports').locator('dl').isVisible()).toBe(true);
  expect(await panel.page.locator('.section-checks .section-note').textContent()).toBe('4 of 7');
  await panel.byId('filter').click();
  await panel.page.getByRole('option', { name: 'Passed' }).click();
  expect(await panel.byId('check').count()).toBe(3);
  expect(await panel.state()).toEqual({ filter: 'passed', opened: ['exports'] });
  await panel.page.close();
});

test('the keyboard opens a check, keeps its place when the answer comes, and asks for it anew', async () => {
  const panel = await openPanel();
  const { keyboard } = panel.page;
  await checkOf(panel, 'exports').locator('.check-toggle').focus();
  await keyboard.press('Enter');
  expect(await checkOf(panel, 'exports').locator('dl').isVisible()).toBe(true);
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  expect(await last(panel)).toEqual({ kind: 'check', checks: ['exports'] });
  await panel.deliver({ kind: 'checking', checks: ['exports'] });
  expect(await checkOf(panel, 'exports').locator('.state').first().textContent()).toBe('Checking');
  await panel.deliver({ kind: 'readiness', view: demoReadiness() });
  expect(await checkOf(panel, 'exports').locator('.state').first().textContent()).toBe('Failed');
  await checkOf(panel, 'exports').locator('.check-toggle').focus();
  await panel.deliver({ kind: 'readiness', view: demoReadiness({ takenMs: 1 }) });
  expect(
    await panel.page.evaluate(() =>
      document.activeElement?.closest('[data-check]')?.getAttribute('data-check'),
    ),
  ).toBe('exports');
  await panel.page.close();
});

test('costly checks are asked for by a button of their own, and not where nobody vouches for the workspace', async () => {
  const panel = await openPanel();
  await panel.byId('check-again').click();
  expect(await last(panel)).toEqual({ kind: 'check-all', costly: false });
  await panel.byId('check-everything').click();
  expect(await last(panel)).toEqual({ kind: 'check-all', costly: true });
  expect(await panel.byId('check-everything').getAttribute('title')).toBe(
    'Also connects to 1 service, starts 1 program',
  );
  await panel.deliver({ kind: 'checking', checks: [] });
  expect(await panel.byId('check-again').getAttribute('disabled')).toBe('');
  await panel.deliver({ kind: 'readiness', view: demoReadiness({ trusted: false }) });
  expect(await panel.byId('check-everything').isVisible()).toBe(false);
  expect(await checkOf(panel, 'ledger').getByTestId('check-now').getAttribute('disabled')).toBe('');
  expect(await checkOf(panel, 'exports').getByTestId('check-now').getAttribute('disabled')).toBe(null);
  await panel.page.close();
});

test('tasks tell why they are listed, and lead to the plan, to a mark and to their checks', async () => {
  const panel = await openPanel();
  const next = panel.byId('next').getByTestId('item');
  expect(await next.locator('.item-why').allTextContents()).toEqual([
    'P0 · in progress · 2 tasks wait for it · high effort',
    'P0 · medium effort',
  ]);
  await next
    .nth(0)
    .getByRole('button', { name: /^Build customer/ })
    .click();
  expect(await last(panel)).toEqual({ kind: 'open', place: 'item:marts' });
  await next.nth(0).getByTestId('mark').click();
  expect(await last(panel)).toEqual({ kind: 'mark', item: 'plan#marts' });
  await next.nth(0).getByTestId('rank').click();
  expect(await last(panel)).toEqual({ kind: 'rank', item: 'plan#marts' });
  // A criterion has neither status nor priority.
  const differing = panel.byId('contradictions').getByTestId('item');
  expect(await differing.nth(0).getByTestId('mark').count()).toBe(1);
  expect(await differing.nth(1).getByTestId('mark').count()).toBe(0);
  await next.nth(1).getByTestId('check-item').click();
  expect(await last(panel)).toEqual({ kind: 'check', checks: ['ledger'] });
  expect(await panel.byId('contradictions').locator('.item-why').allTextContents()).toEqual([
    'Ticked but failing · done, but exports failed',
    'Open but proven · planned, but everything that would prove it passed',
  ]);
  await panel.byId('write-figures').click();
  expect(await last(panel)).toEqual({ kind: 'write-figures' });
  await panel.page.close();
});

test('risks stand in a matrix of impact and probability, also for those who only listen', async () => {
  const panel = await openPanel();
  const matrix = panel.page.getByRole('table', { name: 'Impact (upwards) by probability (rightwards)' });
  const high = matrix.getByRole('row', { name: /^High/ });
  expect(await high.getByRole('cell').allTextContents()).toEqual(['2', '1', '']);
  await high.getByRole('button', { name: 'Risk 1: Export changes without notice' }).click();
  expect(await last(panel)).toEqual({ kind: 'open', place: 'risk:0' });
  expect(await panel.byId('risks').locator('li').allTextContents()).toEqual([
    'Blocker Access to the partner’s file share',
    '1 Export changes without noticeimpact high · probability medium · Tests on sources',
    '2 One file holds the whole warehouseimpact high · probability low · Nightly backup',
    '3 Nobody knows the ledgerimpact depends',
  ]);
  await panel.page.close();
});

test('waivers say until when, and when they are over', async () => {
  const panel = await openPanel();
  expect(await panel.byId('waiver').allTextContents()).toEqual([
    'warehouseuntil 2026-12-24, 25 days leftthe office machine is moved · Ada',
    'oldover since 2026-11-01: it does not count any morewas moved',
  ]);
  await panel.page.getByRole('button', { name: 'old', exact: true }).click();
  expect(await last(panel)).toEqual({ kind: 'open', place: 'waiver:old' });
  await panel.page.getByRole('button', { name: 'Take Back the Waiver of old' }).click();
  expect(await last(panel)).toEqual({ kind: 'take-back', check: 'old' });
  await panel.page.close();
});

test('where nothing is written yet, it says what to begin with', async () => {
  const view = demoReadiness({ lacks: ['plan', 'checks'], categories: [], checks: [], next: [] });
  const panel = await openPanel({ view });
  await panel.byId('create-plan').click();
  expect(await last(panel)).toEqual({ kind: 'create', what: 'plan' });
  await panel.byId('create-checks').click();
  expect(await last(panel)).toEqual({ kind: 'create', what: 'checks' });
  expect(await panel.byId('categories').isVisible()).toBe(false);
  expect(await panel.byId('checks').isVisible()).toBe(false);
  await panel.deliver({ kind: 'nothing', message: 'Reading the workspace…' });
  expect(await panel.byId('notice').textContent()).toBe('Reading the workspace…');
  await panel.page.close();
});

test('states differ without their colours', async () => {
  const panel = await openPanel();
  const looks = await panel.byId('check').evaluateAll((all) =>
    all.map((each) => {
      const [icon] = each.querySelectorAll('.state .codicon');
      return `${icon?.className} ${each.querySelector('.state')?.textContent}`;
    }),
  );
  expect(new Set(looks).size).toBe(5);
  await panel.page.close();
});

test('in a narrow panel it is one column, and nothing is cut off', async () => {
  const panel = await openPanel({ size: { width: 360, height: 720 } });
  const overflow = await panel.page.evaluate(() => {
    const main = document.querySelector('.readiness')!;
    return main.scrollWidth - main.clientWidth;
  });
  expect(overflow).toBe(0);
  const [checks, next] = await Promise.all(['checks', 'next'].map((id) => panel.byId(id).boundingBox()));
  expect(checks!.y).toBeGreaterThan(next!.y + next!.height - 1);
  expect(next!.x).toBe(checks!.x);
  // No button of the toolbar is left alone on a line.
  const tops = await panel.page
    .locator('.action-icons vscode-button')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
  await panel.page.close();
});

test('in a panel as narrow as can be every figure and every title is whole', async () => {
  const panel = await openPanel({ size: { width: 200, height: 900 } });
  await panel.byId('check').first().locator('.check-toggle').click();
  const cut = await panel.page.locator('.readiness *').evaluateAll((all) =>
    all
      .filter((each) => {
        const { right } = each.getBoundingClientRect();
        const isClipped =
          each.scrollWidth > each.clientWidth && getComputedStyle(each).textOverflow === 'ellipsis';
        return right > innerWidth || isClipped;
      })
      .map((each) => `${each.className}: ${each.textContent.trim()}`),
  );
  expect(cut).toEqual([]);
  await panel.page.close();
});

test('where nothing stands beside the checks they have the whole width', async () => {
  const widths = async (view: ReadinessView): Promise<number> => {
    const panel = await openPanel({ view });
    const box = await panel.byId('checks').boundingBox();
    await panel.page.close();
    return box!.width;
  };
  const alone = demoReadiness({ next: [], contradictions: [], blockers: [], risks: [], waivers: [] });
  expect(await widths(alone)).toBeGreaterThan(1.5 * (await widths(demoReadiness())));
});

test('the trend is drawn as burn-up charts, each also as a table, and saved as a picture', async () => {
  const panel = await openPanel();
  const { page } = panel;
  expect(await page.getByRole('img', { name: 'Tasks: 5 of 16 done' }).isVisible()).toBe(true);
  const strokes = await page
    .locator('[data-chart="Tasks"] :is(.done-line, .total-line)')
    .evaluateAll((all) => all.map((each) => getComputedStyle(each).strokeDasharray));
  expect(new Set(strokes).size).toBe(2);
  await page.locator('[data-chart="Tasks"]').getByRole('button', { name: 'as a table' }).focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: 'Tasks over time' });
  expect(await table.getByRole('row').count()).toBe(5);
  expect(await table.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual([
    expect.stringMatching(/^2026-11-28 /),
    '5',
    '16',
  ]);
  await page.keyboard.press('Enter');
  expect(await table.count()).toBe(0);
  expect(await panel.byId('trend').locator('.notes li').allTextContents()).toEqual([
    'Loading: 100 % → 66 % proven in the last week (down)',
    'exports got worse 1 day ago',
  ]);
  await page.getByRole('button', { name: 'Export as SVG…' }).click();
  expect(await last(panel)).toMatchObject({ kind: 'export', format: 'svg' });
  await panel.byId('export-markdown').click();
  expect(await last(panel)).toMatchObject({ kind: 'export', format: 'markdown' });
  await panel.page.close();
});

test('the exported page opens in a browser without a complaint, and prints', async () => {
  const panel = await openPanel();
  await panel.byId('export-html').click();
  const message = await last(panel);
  if (message?.kind !== 'export') throw new Error('nothing was exported');
  const page = await browser.newPage({ viewport: { width: 960, height: 800 } });
  const problems: string[] = [];
  page.on('console', (said) => problems.push(said.text()));
  await page.setContent(message.text);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Not ready');
  const widths = await page
    .locator('.bar .proven')
    .evaluateAll((all) =>
      all.map((each) => Math.round((each.clientWidth / each.parentElement!.clientWidth) * 100)),
    );
  expect(widths[1]).toBeGreaterThan(90);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const narrowest = await page
    .locator('.list td:not(:empty)')
    .evaluateAll((all) => Math.min(...all.map((each) => each.clientWidth)));
  expect(narrowest).toBeGreaterThan(200);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.length).toBeGreaterThan(10_000);
  expect(problems).toEqual([]);
  await page.close();
  await panel.page.close();
});

test('on paper the panel is black on white in full length, whatever the theme', async () => {
  const panel = await openPanel({ theme: dark });
  await panel.page.emulateMedia({ media: 'print' });
  const looks = await panel.page.evaluate(() => ({
    ink: getComputedStyle(document.querySelector('.sentence')!).color,
    ground: getComputedStyle(document.body).backgroundColor,
    buttons: [...document.querySelectorAll('vscode-button')].filter((each) => each.checkVisibility()).length,
    hidden:
      document.querySelector('.readiness')!.scrollHeight - document.querySelector('.readiness')!.clientHeight,
  }));
  expect(looks).toEqual({ ink: 'rgb(0, 0, 0)', ground: 'rgb(255, 255, 255)', buttons: 0, hidden: 0 });
  await panel.page.close();
});
