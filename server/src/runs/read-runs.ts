import { RunModel, type RunSnapshot } from './run-state.ts';
import type { RunStore } from './run-store.ts';

/** A run as its log tells it; of a log that another version wrote, or that is gone, nothing. */
export async function readRun(
  store: RunStore,
  id: string,
): Promise<{ readonly snapshot: RunSnapshot; readonly isOver: boolean }> {
  const kept = store.outcome(id);
  if (kept) return { snapshot: kept, isOver: true };
  const status = store.summary(id)?.status;
  const model = new RunModel(id);
  // What a run printed last tells when it was interrupted.
  const withoutOutput = status !== 'interrupted';
  try {
    for await (const event of store.read(id, { withoutOutput })) model.apply(event);
  } catch {
    return { snapshot: new RunModel(id).snapshot(), isOver: true };
  }
  if (status === 'interrupted') model.interrupt();
  return { snapshot: model.snapshot(), isOver: status !== undefined && status !== 'running' };
}
