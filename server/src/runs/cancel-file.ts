import { statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** How often the file is looked at where the system does not tell of changes. */
const pollMs = 500;

/**
 * Calls back each time somebody asks for the run's end by making the file or adding to it.
 * Works on every system and for whoever can write there, also after the asking program was started anew.
 */
export function watchForCancel(file: string, onCancel: () => void): { dispose(): void } {
  let seen = 0;
  const look = (): void => {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    // One byte an ask; an empty file is one too: `touch` must do, and a reader may come before the first byte.
    const asked = size === undefined ? 0 : Math.max(1, size);
    if (asked <= seen) return;
    seen = asked;
    onCancel();
  };
  return watchFile(file, look);
}

/** Calls back now and then, and soon after the file has changed; it need not be there yet. */
export function watchFile(file: string, look: () => void): { dispose(): void } {
  const timer = setInterval(look, pollMs);
  timer.unref();
  let watcher: { close(): void } | undefined;
  try {
    const made = watch(dirname(file), { persistent: false }, look);
    made.on('error', () => made.close());
    watcher = made;
  } catch {
    // Some file systems cannot be watched; the poll is enough.
  }
  return {
    dispose() {
      clearInterval(timer);
      watcher?.close();
    },
  };
}
