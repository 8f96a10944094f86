import { expect, test } from 'vitest';
import type { FromWebview, PanelState, ToWebview } from '../../webviews/run/protocol.ts';
import { chattyRun, finishedRun, runningRun } from './demo-run.ts';
import { panelSuite } from './panel-suite.ts';
import { RunPanelPage } from './run-panel-page.ts';

const open = panelSuite<ToWebview, FromWebview, PanelState>('run');

function openPanel(): Promise<RunPanelPage> {
  return RunPanelPage.open(open);
}

/** What has the focus. */
function stopOf({ page }: RunPanelPage): Promise<string> {
  return page.evaluate(
    () =>
      document.activeElement?.getAttribute('data-testid') ??
      document.activeElement?.getAttribute('role') ??
      '',
  );
}

test('Tab goes from the steps over what is said of the selected one to the output, a stop a toolbar', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.frames();
  const { keyboard } = panel.page;
  const stop = (): Promise<string> => stopOf(panel);
  // Who comes to the page is at its steps.
  const stops = [await stop()];
  for (let at = 0; at < 9; at++) {
    await keyboard.press('Tab');
    stops.push(await stop());
  }
  expect(stops).toEqual([
    'tree',
    'separator',
    'detail-open',
    'detail-compiled',
    'search',
    'matchCase',
    'onlyMatching',
    'level',
    'times',
    'onlySelected',
  ]);
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await keyboard.press(key);
  expect(await stop()).toBe('fold-all');
  await keyboard.press('End');
  expect(await stop()).toBe('save-log');
  await keyboard.press('Tab');
  expect(await stop()).toBe('log');
  await keyboard.press('Shift+Tab');
  expect(await stop()).toBe('save-log');
  await keyboard.press('F8');
  expect(await stop()).toBe('tree');
  await keyboard.press('Control+F');
  expect(await panel.page.getByRole('textbox', { name: 'Search' }).count()).toBe(1);
  expect(await stop()).toBe('search');
  await keyboard.press('Escape');
  expect(await stop()).toBe('log');
  await panel.close();
});

test('a button that goes away under the keyboard leaves it at the steps', async () => {
  const panel = await openPanel();
  await panel.show(runningRun());
  await panel.byId('cancel').focus();
  await panel.show(finishedRun());
  await panel.frames();
  expect(await stopOf(panel)).toBe('tree');
  await panel.close();
});

test('who comes back to the page is where they were, and at the steps of another run', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.page.keyboard.press('Control+F');
  await panel.page.keyboard.type('orders');
  await comeBack(panel);
  expect(await stopOf(panel)).toBe('search');
  await panel.page.keyboard.type(' of');
  expect(await panel.page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('orders of');
  await panel.page.keyboard.press('Escape');
  await comeBack(panel);
  expect(await stopOf(panel)).toBe('log');
  await leave(panel);
  await panel.show(chattyRun(10));
  expect(await stopOf(panel)).toBe('tree');
  await panel.close();
});

test('the editor may ask for the search, also before there is a run to search in', async () => {
  const panel = await openPanel();
  await panel.deliver({ kind: 'search' });
  await panel.show(finishedRun());
  expect(await stopOf(panel)).toBe('search');
  await panel.byId('tree').focus();
  await panel.deliver({ kind: 'search' });
  expect(await stopOf(panel)).toBe('search');
  // Asked for once, it is not gone to again.
  await panel.byId('tree').focus();
  await panel.show(chattyRun(10));
  expect(await stopOf(panel)).toBe('tree');
  await panel.close();
});

test('Ctrl+F that comes before the run finds the search when it is there', async () => {
  const panel = await openPanel();
  await panel.page.keyboard.press('Control+F');
  await panel.show(finishedRun());
  expect(await stopOf(panel)).toBe('search');
  await panel.close();
});

test('the editor, which has keys of its own, does not hear of those that the page takes', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  // As the editor does, around the page.
  await panel.page.evaluate(() => {
    Object.assign(window, { heard: [] });
    window.addEventListener('keydown', ({ key }) =>
      (window as unknown as { heard: string[] }).heard.push(key),
    );
  });
  for (const key of ['F8', 'Control+f', 'F1']) await panel.page.keyboard.press(key);
  expect(await panel.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
    'Control',
    'F1',
  ]);
  await panel.close();
});

/** As it goes when a list of the editor opens over the page and closes. */
async function comeBack(panel: RunPanelPage): Promise<void> {
  await leave(panel);
  await panel.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await panel.frames();
}

function leave({ page }: RunPanelPage): Promise<void> {
  return page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}
