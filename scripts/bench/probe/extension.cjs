// Runs in the extension host beside Penstock, and says twice a second how long anything had to wait there.
const { appendFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

const tickMs = 5;
const sayMs = 500;

exports.activate = () => {
  const file = process.env.PENSTOCK_PROBE;
  if (!file) return;
  let before = performance.now();
  let work = process.threadCpuUsage();
  let most = { stall: 0, work: 0 };
  const tick = () => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(work);
    most = {
      stall: Math.max(most.stall, now - before - tickMs),
      work: Math.max(most.work, (user + system) / 1000),
    };
    before = performance.now();
    work = process.threadCpuUsage();
    setTimeout(tick, tickMs);
  };
  tick();
  setInterval(() => {
    appendFileSync(
      file,
      `${JSON.stringify({ at: Date.now(), ...most, memory: process.memoryUsage.rss() })}\n`,
    );
    most = { stall: 0, work: 0 };
  }, sayMs);
};
