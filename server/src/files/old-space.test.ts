import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const source = new URL('old-space.ts', import.meta.url).href;

/** Makes many objects, of which one in ten lives on, in a process of its own; counts how often all old ones were gone through. */
function collections(before: string): number {
  const script = `
    import { constants, PerformanceObserver } from 'node:perf_hooks';
    import { letOldSpaceGrow } from ${JSON.stringify(source)};
    ${before}
    let count = 0;
    const isMajor = ({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
    new PerformanceObserver((list) => (count += list.getEntries().filter(isMajor).length)).observe({ type: 'gc' });
    const kept = [];
    for (let round = 0; round < 155; round++) {
      const made = Array.from({ length: 30_000 }, (_, each) => ({ each, name: 'n' + each }));
      kept.push(made.filter(({ each }) => each % 10 === 0));
      await new Promise((go) => setImmediate(go));
    }
    console.log(count);`;
  // When V8 collects is else a matter of its threads and the clock.
  const flags = ['--single-threaded-gc', '--predictable-gc-schedule'];
  return Number(
    execFileSync(process.execPath, [...flags, '--input-type=module', '-e', script], { encoding: 'utf8' }),
  );
}

test('what lives on is gone through less often while it grows for the first time', () => {
  expect(collections('letOldSpaceGrow();')).toBeLessThan(collections(''));
});
