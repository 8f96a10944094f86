import { tookText } from '../../../server/src/core/duration.ts';
import type { RunSummary } from '../../../server/src/runs/run-store.ts';

/** Of which runs somebody wants to be told who is elsewhere. */
export type Notifications = 'failures' | 'all' | 'off';

export interface RunNotice {
  readonly level: 'error' | 'information';
  readonly text: string;
}

/** Tells of runs that end while this window is open, each once. */
export class RunNotices {
  readonly #told = new Set<string>();

  /** `keys` are those of the runs that had ended before. */
  constructor(keys: Iterable<string>) {
    for (const key of keys) this.#told.add(key);
  }

  /** What to say of runs that have ended since the last time; nothing while the window is in front. */
  take(
    runs: readonly { readonly key: string; readonly summary: RunSummary }[],
    { wish, isInFront }: { readonly wish: Notifications; readonly isInFront: boolean },
  ): readonly (RunNotice & { readonly key: string })[] {
    const ended = runs.filter(({ key, summary }) => summary.status !== 'running' && !this.#told.has(key));
    for (const { key } of ended) this.#told.add(key);
    if (isInFront || wish === 'off') return [];
    return ended.flatMap(({ key, summary }) => {
      const notice = noticeOf(summary);
      return wish === 'all' || notice.level === 'error' ? [{ key, ...notice }] : [];
    });
  }
}

const endings: Readonly<Record<RunSummary['status'], string>> = {
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  'not-started': 'could not start',
  cancelled: 'was cancelled',
  interrupted: 'was interrupted',
};

function noticeOf({ requested, title, status, stopped, durationMs, failed }: RunSummary): RunNotice {
  const name = requested.length === 0 ? title : requested.join(' ');
  const took = durationMs === undefined ? '' : ` after ${tookText(durationMs)}`;
  const wrong = status === 'failed' && failed > 0 ? `: ${failed} failed` : '';
  const isWrong = status === 'failed' || status === 'not-started' || status === 'interrupted';
  return {
    level: isWrong ? 'error' : 'information',
    text: `Penstock: ${name} ${stopped ? 'was stopped' : endings[status]}${took}${wrong}`,
  };
}
