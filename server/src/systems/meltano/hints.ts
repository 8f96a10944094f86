import type { HintRequest, InlayHint, ParsedFile } from '../../core/system.ts';
import { nextTimes, readCron } from './cron-times.ts';
import { inWords, timesInWords } from './cron-words.ts';
import type { MeltanoModel } from './model.ts';

/** Behind each schedule's interval: when it runs, in words, and the next three times. */
export function hintsOf(
  { model, source }: ParsedFile<MeltanoModel>,
  { nowMs }: Pick<HintRequest, 'nowMs'>,
): readonly InlayHint[] {
  if (model.kind === 'lock') return [];
  return model.schedules.flatMap(({ interval }): readonly InlayHint[] => {
    const cron = interval && readCron(interval.text);
    if (!interval || !cron) return [];
    const words = inWords(cron);
    const times = nextTimes(cron, nowMs, 3);
    const { end } = interval.span;
    const offset = /["']/u.test(source.text[end] ?? '') ? end + 1 : end;
    if (times.length === 0)
      return [{ offset, label: `${words} · never`, tooltip: 'No day fits this interval.' }];
    const next = timesInWords(times);
    return [
      {
        offset,
        label: `${words} · next ${next}`,
        tooltip: `Runs ${words}, in UTC unless your orchestrator is told another time zone.\n\nNext: ${times.map((time) => new Date(time).toISOString().slice(0, 16).replace('T', ' ')).join(', ')} (UTC)`,
      },
    ];
  });
}
