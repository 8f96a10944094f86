import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { createPause, type Pause } from '../core/cancellation.ts';

/** Yields to Node's event loop, so that a long read neither blocks requests nor overlooks that it was cancelled. */
export function createNodePause(): Pause {
  return createPause(
    () => performance.now(),
    () => setImmediate(),
  );
}
