// A planning document of thousands of items while somebody types in it, as an editor has it: from the edit to the tree.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { ToldPlans } from '../../extension/src/plan/told-plans.ts';
import { percentile, startServer } from './language-client.mjs';
import { resident, timeAtWork } from './processes.mjs';
import { mb, ms } from './report.mjs';

const items = 5000;
const perGroup = 50;
const strokes = 200;
/** Before them the code is not compiled yet, and what is kept is not there. */
const warmUp = 20;

const row = (at, step) =>
  `| Step ${step}: do the thing number ${at} with care | **P${at % 3}** | High | 📋 Planned | Step ${Math.max(0, step - 1)} completion |`;
const entry = (at) =>
  `${at % 5 === 4 ? '  ' : ''}- [${at % 3 === 0 ? 'x' : ' '}] P${at % 3}: do the thing number ${at} with care`;
const header = ['', '| Task | Priority | Effort | Status | Dependencies |', '|--|--|--|--|--|'];
const numbers = Array.from({ length: items }, (_, at) => at);
const isFirst = (at) => at % perGroup === 0;
const heading = (at) => ['', `## 🚀 Group ${at / perGroup}`];

const shapes = {
  [`${items / perGroup} tables`]: numbers.flatMap((at) => [
    ...(isFirst(at) ? [...heading(at), ...header] : []),
    row(at, at % perGroup),
  ]),
  'one table': [...heading(0), ...header, ...numbers.map((at) => row(at, at))],
  [`${items / perGroup} check lists`]: numbers.flatMap((at) => [
    ...(isFirst(at) ? [...heading(at), ''] : []),
    entry(at),
  ]),
};

const textOf = (lines) =>
  ['# Outstanding tasks', '', '*Last Updated: July 2026 | Review: Weekly*', ...lines, ''].join('\n');
const texts = Object.fromEntries(Object.entries(shapes).map(([shape, lines]) => [shape, textOf(lines)]));

/** The documents that VS Code is looked at with: a tenth of the tables, and all of them. */
export const viewedPlans = [0.1, 1].map((part) => {
  const [tables] = Object.values(shapes);
  return textOf(tables.slice(0, tables.length * part));
});

/** How soon the tree knows what was typed in documents of each shape. */
export async function measurePlan(programs, work) {
  const results = [];
  for (const [shape, text] of Object.entries(texts)) {
    const folder = join(work, 'plan');
    mkdirSync(folder);
    writeFileSync(join(folder, 'outstanding-tasks.md'), text);
    results.push({ shape, ...(await typeIn(programs, folder, text, join(work, 'plan-cache'))) });
    rmSync(folder, { recursive: true });
  }
  return results;
}

async function typeIn(programs, folder, text, cache) {
  const began = performance.now();
  const { pid, connection, stop } = await startServer(
    ['--max-semi-space-size=16', join(programs, 'language-server.cjs'), '--stdio'],
    { folder, env: { XDG_CACHE_HOME: cache }, capabilities: { textDocument: { diagnostic: {} } } },
  );
  const uri = pathToFileURL(join(folder, 'outstanding-tasks.md')).href;
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'markdown', version: 1, text },
  });
  const told = new ToldPlans();
  const tree = async () =>
    told.take(await connection.sendRequest('penstock/planChanges', { since: told.revision }));
  const shown = () => told.plans[0].items;
  await tree();
  const first = performance.now() - began;
  let version = 1;
  const lines = text.split('\n');
  const change = async (start, end, typed) => {
    const [beganAt, workedBefore] = [performance.now(), timeAtWork(pid)];
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range: { start, end }, text: typed }],
    });
    await tree();
    const toTree = performance.now() - beganAt;
    const atWork = timeAtWork(pid) - workedBefore;
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    return { toTree, atWork, toFindings: performance.now() - beganAt };
  };
  const type = (line, character, typed) => change({ line, character }, { line, character }, typed);
  const places = lines.flatMap((line, at) => (line.includes('with care') ? [at] : []));
  const placeOf = (stroke, of) => places[Math.floor((stroke / of) * places.length)];
  const ofStrokes = [];
  for (let stroke = -warmUp; stroke < strokes; stroke++) {
    const line = placeOf(Math.max(0, stroke), strokes);
    const at = lines[line].indexOf('with care');
    const time = await type(line, at, 'x');
    lines[line] = `${lines[line].slice(0, at)}x${lines[line].slice(at)}`;
    if (stroke >= 0) ofStrokes.push(time);
  }
  if (shown().filter(({ title }) => title.endsWith('xwith care')).length < strokes)
    throw new Error('the tree does not show what was typed');
  const ofLines = [];
  for (let round = 0; round < 20; round++) {
    const line = placeOf(round, 20);
    ofLines.push(await type(line, 0, `${lines[line]}\n`));
    if (shown().length !== items + 1) throw new Error('the tree does not show the line that came');
    ofLines.push(await change({ line, character: 0 }, { line: line + 1, character: 0 }, ''));
    if (shown().length !== items) throw new Error('the tree still shows the line that is gone');
  }
  const title = lines.findIndex((line) => line.startsWith('## '));
  const ofHeadings = [];
  for (let round = 0; round < 20; round++) ofHeadings.push(await type(title, lines[title].length, 'x'));
  const memory = resident(pid, 'VmRSS');
  await stop();
  return { first, ofStrokes, ofLines, ofHeadings, memory, length: text.length, sums: sumAgain() };
}

/** How long the same sum takes, again and again: what is above its median the machine has added. */
function sumAgain() {
  return Array.from({ length: strokes }, () => {
    const began = performance.now();
    let sum = 0;
    for (let at = 0; at < 2e6; at++) sum += (at * at) % 7;
    if (sum === 0) throw new Error('nothing was added');
    return performance.now() - began;
  });
}

/** `results`: the times of each of `viewedPlans`. */
export function planViewTable(results) {
  const within = (name, timeOf) => [name, ...results.map((times) => ms(timeOf(times)))];
  const full = items.toLocaleString('en');
  return {
    title: 'A plan in VS Code',
    about: [
      'The packaged extension in a VS Code for the browser that shares the machine with it: from a key in the title of a task to the row of the Plan view that reads so. Its group is open, and two seconds lie between what is shown and the next key.',
      'Once it is told that rows changed, VS Code lets 200 ms and more go by before it asks for them; and its own support of Markdown, in the same process, sends what it finds in the document to a server of its own, which keeps that process busy with a long one.',
    ],
    head: ['', `${(items / 10).toLocaleString('en')} items`, `${full} items`],
    rows: [
      within('half of the keys within', (times) => percentile(times, 0.5)),
      within('nine of ten', (times) => percentile(times, 0.9)),
      within('all', (times) => Math.max(...times)),
    ],
  };
}

export function planTable(results) {
  const cells = (name, cell) => [name, ...results.map(cell)];
  const timed = (name, times, part) => cells(name, (result) => ms(percentile(times(result), part)));
  const toTree = (kind) => (result) => result[kind].map((time) => time.toTree);
  const atWork = (kind) => (result) => result[kind].map((time) => time.atWork);
  const toFindings = ({ ofStrokes }) => ofStrokes.map((time) => time.toFindings);
  return {
    title: `A plan of ${items.toLocaleString('en')} items`,
    about: [
      'Asked over JSON-RPC as VS Code does; a stroke is a character in a title, all over the document, up to the answer that the tree is made of, and on to the findings.',
      'A line comes and goes again. A character in a heading renames the group of all tasks below it, and each of them: 50 of the 100 tables and lists, all of the one table.',
      'The server is at work for as long as its main thread had a processor, which it also waits without for what else runs on the machine. The same sum, made as often as strokes were typed, tells what the machine adds by itself.',
    ],
    head: ['', ...results.map(({ shape }) => shape)],
    rows: [
      cells('length', ({ length }) => `${Math.round(length / 1000)} kB`),
      cells('process start to first tree', ({ first }) => ms(first)),
      timed('stroke to tree, median', toTree('ofStrokes'), 0.5),
      timed('stroke to tree, p99', toTree('ofStrokes'), 0.99),
      timed('– of it at work, p99', atWork('ofStrokes'), 0.99),
      timed('stroke to tree and findings, median', toFindings, 0.5),
      timed('stroke to tree and findings, p99', toFindings, 0.99),
      timed('line to tree, median', toTree('ofLines'), 0.5),
      timed('line to tree, slowest of 40', toTree('ofLines'), 1),
      timed('– of it at work, slowest of 40', atWork('ofLines'), 1),
      timed('heading to tree, median', toTree('ofHeadings'), 0.5),
      timed('heading to tree, slowest of 20', toTree('ofHeadings'), 1),
      timed('– of it at work, slowest of 20', atWork('ofHeadings'), 1),
      timed('the same sum, median', ({ sums }) => sums, 0.5),
      timed('the same sum, p99', ({ sums }) => sums, 0.99),
      cells('memory, language server', ({ memory }) => mb(memory)),
    ],
  };
}
