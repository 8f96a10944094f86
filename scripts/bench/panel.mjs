// Runs that print much, in a VS Code with Penstock installed: how long its extension host is blocked meanwhile, and how
// smoothly the run panel scrolls.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { createVSIX } from '@vscode/vsce';
import { startProduct } from '../../test/browser/product.ts';
import { run } from '../support/process.mjs';
import { projectNode, root } from '../support/project.mjs';
import { mb, ms } from './report.mjs';
import { linesASecond, printer } from './runs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const patienceMs = 600_000;
const frameMs = 16;
const dragSteps = 300;

export async function measurePanel(work, { lines, seconds }) {
  const rate = linesASecond;
  const print = join(work, 'print-in-editor.mjs');
  writeFileSync(print, printer);
  await run(projectNode(), [join(root, 'scripts', 'package.mjs')], {
    cwd: root,
    quiet: true,
    why: 'Penstock could not be packed',
  });
  const probe = join(work, 'probe.vsix');
  await packProbe(probe);
  const said = join(work, 'probe.jsonl');
  writeFileSync(said, '');
  const product = await startProduct({
    extensions: [probe],
    env: { PENSTOCK_PROBE: said },
    showsScrollBars: true,
    prepare: (platform) =>
      appendFileSync(join(platform, 'penstock.yaml'), pipelines(work, print, { lines, seconds, rate })),
  });
  try {
    product.editor.page.setDefaultTimeout(patienceMs);
    const burst = await watch(product, said, { work, name: 'burst' });
    const wheel = await whileScrolling(product, burst.panel, turnWheel);
    const drag = await whileScrolling(product, burst.panel, dragBar);
    const steady = await watch(product, said, { work, name: 'steady' });
    return {
      lines,
      seconds,
      rate,
      burst: burst.found,
      steady: steady.found,
      wheel,
      drag,
      load: loadavg()[0],
    };
  } finally {
    await product.stop();
  }
}

async function packProbe(packagePath) {
  const cwd = join(here, 'probe');
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
}

function pipelines(work, print, { lines, seconds, rate }) {
  const step = (name, ...args) =>
    `\n  ${name}:\n    steps:\n      - id: print\n        run: ${JSON.stringify([process.execPath, print, ...args.map(String), startOf(work, name)])}\n`;
  return `${step('burst', lines, 0)}${step('steady', rate * seconds, rate)}`;
}

/** The file for which a pipeline's step waits before it prints. */
function startOf(work, name) {
  return join(work, `start-${name}`);
}

/** Runs a step that prints only when the panel shows that it is ready, and looks at both sides until the panel has all of it. */
async function watch({ editor }, said, { work, name }) {
  await editor.runStep(`pipeline:${name}`);
  const panel = await editor.runPanel();
  await panel
    .getByTestId('run-title')
    .filter({ hasText: `pipeline:${name}` })
    .waitFor();
  const log = panel.getByTestId('log');
  await log.getByText('ready').first().waitFor();
  const frames = await recordFrames(editor.page, panel);
  const began = Date.now();
  writeFileSync(startOf(work, name), '');
  await log
    .getByText(/Ended with/)
    .first()
    .waitFor();
  const time = Date.now() - began;
  const found = { time, ...(await frames()), ...hostSince(said, began) };
  return { panel, found };
}

/** What the probe said since: the longest that anything waited, the longest work at a time, the most memory. */
function hostSince(said, began) {
  const lines = existsSync(said) ? readFileSync(said, 'utf8').split('\n').filter(Boolean) : [];
  const since = lines.map((line) => JSON.parse(line)).filter(({ at }) => at >= began);
  if (since.length === 0) throw new Error('the probe said nothing: it was not loaded');
  const most = (name) => Math.max(...since.map((each) => each[name]));
  return { stall: most('stall'), work: most('work'), memory: most('memory') };
}

/** Begins to count the frames of the panel; the answer ends it and tells. */
async function recordFrames(page, panel) {
  const devtools = await page.context().newCDPSession(page);
  // The processor time of the page's thread: on a machine that is shared, the clock tells of others' work, too.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const work = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const before = await work();
  await panel.evaluate(() => {
    const record = (globalThis.frames_ = { times: [], rows: 0, isOn: true });
    let last = performance.now();
    const next = (now) => {
      record.times.push(now - last);
      last = now;
      record.rows = Math.max(record.rows, document.querySelectorAll('.log-row').length);
      if (record.isOn) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  return async () => {
    const { times, rows } = await panel.evaluate(() => {
      globalThis.frames_.isOn = false;
      return globalThis.frames_;
    });
    const sorted = times.slice(1).sort((a, b) => a - b);
    const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    const workAFrame = ((await work()) - before) / sorted.length;
    await devtools.detach();
    return {
      frame: at(0.5),
      slowFrame: at(0.95),
      longestFrame: at(1),
      frames: sorted.length,
      workAFrame,
      rows,
    };
  };
}

async function whileScrolling({ editor }, panel, scroll) {
  const log = panel.getByTestId('log');
  await log.focus();
  await editor.page.keyboard.press('End');
  await pause(1000);
  const place = await log.boundingBox();
  // Without the scroll bars.
  const [inner, innerHeight] = await log.evaluate((box) => [box.clientWidth, box.clientHeight]);
  const frames = await recordFrames(editor.page, panel);
  const from = await topLine(panel);
  await scroll(editor.page.mouse, { ...place, inner, innerHeight });
  const found = await frames();
  const scrolled = from - (await topLine(panel));
  if (scrolled < 1000) throw new Error(`only ${scrolled} lines were scrolled over`);
  return { ...found, scrolled };
}

/** Which of all lines stands first in the document. */
async function topLine(panel) {
  return Number(await panel.locator('.log-row').first().getAttribute('data-position'));
}

async function turnWheel(mouse, { x, y, width, height }) {
  await mouse.move(x + width / 2, y + height / 2);
  for (let turns = 0; turns < 300; turns++) {
    await mouse.wheel(0, -240);
    await pause(frameMs);
  }
}

/** From one end to the other: each frame shows other lines than the one before. */
async function dragBar(mouse, { x, y, width, inner, innerHeight }) {
  const bar = x + (inner + width) / 2;
  // At either end there is an arrow, then the thumb.
  const [top, bottom] = [y + 24, y + innerHeight - 24];
  await mouse.move(bar, bottom);
  await mouse.down();
  for (let step = 0; step <= dragSteps; step++) {
    await mouse.move(bar, bottom - ((bottom - top) * step) / dragSteps);
    await pause(frameMs);
  }
  await mouse.up();
}

/** What `measurePanel` found. */
export function panelTable({ lines, seconds, rate, burst, steady, wheel, drag, load }) {
  const count = lines.toLocaleString('en');
  return {
    title: 'Runs in VS Code',
    about: [
      'The packaged extension in a VS Code for the browser: its server, its extension host, the run panel in a Chromium that draws without a graphics card, and the run itself share the machine.',
      'The extension host is **blocked** for as long as there is between two turns of its event loop, by the clock, which counts the time that others had the processor; it is **at work** for the processor time that its thread used meanwhile. A probe beside Penstock looks at both every five milliseconds.',
      "Telemetry is switched off: to send theirs, the editor's own extensions read the machine's certificates in that process, for some 100 ms of work, whatever Penstock does.",
      'The panel shows the step, which waits for that, before the first line is printed. Frames are those of the panel. Their **work** is processor time of the thread that draws all of VS Code; at 60 a second there are 16.7 ms for each.',
    ],
    head: ['', `${count} lines at once`, `${rate.toLocaleString('en')} lines a second for ${seconds} s`],
    rows: [
      ['from the first line to the last one in the panel', ms(burst.time), ms(steady.time)],
      ['extension host blocked at most', ms(burst.stall), ms(steady.stall)],
      ['  of it at work at most', ms(burst.work), ms(steady.work)],
      ['  its memory at most', mb(burst.memory), mb(steady.memory)],
      ['work of a frame of the panel meanwhile', work(burst), work(steady)],
      ['  half of the frames within, 19 of 20, all', within(burst), within(steady)],
      [`${count} lines scrolled by the wheel: work of a frame`, work(wheel), ''],
      ['  half of the frames within, 19 of 20, all', within(wheel), ''],
      ['  dragged from end to end by the scroll bar: work of a frame', work(drag), ''],
      ['  half of the frames within, 19 of 20, all', within(drag), ''],
      ['rows of output in the document at most', String(mostRows(burst, wheel, drag)), String(steady.rows)],
      ['load of the machine in the last minute, at the end', '', load.toFixed(1)],
    ],
  };
}

export function mostRows(...parts) {
  return Math.max(...parts.map(({ rows }) => rows));
}

function work({ workAFrame, frames }) {
  return `${ms(workAFrame)} (${frames} frames)`;
}

function within({ frame, slowFrame, longestFrame }) {
  return `${ms(frame)}, ${ms(slowFrame)}, ${ms(longestFrame)}`;
}
