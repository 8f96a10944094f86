import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { mostYoungBytes } from './young-space.ts';

const source = new URL('young-space.ts', import.meta.url).href;

/** Makes many objects that live on, in a process of its own, and gives the most bytes that young ones had. */
function mostYoung(limit: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { limitYoungSpace } from ${JSON.stringify(source)};
    ${limit}
    let most = 0;
    const kept = [];
    for (let round = 0; round < 600; round++) {
      for (let each = 0; each < 5000; each++) kept.push({ each, name: 'n' + each });
      await new Promise((go) => setImmediate(go));
      const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
      most = Math.max(most, young.space_size);
    }
    console.log(most);`;
  // Else threads of V8 collect beside it, and what they are about to empty counts, too: more on a busy machine.
  const flags = ['--predictable', '--input-type=module'];
  return Number(execFileSync(process.execPath, [...flags, '-e', script], { encoding: 'utf8' }));
}

test('the space for young objects grows, and not beyond its limit', () => {
  const held = mostYoung('limitYoungSpace();');
  expect(held).toBeGreaterThan(mostYoungBytes / 4);
  expect(held).toBeLessThanOrEqual(mostYoungBytes);
});

test('the limit does not keep the process from ending, nor V8 from what it has by itself', () => {
  expect(mostYoung('')).toBeGreaterThanOrEqual(mostYoung('limitYoungSpace();'));
});
