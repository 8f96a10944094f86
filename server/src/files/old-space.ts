import {
  constants,
  PerformanceObserver,
  type NodeGCPerformanceDetail,
  type PerformanceEntry,
} from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';

/** Limit: by so much the space for old objects may grow once it was gone through for the first time, at some 25 MB. */
const firstGrowthPercent = 500;

/**
 * Spares a start to have all old objects gone through a second time while it reads a workspace: nearly all that is
 * made of the files is kept, so there is hardly anything to give back. From then on V8 decides as it does by itself.
 */
export function letOldSpaceGrow(): void {
  setFlagsFromString(`--heap-growing-percent=${firstGrowthPercent}`);
  const observer = new PerformanceObserver((list) => {
    if (!list.getEntries().some(isMajor)) return;
    observer.disconnect();
    setFlagsFromString('--heap-growing-percent=0');
  });
  observer.observe({ type: 'gc' });
}

function isMajor(entry: PerformanceEntry & { readonly detail?: NodeGCPerformanceDetail }): boolean {
  return entry.detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}
