// A run that prints much: the driver beside a terminal of VS Code's, and what follows its log as the extension does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { driverArguments } from '../../extension/src/runs/driver-arguments.ts';
import { node } from '../support/programs.mjs';
import { timed } from './processes.mjs';
import { mb, ms, number } from './report.mjs';

export const runSizes = { lines: 1_000_000, seconds: 60, runs: 1000 };
export const linesASecond = 10_000;
/** The quickest of so many counts. */
const rounds = 5;
const here = dirname(fileURLToPath(import.meta.url));
const text = '08:32:45  a line of eighty characters or so, as a program prints them: the number is ';

/** What a step with so many lines costs, how steadily many a second come, and how quickly a long history is opened. */
export async function measureRuns(programs, rivals, work, { lines, seconds, runs }) {
  const follower = join(work, 'follow.mjs');
  await bundleFollower(follower);
  const folder = join(work, 'runs');
  mkdirSync(folder);
  const print = join(work, 'print.mjs');
  writeFileSync(print, printer);
  const steps = { burst: [lines, 0], steady: [linesASecond * seconds, linesASecond], one: [1, 0] };
  const runLine = ([count, rate]) =>
    `[${[process.execPath, print, count, rate].map((word) => JSON.stringify(String(word))).join(', ')}]`;
  writeFileSync(
    join(folder, 'penstock.yaml'),
    `pipelines:\n${Object.entries(steps)
      .map(([name, what]) => `  ${name}:\n    steps:\n      - id: print\n        run: ${runLine(what)}\n`)
      .join('')}`,
  );
  const environment = { XDG_CACHE_HOME: join(work, 'runs-cache'), FORCE_COLOR: '0' };
  const drive = (name) => {
    const args = driverArguments({
      program: join(programs, 'penstock.cjs'),
      folder,
      runId: idOf(name),
      maxParallel: 2,
      environments: [],
      where: 'auto',
      steps: [`pipeline:${name}`],
    });
    return timedQuietly(args, folder, environment);
  };
  const anew = (name) => {
    rmSync(runFolder(folder, idOf(name)), { recursive: true, force: true });
    return drive(name);
  };
  const program = [process.execPath, print, String(lines), '0'];
  // Turn by turn, so that what else the machine does meets all of them.
  const turns = [];
  for (let round = 0; round < rounds; round++)
    turns.push({
      start: await anew('one'),
      burst: await anew('burst'),
      read: await inTerminal([rivals, 'read', ...program]),
      shown: await inTerminal([rivals, 'show', ...program]),
    });
  const start = bestOf(turns, 'start');
  const burst = bestOf(turns, 'burst');
  const read = bestOf(turns, 'read');
  const shown = bestOf(turns, 'shown');
  const following = await follow(follower, folder, idOf('burst'));
  const live = follow(follower, folder, idOf('steady'));
  const steady = await drive('steady');
  const result = {
    lines,
    seconds,
    rate: linesASecond,
    driver: {
      time: burst.time - start.time,
      peak: burst.peak,
      isWhole: await isWhole(folder, idOf('burst'), lines),
    },
    pseudoTerminal: { time: read.time },
    terminal: { time: shown.time },
    following,
    steady: {
      time: steady.time - start.time,
      peak: steady.peak,
      isWhole: await isWhole(folder, idOf('steady'), linesASecond * seconds),
      following: await live,
    },
    history: await openHistory(follower, work, runs),
  };
  rmSync(folder, { recursive: true, force: true });
  return result;
}

function runFolder(folder, id) {
  return join(folder, '.penstock', 'runs', id);
}

/** Ids of runs are times; each name has one of its own. */
function idOf(name) {
  return { one: '20260101-000000-001', burst: '20260101-000000-002', steady: '20260101-000000-003' }[name];
}

/**
 * A script that prints so many lines, all at once or so many a second. Where a file is named, it says that it is ready,
 * and goes on when the file is there.
 */
export const printer = `
import { existsSync } from 'node:fs';
const [lines, rate] = process.argv.slice(2, 4).map(Number);
const [start] = process.argv.slice(4);
const text = ${JSON.stringify(text)};
let at = 0;
const piece = (until) => {
  let out = '';
  while (at < until) out += text + at++ + '\\n';
  return new Promise((resolve) => process.stdout.write(out, resolve));
};
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
if (start !== undefined) {
  console.log('ready');
  while (!existsSync(start)) await pause(20);
}
const began = performance.now();
while (at < lines) {
  if (rate === 0) await piece(Math.min(lines, at + 1000));
  else {
    await piece(Math.min(lines, Math.floor(((performance.now() - began) / 1000) * rate) + 1));
    await pause(10);
  }
}
`;

async function timedQuietly(args, cwd, environment) {
  return timed('sh', ['-c', 'exec "$0" "$@" > /dev/null', process.execPath, ...args], {
    cwd,
    env: environment,
  });
}

/** The quickest turn of a kind, and the most memory of any. */
function bestOf(turns, kind) {
  const all = turns.map((turn) => turn[kind]);
  return { time: Math.min(...all.map(({ time }) => time)), peak: Math.max(...all.map(({ peak }) => peak)) };
}

/** The same program in a terminal; see `terminal.mjs`. */
async function inTerminal(args) {
  return { peak: 0, ...(await say([join(here, 'terminal.mjs'), ...args])) };
}

/** Every line that was printed is in the log, in order. */
async function isWhole(folder, id, lines) {
  let at = 0;
  let seq = 0;
  const log = createReadStream(join(runFolder(folder, id), 'events.jsonl'));
  for await (const line of createInterface({ input: log })) {
    const event = JSON.parse(line);
    if (event.seq !== seq++) return false;
    if (event.type === 'output' && event.text !== `${text}${at++}`) return false;
  }
  return at === lines;
}

/** Reads a run in a process of its own as the extension does; says how long it took, and how long anything else had to wait. */
async function follow(follower, folder, id) {
  return say(['--expose-gc', follower, 'follow', folder, id]);
}

async function openHistory(follower, work, runs) {
  const folder = join(work, 'history');
  await say([follower, 'leave', folder, String(runs)]);
  const opened = await say([follower, 'open', folder]);
  rmSync(folder, { recursive: true, force: true });
  return { runs, ...opened };
}

async function say(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the follower ended with ${code}`);
  return said === '' ? {} : JSON.parse(said);
}

async function bundleFollower(outfile) {
  await build({ ...node, entryPoints: ['scripts/bench/runs-follower.ts'], format: 'esm', outfile });
}

/** What `measureRuns` found. */
export function runsTable({
  lines,
  seconds,
  rate,
  driver,
  pseudoTerminal,
  terminal,
  following,
  steady,
  history,
}) {
  const perSecond = (time) => `${Math.round((lines / time) * 1000).toLocaleString('en')} lines a second`;
  const count = lines.toLocaleString('en');
  return {
    title: 'Runs',
    about: [
      'A step of `penstock.yaml` that prints lines of ninety characters, run as the extension runs it; its start and end are taken off.',
      "VS Code's terminal is what its window makes of it: the same program in a pseudo terminal of node-pty, and xterm.js, which makes lines of what it prints, with VS Code's size, scrollback and flow control. That VS Code does so in two processes, to have the lines after a reload, and that it draws them, is left out. The quickest of five turns, of the driver as well.",
      'Following is what the extension does for an open panel, in a process of its own: the log is read, the run is made of it, every message is put into words for the page; lines are read again where one looks. Anything else waits for the longest stretch of work between two turns of its event loop, which is told in processor time.',
      'The history is one of `dbt build` with fifty models each; opening is to list it, newest first, and to begin to watch it.',
    ],
    head: ['', 'measured'],
    rows: [
      [`${count} lines, driven and kept`, `${ms(driver.time)} (${perSecond(driver.time)})`],
      ["  in VS Code's terminal", `${ms(terminal.time)} (${perSecond(terminal.time)})`],
      ['  as many lines a second as the terminal has', `${number(terminal.time / driver.time)}×`],
      ['  in a pseudo terminal that is only read', ms(pseudoTerminal.time)],
      ['  memory at most', mb(driver.peak)],
      ['  followed from the start', ms(following.time)],
      ['  longest time that anything else waits', ms(following.longest)],
      ['  memory of who follows, at most', mb(following.peak)],
      ['  a screen of it anywhere, while scrolling', ms(following.screen)],
      ['  searched from end to end', ms(following.search)],
      [`${rate.toLocaleString('en')} lines a second for ${seconds} s`, ms(steady.time)],
      ['  memory at most', mb(steady.peak)],
      ['  longest time that anything else waits', ms(steady.following.longest)],
      [`history of ${history.runs.toLocaleString('en')} runs, opened`, ms(history.time)],
      ['  longest time that anything else waits', ms(history.longest)],
    ],
  };
}
