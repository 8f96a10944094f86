import { expect, test } from 'vitest';
import type { FromWebview, NodeView, PanelState, RunView, ToWebview } from '../../webviews/run/protocol.ts';
import { chattyRun, finishedRun, runningRun } from './demo-run.ts';
import { panelSuite } from './panel-suite.ts';
import { RunPanelPage } from './run-panel-page.ts';
import { themes, type Theme } from './themes.ts';

const open = panelSuite<ToWebview, FromWebview, PanelState>('run');

function openPanel(
  options: { theme?: Theme; size?: { width: number; height: number }; saved?: PanelState } = {},
): Promise<RunPanelPage> {
  return RunPanelPage.open((more) => open({ ...options, ...more }));
}

test.each(themes)('a finished run is shown under the policy without a complaint: $name', async (theme) => {
  const panel = await openPanel({ theme });
  expect(await panel.panel.posted()).toMatchObject([{ kind: 'ready', view: 0 }]);
  await panel.show(finishedRun());
  expect(await panel.byId('run-title').textContent()).toBe('meltano:job/load, dbt:build');
  expect(await panel.byId('run-status').textContent()).toBe('Failed');
  expect(await panel.byId('run-elapsed').textContent()).toBe('12.4 s');
  expect(await panel.byId('step-row').count()).toBe(2);
  expect(await panel.byId('node-row').count()).toBe(13);
  expect(await panel.byId('rerun').isVisible()).toBe(true);
  expect(await panel.byId('cancel').isVisible()).toBe(false);
  expect(panel.problems).toEqual([]);
  await panel.close();
});

test('what asks whether the page has taken all before it is sent back, and is nothing of the run', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const echo = { kind: 'echo', count: 3 };
  await panel.page.evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), echo);
  expect(await panel.posted()).toEqual([echo]);
  expect(panel.problems).toEqual([]);
  await panel.close();
});

test('every state is also said in words', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const tree = panel.page.getByRole('tree', { name: 'Steps and nodes' });
  const failed = tree.getByRole('treeitem', { name: 'dim_customers, table, Failed, 1.2 s' });
  expect(await failed.getAttribute('aria-level')).toBe('2');
  expect(await tree.getByRole('treeitem', { name: /^orders, stream, Succeeded, 18,306 rows/ }).count()).toBe(
    1,
  );
  expect(await panel.page.getByRole('listitem', { name: '10 succeeded' }).count()).toBe(1);
  await panel.close();
});

test('the first failure is selected, and one click opens its file at its line', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  const selected = panel.page.locator('.tree-row[aria-selected="true"]');
  expect(await selected.getAttribute('aria-label')).toMatch(/^dim_customers/);
  await panel.byId('detail-open').click();
  await selected.getByTestId('open-file').click();
  await panel.page
    .getByTitle(/dim_customers\.sql:7$/)
    .first()
    .click();
  const opened = { kind: 'open', path: '/home/dev/shop/transform/models/marts/dim_customers.sql', line: 7 };
  expect(await panel.posted()).toEqual([opened, opened, opened]);
  await panel.close();
});

test('the keyboard walks the tree, folds it, opens files and finds the next failure', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
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
  await panel.close();
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
  await panel.close();
});

test('a running run counts, can be cancelled, and says when it ended', async () => {
  const panel = await openPanel();
  await panel.show(runningRun());
  expect(await panel.byId('run-status').textContent()).toBe('Running');
  expect(await panel.byId('rerun').isVisible()).toBe(false);
  await panel.byId('cancel').click();
  await panel.frames();
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'cancel' });
  expect(await panel.byId('run-status').textContent()).toBe('Cancelling…');
  const { run, now } = finishedRun();
  await panel.deliver({ kind: 'run', run: { ...run, status: 'cancelled' }, now });
  expect(await panel.byId('run-status').textContent()).toBe('Cancelled');
  expect(await panel.page.locator('[role="status"].visually-hidden').textContent()).toBe(
    'dim_customers: Failed. meltano run load, dbt build: Cancelled',
  );
  await panel.byId('rerun').click();
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'rerun' });
  await panel.close();
});

test('the first failure is in view when the run ends, and what was left out has no duration', async () => {
  const panel = await openPanel({ size: { width: 1000, height: 400 } });
  const { run, lines, now } = finishedRun();
  const [load, build] = run.steps;
  const after: NodeView[] = Array.from({ length: 60 }, (_, at) => ({
    node: `left_out_${at}`,
    title: `left_out_${at}`,
    what: 'test',
    status: 'skipped',
    startedAt: now,
    durationMs: 0,
  }));
  const steps = [load!, { ...build!, nodes: [...build!.nodes, ...after] }];
  await panel.show({ run: { ...run, status: 'running' }, lines, now });
  await panel.byId('tree').evaluate((tree) => tree.scrollTo(0, tree.scrollHeight));
  await panel.deliver({ kind: 'run', run: { ...run, status: 'running', steps }, now });
  const last = panel.byId('node-row').filter({ hasText: 'left_out_59' });
  expect(await last.getAttribute('aria-label')).toBe('left_out_59, test, Skipped');
  await panel.deliver({ kind: 'run', run: { ...run, steps }, now });
  const tree = (await panel.byId('tree').boundingBox())!;
  const row = (await panel.page.locator('.tree-row[aria-selected="true"]').boundingBox())!;
  expect(row.y).toBeGreaterThanOrEqual(tree.y);
  expect(row.y + row.height).toBeLessThanOrEqual(tree.y + tree.height);
  await panel.close();
});

test('a reload shows the same: selection, filter, search and width come back', async () => {
  const first = await openPanel();
  await first.show(finishedRun());
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
    search: { text: 'incremental' },
  });
  const before = await first.page.locator('body').innerText();
  await first.close();

  const second = await openPanel({ saved });
  await second.show(finishedRun());
  await second.frames();
  expect(await second.page.locator('body').innerText()).toBe(before);
  expect(await second.page.locator('.tree-row[aria-selected="true"]').getAttribute('aria-label')).toMatch(
    /^fct_orders/,
  );
  expect(await second.byId('search').locator('input').inputValue()).toBe('incremental');
  expect(await second.byId('onlySelected').getAttribute('aria-pressed')).toBe('true');
  expect(await second.state()).toEqual(saved);
  await second.close();
});

test('another run in the same panel starts afresh', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.page.getByTestId('node-row').filter({ hasText: 'fct_orders' }).click();
  await panel.show(chattyRun(10));
  expect(await panel.byId('run-title').textContent()).toBe('pipeline:chatty');
  expect(await panel.byId('log-row').count()).toBe(10);
  expect(await panel.page.locator('.tree-row[aria-selected="true"]').count()).toBe(0);
  expect(await panel.byId('detail').isVisible()).toBe(false);
  await panel.close();
});

test('in a narrow panel the list stands over the output and nothing is cut off', async () => {
  const panel = await openPanel({ size: { width: 420, height: 700 } });
  await panel.show(finishedRun());
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
  await panel.close();
});

test('where there is no run, the reason is shown', async () => {
  const panel = await openPanel();
  await panel.deliver({ kind: 'unavailable', message: 'The log of run 1 is not there any more.' });
  expect(await panel.byId('notice').textContent()).toBe('The log of run 1 is not there any more.');
  expect(await panel.byId('run-title').isVisible()).toBe(false);
  await panel.close();
});

test('while a long log is read, the page says how far that is, and nothing of a run', async () => {
  const panel = await openPanel();
  await panel.show(runningRun());
  await panel.deliver({ kind: 'reading', run: 'another', part: 0.427 });
  expect(await panel.byId('notice').textContent()).toBe('Reading the run… 42 %');
  expect(await panel.byId('run-title').isVisible()).toBe(false);
  await panel.show(finishedRun());
  expect(await panel.byId('notice').isVisible()).toBe(false);
  expect(await panel.byId('run-status').textContent()).toBe('Failed');
  await panel.close();
});

test('what served until somebody ended it was stopped, and nothing of it is left to resume', async () => {
  const panel = await openPanel();
  const { run, now } = runningRun();
  const [load, app] = run.steps;
  const steps = [
    { ...load!, status: 'succeeded' },
    { ...app!, status: 'cancelled', stopped: true, nodes: [] },
  ] as const;
  const totals = { succeeded: 3, failed: 0, skipped: 0, warned: 0, stopped: 1 };
  await panel.deliver({
    kind: 'run',
    run: { ...run, status: 'cancelled', stopped: true, durationMs: 5000, totals, steps },
    now,
  });
  expect(await panel.byId('run-status').textContent()).toBe('Stopped');
  expect(await panel.page.getByRole('listitem', { name: '1 stopped' }).count()).toBe(1);
  expect(await panel.page.getByRole('treeitem', { name: /^dbt build, Stopped/ }).count()).toBe(1);
  expect(await panel.byId('resume').isVisible()).toBe(false);
  await panel.close();
});

test('one step is cancelled, and the run pauses before a step and goes on', async () => {
  const panel = await openPanel();
  const { run, now } = runningRun();
  const next = { ...run.steps[1]!, id: '3', title: 'Export', status: 'pending', nodes: [] } as const;
  await panel.deliver({ kind: 'run', run: { ...run, steps: [...run.steps, next] }, now });
  await panel.page.getByRole('treeitem', { name: /^dbt build/ }).click();
  await panel.frames();
  expect(await panel.byId('step-pause').isVisible()).toBe(false);
  await panel.byId('step-cancel').click();
  await panel.page.getByRole('treeitem', { name: /^Export/ }).click();
  await panel.byId('step-pause').click();
  const wanted = { ...next, pause: 'wanted' } as const;
  await panel.deliver({ kind: 'run', run: { ...run, steps: [...run.steps, wanted] }, now });
  expect(await panel.byId('detail').textContent()).toContain('The run pauses before this step.');
  const row = panel.page.getByRole('treeitem', { name: /^Export, the run pauses before it, Not started/ });
  expect(await row.locator('.codicon-debug-pause').isVisible()).toBe(true);
  const paused = { ...next, status: 'waiting', pause: 'reached', waitingFor: 'paused' } as const;
  await panel.deliver({ kind: 'run', run: { ...run, steps: [...run.steps, paused] }, now });
  expect(await panel.page.getByRole('treeitem', { name: /^Export, paused before it, Paused/ }).count()).toBe(
    1,
  );
  await panel.byId('step-continue').click();
  expect(await panel.posted()).toEqual([
    { kind: 'step', ask: 'cancel', step: '2' },
    { kind: 'step', ask: 'pause', step: '3' },
    { kind: 'step', ask: 'continue', step: '3' },
  ]);
  await panel.close();
});

test('a step that failed without a word tells its exit code where it is selected', async () => {
  const panel = await openPanel();
  const { run, now } = finishedRun();
  const [load] = run.steps;
  const { message: _none, ...silent } = load!;
  const failed = { ...silent, status: 'failed', exitCode: 3, nodes: [] } as const;
  await panel.deliver({ kind: 'run', run: { ...run, steps: [failed] }, now });
  expect(await panel.byId('detail').textContent()).toContain(`Failed: ${failed.title}`);
  expect(await panel.byId('detail').textContent()).toContain('Ended with exit code 3.');
  await panel.close();
});

test('compiled SQL is one press away, and what took longer than the last time says so', async () => {
  const panel = await openPanel();
  await panel.show(finishedRun());
  await panel.byId('detail-compiled').click();
  expect(await panel.posted()).toEqual([
    { kind: 'show-compiled', path: '/home/dev/shop/transform/models/marts/dim_customers.sql' },
  ]);
  const row = panel.page.getByRole('treeitem', {
    name: 'fct_orders, incremental, Succeeded, 3.1 s, 2.2 s last time',
  });
  const [bar, last] = await Promise.all([
    row.locator('.bar').boundingBox(),
    row.locator('.last').boundingBox(),
  ]);
  expect(last?.x).toBeGreaterThan(bar?.x ?? 0);
  expect(last?.x).toBeLessThan((bar?.x ?? 0) + (bar?.width ?? 0));
  await panel.close();
});

test('the rows for which a test failed are asked for on demand, and shown', async () => {
  const panel = await openPanel();
  const demo = finishedRun();
  await panel.show(demo);
  expect(await panel.byId('detail-rows').isVisible()).toBe(false);
  await panel.page.getByRole('treeitem', { name: /^unique_stg_customers/ }).click();
  await panel.byId('detail-rows').click();
  const node = 'model.shop.unique_stg_customers_customer_id';
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'show-rows', step: '2', node });
  const answer = { kind: 'failing-rows', run: demo.run.id, step: '2', node } as const;
  await panel.deliver({ ...answer, isRunning: true, text: '' });
  expect(await panel.byId('failing-rows').textContent()).toBe('Asking for the rows…');
  await panel.deliver({ ...answer, isRunning: false, text: '| customer_id |\n|           1 |' });
  expect(await panel.byId('failing-rows').textContent()).toBe('| customer_id |\n|           1 |');
  await panel.page.getByRole('treeitem', { name: /^fct_orders/ }).click();
  await panel.frames();
  expect(await panel.byId('failing-rows').isVisible()).toBe(false);
  await panel.close();
});

test('what a step and its nodes left behind is opened from the panel, and what is not theirs any more says so', async () => {
  const panel = await openPanel();
  const { run, now } = finishedRun();
  const [load, build] = run.steps;
  const left = (title: string, state: 'current' | 'overwritten' | 'gone', node?: string) => {
    const path = `/shop/target/${title}`;
    return { title, path, shownPath: `target/${title}`, state, ...(node === undefined ? {} : { node }) };
  };
  const failed = build!.nodes.find(({ status }) => status === 'failed')!;
  const artifacts = [
    left('Run results', 'current'),
    left('Catalog', 'overwritten'),
    left('Manifest', 'gone'),
    left('Compiled SQL', 'current', failed.node),
  ];
  await panel.deliver({ kind: 'run', run: { ...run, steps: [load!, { ...build!, artifacts }] }, now });
  const names = async (): Promise<readonly string[]> => {
    await panel.frames();
    return panel.page.getByTestId('artifact').allTextContents();
  };
  expect(await names()).toEqual(['Compiled SQL']);
  // What ran is offered, and not what would be made of the file now besides.
  expect(await panel.byId('detail-compiled').isVisible()).toBe(false);
  await panel.page.getByTestId('artifact').click();
  expect((await panel.posted()).at(-1)).toEqual({ kind: 'open-artifact', path: '/shop/target/Compiled SQL' });
  await panel.page.getByRole('treeitem', { name: /^dbt build/ }).click();
  expect(await names()).toEqual([
    'Run results',
    'Catalog (written again since)',
    'Manifest (not there any more)',
  ]);
  const before = (await panel.posted()).length;
  await panel.page.getByRole('button', { name: /^Manifest/ }).focus();
  await panel.page.keyboard.press('Enter');
  expect((await panel.posted()).length).toBe(before);
  expect(panel.problems).toEqual([]);
  await panel.close();
});
