// A long planning document in a VS Code with Penstock installed: from a key to the row of the Plan view that shows it.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProduct } from '../../test/browser/product.ts';
import { run } from '../support/process.mjs';
import { projectNode, root } from '../support/project.mjs';

const strokes = 30;
/** The first ones find code that is not compiled yet, and an editor that is still busy with the file. */
const warmUp = 5;
/** Longer than all that an editor puts off while somebody types. */
const restMs = 2000;

/** Types into the title of the third task of `text`, key by key; the times in milliseconds. */
export async function measurePlanView(text) {
  await run(projectNode(), [join(root, 'scripts', 'package.mjs')], {
    cwd: root,
    quiet: true,
    why: 'Penstock could not be packed',
  });
  const product = await startProduct({
    prepare(platform) {
      const planning = join(platform, 'planning');
      for (const name of readdirSync(planning)) rmSync(join(planning, name));
      writeFileSync(join(planning, 'outstanding-tasks.md'), text);
    },
  });
  try {
    return await typeIn(product.editor, text);
  } finally {
    await product.stop();
  }
}

async function typeIn(editor, text) {
  const { page } = editor;
  await editor.showPenstock();
  await editor.openFile('planning/outstanding-tasks.md');
  const group = editor.rows('Plan', 'Group 0').first();
  await group.click();
  await page.keyboard.press('ArrowRight');
  await editor.rows('Plan', 'number 2 ').first().waitFor();
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('number 2 '));
  await editor.goTo(line + 1, lines[line].indexOf('with care') + 1);
  await page.evaluate(() => {
    const told = (globalThis.told_ = { pressed: 0, times: [] });
    const shown = () =>
      [...document.querySelectorAll('.pane .monaco-list-row')]
        .map((row) => /number 2 (x*)with/.exec(row.textContent)?.[1].length ?? -1)
        .find((count) => count >= 0) ?? -1;
    addEventListener('keydown', () => (told.pressed = performance.now()), true);
    let last = shown();
    new MutationObserver(() => {
      const now = shown();
      if (now > last) told.times.push(performance.now() - told.pressed);
      last = Math.max(last, now);
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  for (let stroke = 0; stroke < warmUp + strokes; stroke++) {
    await page.keyboard.type('x');
    await pause(restMs);
  }
  const { times } = await page.evaluate(() => globalThis.told_);
  if (times.length !== warmUp + strokes)
    throw new Error(`the view showed ${times.length} of ${warmUp + strokes} letters by themselves`);
  return times.slice(warmUp);
}
