// A long planning document in a VS Code with Penstock installed: from a key to the row of the Plan view that shows it.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProduct } from '../../test/browser/product.ts';
import { run } from '../support/process.mjs';
import { projectNode, root } from '../support/project.mjs';

const strokes = 20;
/** The first ones find code that is not compiled yet, and an editor that is still busy with the file. */
const warmUp = 5;
/** Longer than what an editor puts off while somebody types. */
const restMs = 2000;
const patienceMs = 30_000;

/** Types into the title of the third task of each text, key by key; the times of each in milliseconds. */
export async function measurePlanView(texts) {
  await run(projectNode(), [join(root, 'scripts', 'package.mjs')], {
    cwd: root,
    quiet: true,
    why: 'Penstock could not be packed',
  });
  const results = [];
  for (const text of texts) {
    const product = await startProduct({
      prepare(platform) {
        const planning = join(platform, 'planning');
        for (const name of readdirSync(planning)) rmSync(join(planning, name));
        writeFileSync(join(planning, 'outstanding-tasks.md'), text);
      },
    });
    try {
      results.push(await typeIn(product.editor, text));
    } finally {
      await product.stop();
    }
  }
  return results;
}

async function typeIn(editor, text) {
  const { page } = editor;
  await editor.showPenstock();
  await editor.openFile('planning/outstanding-tasks.md');
  const group = editor.rows('Plan', 'Group 0').first();
  await group.waitFor();
  if ((await group.getAttribute('aria-expanded')) !== 'true') {
    await group.click();
    await page.keyboard.press('ArrowRight');
  }
  await editor.rows('Plan', 'number 2 ').first().waitFor();
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('number 2 '));
  await editor.goTo(line + 1, lines[line].indexOf('with care') + 1);
  await page.evaluate(() => {
    const told = (globalThis.told_ = { pressed: [], shown: [] });
    const count = () =>
      [...document.querySelectorAll('.pane .monaco-list-row')]
        .map((row) => /number 2 (x*)with/.exec(row.textContent)?.[1].length ?? 0)
        .find((letters) => letters > 0) ?? 0;
    addEventListener('keydown', () => told.pressed.push(performance.now()), true);
    new MutationObserver(() => {
      const letters = count();
      while (told.shown.length < letters) told.shown.push(performance.now());
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  for (let stroke = 0; stroke < warmUp + strokes; stroke++) {
    await page.keyboard.type('x');
    await page.waitForFunction((letters) => globalThis.told_.shown.length >= letters, stroke + 1, {
      timeout: patienceMs,
    });
    await pause(restMs);
  }
  const { pressed, shown } = await page.evaluate(() => globalThis.told_);
  return shown.map((at, stroke) => at - pressed[stroke]).slice(warmUp);
}
