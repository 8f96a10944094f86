/** Takes the pictures of docs/images from the packaged product in three themes: the sidebar, a finding, the run panel, lineage, compiled SQL, the platform graph and readiness. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startProduct } from '../test/browser/product.ts';
import { runScript } from './support/problem.mjs';
import { root } from './support/project.mjs';

const themes = [
  { name: 'dark', title: 'Dark Modern', kind: '.vs-dark' },
  { name: 'light', title: 'Light Modern', kind: '.vs' },
  { name: 'high-contrast', title: 'Dark High Contrast', kind: '.hc-black' },
];

const model = 'fct_orders.sql';
/** Whose lineage and compiled SQL are shown. */
const besideModel = 'dim_customers.sql';
/** What is left of `stg_orders` after one slip. */
const mistake = 'stg_ordes';

const images = join(root, 'docs', 'images');

await runScript(async () => {
  mkdirSync(images, { recursive: true });
  const product = await startProduct({
    size: { width: 1360, height: 760 },
    settings: {
      'window.commandCenter': false,
      'editor.minimap.enabled': false,
      'breadcrumbs.enabled': false,
    },
  });
  try {
    await runPipeline(product);
    await openBeside(product.editor);
    for (const theme of themes) await takeBeside(product.editor, theme);
    await closeBeside(product.editor);
    await openGraph(product.editor);
    for (const theme of themes) await takeGraph(product.editor, theme);
    await closeGraph(product.editor);
    await openReadiness(product.editor);
    for (const theme of themes) await takeReadiness(product.editor, theme);
    await closeReadiness(product.editor);
    await showFinding(product);
    await widenSidebar(product.editor.page);
    for (const theme of themes) await takePictures(product, theme);
  } finally {
    await product.stop();
  }
});

/** A pipeline that ran well, so that the panel has something to show. */
async function runPipeline({ editor }) {
  await editor.runStep('pipeline:daily');
  await hasSucceeded(await editor.runPanel());
}

/** A panel that is shown again reads its run again, which takes a moment. */
async function hasSucceeded(panel) {
  await panel
    .getByTestId('run-status')
    .filter({ hasText: /Succeeded/i })
    .waitFor();
}

/** A slip in a model's name, with the cursor where it happened. */
async function showFinding({ editor, platform }) {
  const path = `dbt/models/marts/${model}`;
  const lines = readFileSync(join(platform, path), 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('stg_orders'));
  await editor.openFile(path);
  await editor.goTo(line + 1, lines[line].indexOf('stg_orders') + 'stg_order'.length + 1);
  await editor.page.keyboard.press('Backspace');
  await editor.squiggles.first().waitFor();
}

async function widenSidebar(page) {
  const { x, y, width } = await page.locator('.part.sidebar').boundingBox();
  await drag(page, { x: x + width, y: y + 300 }, { x: x + 370, y: y + 300 });
}

async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await page.mouse.up();
}

/** The compiled SQL and the lineage of a model in a group of their own, whose tabs the pictures then choose from. */
async function openBeside(editor) {
  const { page } = editor;
  await editor.openFile(`dbt/models/marts/${besideModel}`);
  await editor.command('Penstock: Show Compiled SQL');
  const compiled = page.locator('.editor-group-container').last();
  await compiled.getByText('main_staging').first().waitFor();
  await page.locator(`.tab[data-resource-name="${besideModel}"]`).click();
  await editor.command('Penstock: Show Lineage');
  const panel = await editor.lineagePanel();
  await panel.getByRole('treeitem', { name: /^fct_orders,.* last run succeeded/ }).waitFor();
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  const { x, y } = await compiled.boundingBox();
  await drag(page, { x, y: y + 300 }, { x: 520, y: y + 300 });
}

async function closeBeside({ page }) {
  await page.keyboard.press('Control+K');
  await page.keyboard.press('W');
  await page.keyboard.press('Control+B');
}

async function takeBeside(editor, theme) {
  const { page } = editor;
  await chooseTheme(editor, theme);
  await page.locator(`.tab[data-resource-name="${besideModel}"]`).first().click();
  await page.locator('.tab', { hasText: 'Lineage' }).click();
  const panel = await editor.lineagePanel();
  await panel.getByRole('treeitem', { name: /in focus/ }).focus();
  await save(page, `lineage-${theme.name}.png`);
  await page.locator('.tab', { hasText: '(compiled)' }).click();
  await page.locator('.editor-group-container').last().getByText('main_staging').first().waitFor();
  await save(page, `compiled-${theme.name}.png`);
}

/** The platform's graph over the whole width. */
async function openGraph(editor) {
  const { page } = editor;
  await editor.openFile('penstock.yaml');
  await editor.command('Penstock: Show Platform Graph');
  const panel = await editor.graphPanel();
  await panel.getByRole('treeitem', { name: /^fct_orders,.* last run succeeded/ }).waitFor();
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
}

async function takeGraph(editor, theme) {
  // Keys reach the palette from a file, and from inside a panel not always in order.
  await editor.page.locator('.tab[data-resource-name="penstock.yaml"]').click();
  await chooseTheme(editor, theme);
  await editor.page.locator('.tab', { hasText: 'Graph: Platform' }).click();
  const panel = await editor.graphPanel();
  await panel.getByRole('treeitem', { name: /^raw.orders,/ }).focus();
  await save(editor.page, `graph-${theme.name}.png`);
}

async function closeGraph({ page }) {
  await page.locator('.tab', { hasText: 'Graph: Platform' }).click({ button: 'middle' });
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor();
}

/** Claims and evidence over the whole width, after all that is cheap was looked at. */
async function openReadiness(editor) {
  const { page } = editor;
  await editor.openFile('penstock.yaml');
  await editor.command('Penstock: Show Readiness');
  const panel = await editor.readinessPanel();
  await panel.getByTestId('check-again').click();
  await panel.getByTestId('check').first().waitFor();
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
}

async function takeReadiness(editor, theme) {
  // Keys reach the palette from a file, and from inside a panel not always in order.
  await editor.page.locator('.tab[data-resource-name="penstock.yaml"]').click();
  await chooseTheme(editor, theme);
  await editor.page.locator('.tab', { hasText: 'Readiness' }).click();
  const panel = await editor.readinessPanel();
  await panel.getByTestId('sentence').waitFor();
  await editor.page.mouse.move(0, 0);
  await save(editor.page, `readiness-${theme.name}.png`);
}

async function closeReadiness({ page }) {
  await page.locator('.tab', { hasText: 'Readiness' }).click({ button: 'middle' });
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor();
}

async function chooseTheme(editor, { title, kind }) {
  await editor.command('Preferences: Color Theme');
  await editor.pick(title, title);
  await editor.page.locator(`.monaco-workbench${kind}`).waitFor();
}

async function takePictures({ editor }, theme) {
  const { page } = editor;
  const { name } = theme;
  await chooseTheme(editor, theme);
  await page.locator(`.tab[data-resource-name="${model}"]`).first().click();
  // Lenses come after the text, one kind after the other.
  await page.locator('.codelens-decoration a', { hasText: 'dependent' }).first().waitFor();
  // The cursor stands behind the mistake; what the keyboard asks for stays until the picture is taken.
  await page.mouse.move(0, 0);
  await editor.command('Show or Focus Hover');
  const hover = page.locator('.monaco-hover:visible', { hasText: mistake }).first();
  await hover.getByText('Quick Fix').first().waitFor();
  await save(page, `finding-${name}.png`);
  await page.keyboard.press('Escape');
  const sidebar = await page.locator('.part.sidebar').boundingBox();
  await save(page, `sidebar-${name}.png`, sidebar ?? undefined);
  await page.locator('.tab', { hasText: /daily/ }).first().click();
  const panel = await editor.runPanel();
  await hasSucceeded(panel);
  await panel.getByTestId('log-row').first().waitFor();
  await save(page, `run-${name}.png`);
}

async function save(page, name, clip) {
  const path = join(images, name);
  await page.screenshot({ path, ...(clip ? { clip } : {}), animations: 'disabled' });
  console.log(`${relative(root, path)} ${(statSync(path).size / 1024).toFixed(0)} kB`);
}
