import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Limit: of the two halves that V8 copies young objects between; twice as much makes nothing quicker. */
export const mostYoungBytes = 2 * 16 * 1024 * 1024;

/**
 * Keeps the space for young objects as small as it was before Node 24, where it grows to 64 MB a half: a third of all
 * memory that reading a large workspace takes. Its limit is read before a program begins, but by how much
 * it grows, V8 asks each time. It also shrinks while nobody works, and must be free to grow again then.
 */
export function limitYoungSpace(): void {
  let isFull = false;
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (!young || young.space_size >= mostYoungBytes === isFull) return;
    isFull = !isFull;
    setFlagsFromString(`--semi-space-growth-factor=${isFull ? 1 : 2}`);
  });
  observer.observe({ type: 'gc' });
}
