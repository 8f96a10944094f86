/** Takes the pictures of docs/images: the sidebar, a finding and the run panel in three themes, from the packaged product. */
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
    await showFinding(product);
    await widenSidebar(product.editor.page);
    for (const theme of themes) await takePictures(product, theme);
  } finally {
    await product.stop();
  }
});

/** A pipeline that ran well, so that the panel has something to show. */
async function runPipeline({ editor }) {
  await editor.command('Penstock: Run Step…');
  await editor.pick('pipeline:daily', 'pipeline:daily');
  const panel = await editor.runPanel();
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
  await page.mouse.move(x + width, y + 300);
  await page.mouse.down();
  await page.mouse.move(x + 370, y + 300, { steps: 10 });
  await page.mouse.up();
}

async function takePictures({ editor }, { name, title, kind }) {
  const { page } = editor;
  await editor.command('Preferences: Color Theme');
  await editor.pick(title, title);
  await page.locator(`.monaco-workbench${kind}`).waitFor();
  await page.locator(`.tab[data-resource-name="${model}"]`).click();
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
  await panel.getByTestId('log-row').first().waitFor();
  await save(page, `run-${name}.png`);
}

async function save(page, name, clip) {
  const path = join(images, name);
  await page.screenshot({ path, ...(clip ? { clip } : {}), animations: 'disabled' });
  console.log(`${relative(root, path)} ${(statSync(path).size / 1024).toFixed(0)} kB`);
}
