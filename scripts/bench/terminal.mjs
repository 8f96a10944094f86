/**
 * A program in a pseudo terminal of node-pty, as VS Code has it; prints how long it took until all was read:
 *   node terminal.mjs <folder with the packages> read|show <program> [arguments]
 * `show` hands what it reads to xterm.js, with the size, the scrollback and the flow control of VS Code, and waits until
 * that has made lines of it.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const [folder, how, program, ...args] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
const { spawn } = require('@lydell/node-pty');
const { Terminal } = require('@xterm/headless');

/** VS Code stops reading when so many characters wait for the terminal, and goes on when so few do. */
const highWaterMark = 100_000;
const lowWaterMark = 5000;
const size = { cols: 120, rows: 30 };

const began = performance.now();
const terminal = new Terminal({ ...size, scrollback: 1000 });
const child = spawn(program, args, { ...size, name: 'xterm-256color' });
let waiting = 0;
let isPaused = false;
let hasEnded = false;

child.onData((text) => {
  if (how === 'read') return;
  waiting += text.length;
  if (waiting > highWaterMark && !isPaused) {
    isPaused = true;
    child.pause();
  }
  terminal.write(text, () => {
    waiting -= text.length;
    if (isPaused && waiting < lowWaterMark) {
      isPaused = false;
      child.resume();
    }
    endWhenDone();
  });
});
child.onExit(() => {
  hasEnded = true;
  endWhenDone();
});

function endWhenDone() {
  if (!hasEnded || waiting > 0) return;
  process.stdout.write(JSON.stringify({ time: performance.now() - began }), () => process.exit(0));
}
