/** Takes the pictures of docs/images: the sidebar, a finding and the run panel in three themes, from the packaged product. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startProduct } from '../test/browser/product.ts';
import { runScript } from './support/problem.mjs';
import { root } from './support/project.mjs';

const themes = [
  { name: 'dark', title: 'Default Dark Modern', kind: '.vs-dark' },
  { name: 'light', title: 'Default Light Modern', kind: '.vs' },
  { name: 'high-contrast', title: 'Default High Contrast', kind: '.hc-black' },
];

const images = join(root, 'docs', 'images');

await runScript(async () => {
  mkdirSync(images, { recursive: true });
  const product = await startProduct({
    size: { width: 1280, height: 760 },
    settings: {
      'window.commandCenter': false,
      'editor.minimap.enabled': false,
      'breadcrumbs.enabled': false,
    },
  });
  try {
    await runPipeline(product);
    await showFinding(product);
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

/** A slip in a job's task, with the cursor beside it. */
async function showFinding({ editor, platform }) {
  const lines = readFileSync(join(platform, 'meltano.yml'), 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('- tap-shop target-warehouse'));
  await editor.openFile('meltano.yml');
  await editor.goTo(line + 1, lines[line].length);
  await editor.page.keyboard.press('Backspace');
  await editor.squiggles.first().waitFor();
}

async function takePictures({ editor, configure }, { name, title, kind }) {
  const { page } = editor;
  configure({ 'workbench.colorTheme': title });
  await page.locator(`.monaco-workbench${kind}`).waitFor();
  await page.locator('.tab[data-resource-name="meltano.yml"]').click();
  await page.locator('.editor-instance .squiggly-error').first().hover();
  await page.locator('.monaco-hover:visible').first().waitFor();
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
