// A planning document of thousands of items while somebody types in it: from the edit to the facts that everything asks.
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { percentile } from './language-client.mjs';
import { ms } from './report.mjs';

const items = 5000;
const perGroup = 50;
const strokes = 100;
const path = '/w/docs/outstanding-tasks.md';

/** How long a document takes to be read, and each stroke in it to be facts. */
export async function measurePlan(enginePath) {
  const { Platform, systems, silentLog, neverCancelled } = await import(pathToFileURL(enginePath).href);
  let text = planOf(items);
  const files = {
    async *list() {
      yield [path];
    },
    covers: () => true,
    read: (asked) => (asked === path ? { kind: 'text', text } : { kind: 'missing' }),
  };
  const platform = new Platform({ systems, files, log: silentLog, pause: async () => {} });
  const began = performance.now();
  await platform.load(['/w'], neverCancelled);
  const first = performance.now() - began;
  const times = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    const at = text.indexOf('with care', Math.floor((text.length * stroke) / strokes));
    text = `${text.slice(0, at)}x${text.slice(at)}`;
    const start = performance.now();
    platform.update([path]);
    times.push(performance.now() - start);
  }
  const known = [...platform.facts.all('plan.item')].length;
  if (known !== items) throw new Error(`${known} of ${items} items are known`);
  return { first, median: percentile(times, 0.5), p99: percentile(times, 0.99), length: text.length };
}

export function planTable({ first, median, p99, length }) {
  return {
    title: `A plan of ${items.toLocaleString('en')} items`,
    about: [
      `One document of ${Math.round(length / 1000)} kB with ${items / perGroup} tables; a stroke is a character in a title, up to the facts of all items.`,
    ],
    head: ['', ''],
    rows: [
      ['first reading', ms(first)],
      ['stroke to facts, median', ms(median)],
      ['stroke to facts, p99', ms(p99)],
    ],
  };
}

function planOf(count) {
  const lines = ['# Outstanding tasks', '', '*Last Updated: July 2026 | Review: Weekly*', ''];
  for (let at = 0; at < count; at++) {
    if (at % perGroup === 0)
      lines.push(
        '',
        `## 🚀 Group ${at / perGroup}`,
        '| Task | Priority | Effort | Status | Dependencies |',
        '|--|--|--|--|--|',
      );
    const step = at % perGroup;
    lines.push(
      `| Step ${step}: do the thing number ${at} with care | **P${at % 3}** | High | 📋 Planned | Step ${Math.max(0, step - 1)} completion |`,
    );
  }
  return `${lines.join('\n')}\n`;
}
