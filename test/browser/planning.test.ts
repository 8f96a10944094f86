import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { untilReads, untilTrue } from '../tools/waiting.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  // What opens under the pointer would hide the rows below it.
  product = await startProduct({ settings: { 'workbench.hover.delay': 3_600_000 } });
  // The exports of the shop are gone: a task that is ticked now fails.
  rmSync(join(product.platform, 'data/raw'), { recursive: true, force: true });
  await lookAtFiles();
});
afterAll(() => product.stop());
afterEach((test) => product.tellFailure(test));
beforeEach(() => product.editor.showPenstock());

const plan = (): string => readFileSync(join(product.platform, 'planning/outstanding-tasks.md'), 'utf8');
const task = (title: string) => product.editor.rows('Plan', title).first();
const lineOf = (title: string): number =>
  plan()
    .split('\n')
    .findIndex((line) => line.startsWith(`| ${title} `));

test('the activity bar counts checks that fail, and the row of the task says so', async () => {
  await untilTrue('the badge', async () =>
    /1 check fails · 1 task ticked/.test(await product.editor.badge()),
  );
  await task('Load the nightly CSV exports').getByText('ticked but failing').waitFor();
});

test('a filter shows some tasks and says how many', async () => {
  const { editor } = product;
  await editor.commandAndChoose('Penstock: Filter Plan…', 'Failing', 'Failing Checks');
  await editor.page.getByText('1 of 16 tasks: Failing Checks').waitFor();
  await task('Load the nightly CSV exports').waitFor();
  await task('Keep typed keys').waitFor({ state: 'hidden' });
  await editor.command('Penstock: Clear Plan Filter');
  await task('Keep typed keys').waitFor();
});

test('the filter of what is mine asks who that is, and is offered only where tasks have owners', async () => {
  const { editor } = product;
  const team = join(product.platform, 'planning/team-tasks.md');
  expect(await offersMine()).toBe(false);
  await editor.page.keyboard.press('Escape');
  writeFileSync(
    team,
    '# Team tasks\n\n| Task | Status | Owner |\n|--|--|--|\n| Tell the sellers | 📋 Planned | Ann |\n| Ask the buyers | 📋 Planned | Bo |\n',
  );
  await untilTrue('the owners to be known', async () => {
    const isOffered = await offersMine();
    if (!isOffered) await editor.page.keyboard.press('Escape');
    return isOffered;
  });
  await editor.pick('Mine', 'Mine');
  await editor.pick('Bo', 'Bo');
  await editor.page.getByText('1 of 18 tasks: Mine (Bo)').waitFor();
  await task('Ask the buyers').waitFor();
  await task('Tell the sellers').waitFor({ state: 'hidden' });
  await task('Keep typed keys').waitFor({ state: 'hidden' });
  await editor.command('Penstock: Clear Plan Filter');
  await task('Keep typed keys').waitFor();
  rmSync(team);
});

/** Opens the choice of filters, and leaves it open. */
async function offersMine(): Promise<boolean> {
  const { editor } = product;
  await editor.commandThatOpens(
    'Penstock: Filter Plan…',
    editor.page.getByRole('option', { name: 'Blocked' }),
  );
  return (await editor.page.getByRole('option', { name: 'Mine' }).count()) > 0;
}

test('a search shows what holds the words as they are typed, and Escape takes it back', async () => {
  const { editor } = product;
  await editor.commandThatOpens('Penstock: Search Plan…', editor.question('Search Plan'));
  await editor.type('season');
  await task('Best products by season').waitFor();
  await task('Keep typed keys').waitFor({ state: 'hidden' });
  await editor.page.getByText('1 task found.').waitFor();
  await editor.page.keyboard.press('Escape');
  await task('Keep typed keys').waitFor();
  await editor.page.getByText('1 task found.').waitFor({ state: 'hidden' });
});

test('a task that is dragged onto another one takes its place in the document', async () => {
  const [moved, onto] = [
    'Load only what changed since last night',
    'Keep typed keys in every stream',
  ] as const;
  const before = lineOf(onto);
  await product.editor.drag(task(moved), task(onto));
  await untilTrue('the document to be written', () => lineOf(moved) === before);
  expect(lineOf(onto)).toBe(before + 1);
  await untilTrue('the tree to follow', async () => (await placeOf(moved)) < (await placeOf(onto)));
});

test('a command on one of several selected tasks is about all of them', async () => {
  const { editor } = product;
  const titles = ['Keep typed keys in every stream', 'Load only what changed since last night'];
  await editor.select(...titles.map(task));
  await editor.choose(() => editor.menu(task(titles[1]!), 'Mark Task As…'), 'Skipped', 'Skipped');
  await untilTrue('both to be written', () => titles.every((title) => /Skipped/.test(rowOf(title))));
});

test('a check is waived with a reason, a name and a day, and the waiver is taken back', async () => {
  const { editor } = product;
  const manifest = join(product.platform, 'penstock.yaml');
  const before = readFileSync(manifest, 'utf8');
  await editor.commandAndChoose('Penstock: Waive Check…', 'exports', 'exports');
  await editor.answer('Waive exports (1/3)', 'the folder moves');
  await editor.answer('Waive exports (2/3)', 'Ada');
  await editor.answer('Waive exports (3/3)');
  await untilReads(
    manifest,
    /\nwaivers:\n {2}- check: exports\n {4}reason: the folder moves\n {4}by: Ada\n {4}until: \d{4}-\d\d-\d\d\n$/,
  );
  expect(readFileSync(manifest, 'utf8').startsWith(before)).toBe(true);
  await untilTrue('the badge to go', async () => !/fails/.test(await editor.badge()));
  await editor.commandAndChoose('Penstock: Take Back Waiver', 'exports', 'exports');
  await untilReads(manifest, before);
  await untilTrue('the badge', async () => /1 check fails/.test(await editor.badge()));
});

test('the environment in force is told in a document', async () => {
  const { editor } = product;
  await editor.command('Penstock: Show Environment');
  await editor.page.locator('.tab.active[data-resource-name="Environment"]').waitFor();
  const text = editor.page.locator('.editor-instance .view-lines');
  await text.getByText('dbt', { exact: false }).first().waitFor();
  await text.getByText('Meltano', { exact: false }).first().waitFor();
});

test('in an empty folder a plan is begun, and readiness follows', async () => {
  const { editor, url } = product;
  const folder = mkdtempSync(join(tmpdir(), 'penstock-empty-'));
  try {
    await editor.page.goto(`${url}?folder=${encodeURIComponent(folder)}`);
    await editor.showPenstock();
    await editor.page.getByText('No planning document found').waitFor();
    await editor.command('Penstock: Show Readiness');
    const panel = await editor.readinessPanel();
    await panel.getByTestId('sentence').filter({ hasText: 'Nothing to judge' }).waitFor();
    await panel.getByTestId('create-plan').click();
    await editor.page.locator('.tab.active[data-resource-name="PLAN.md"]').waitFor();
    await editor.command('File: Save');
    await editor.rows('Plan', 'Load the first source').first().waitFor();
    await editor.command('Penstock: Show Readiness');
    // Behind another tab its frame was thrown away.
    const shown = await editor.readinessPanel();
    await shown.getByTestId('sentence').filter({ hasText: '2 P0 tasks open' }).waitFor();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Where the row of a task stands in the view. */
async function placeOf(title: string): Promise<number> {
  return Number(await task(title).getAttribute('data-index'));
}

function rowOf(title: string): string {
  return plan().split('\n')[lineOf(title)] ?? '';
}

async function lookAtFiles(): Promise<void> {
  await product.editor.commandAndChoose('Penstock: Check Readiness', 'Facts and files', 'Facts and files');
}
