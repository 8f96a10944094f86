import type { CodeLens } from 'vscode-languageserver/node';
import { costsTrust } from '../core/evidence.ts';
import { escapeMarkdown } from '../core/markdown-text.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import { touches } from '../core/span.ts';
import { checkNowCommand, type RunChecksParams } from '../protocol/readiness-requests.ts';
import { describeCheck, describeItem, summaryOf, type Telling } from '../readiness/describe-evidence.ts';
import type { ReadinessSnapshot } from '../readiness/snapshot.ts';
import type { Place } from './place.ts';
import { placeAnswer } from './readiness-answer.ts';

/** What evidence says of the task or the check at an offset, as Markdown, as it was last seen. */
export function evidenceAt(
  { items, checks, takenMs }: ReadinessSnapshot,
  { path, offset, platform }: Place,
): string | undefined {
  const telling: Telling = { nowMs: takenMs, place: (where) => placeMarkdown(where, platform) };
  const check = checks.find(({ location }) => location?.path === path && touches(location.span, offset));
  if (check) return describeCheck(check, telling);
  const item = items.find(({ location }) => location.path === path && touches(location.span, offset));
  return item && describeItem(item, checks, telling);
}

function placeMarkdown(written: string, platform: Platform): string {
  const { where, whereUri } = placeAnswer(written, platform);
  const text = escapeMarkdown(where);
  return whereUri === undefined
    ? text
    : `[${text}](${whereUri.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** Above tasks with checks and above checks: how it stands, and a look at it on a click, where there may be one. */
export function evidenceLenses(
  { items, checks }: ReadinessSnapshot,
  {
    path,
    source,
    isTrusted,
  }: { readonly path: string; readonly source: SourceFile; readonly isTrusted: boolean },
): readonly CodeLens[] {
  const written = checks
    .filter(({ location }) => location?.path === path)
    .map((check) => ({ location: check.location!, own: [check] }));
  const claimed = items
    .filter((item) => item.plan === path && item.checks.length > 0)
    .map(({ location, checks: ids }) => ({ location, own: checks.filter(({ id }) => ids.includes(id)) }));
  return [...written, ...claimed].map(({ location, own }) => {
    const isOffered = isTrusted || own.some(({ cost }) => !costsTrust(cost));
    return {
      range: source.rangeOf(location.span),
      command: {
        title: `${summaryOf(own)}${isOffered ? ' · check now' : ''}`,
        command: checkNowCommand,
        arguments: [{ checks: own.map(({ id }) => id) } satisfies RunChecksParams],
      },
    };
  });
}
