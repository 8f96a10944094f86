import type { CodeLens } from 'vscode-languageserver/node';
import type { SourceFile } from '../core/source-file.ts';
import { touches } from '../core/span.ts';
import { checkNowCommand, type RunChecksParams } from '../protocol/readiness-requests.ts';
import { describeCheck, describeItem, summaryOf } from '../readiness/describe-evidence.ts';
import type { ReadinessSnapshot } from '../readiness/snapshot.ts';

/** What evidence says of the task or the check at an offset, as Markdown, as it was last seen. */
export function evidenceAt(
  { items, checks, takenMs }: ReadinessSnapshot,
  path: string,
  offset: number,
): string | undefined {
  const check = checks.find(({ location }) => location?.path === path && touches(location.span, offset));
  if (check) return describeCheck(check, takenMs);
  const item = items.find(({ location }) => location.path === path && touches(location.span, offset));
  return item && describeItem(item, checks, takenMs);
}

/** Above tasks with checks and above checks: how it stands, and a look at it on a click. */
export function evidenceLenses(
  { items, checks }: ReadinessSnapshot,
  path: string,
  source: SourceFile,
): readonly CodeLens[] {
  const written = checks
    .filter(({ location }) => location?.path === path)
    .map((check) => ({ location: check.location!, own: [check] }));
  const claimed = items
    .filter((item) => item.plan === path && item.checks.length > 0)
    .map(({ location, checks: ids }) => ({ location, own: checks.filter(({ id }) => ids.includes(id)) }));
  return [...written, ...claimed].map(({ location, own }) => ({
    range: source.rangeOf(location.span),
    command: {
      title: `${summaryOf(own)} · check now`,
      command: checkNowCommand,
      arguments: [{ checks: own.map(({ id }) => id) } satisfies RunChecksParams],
    },
  }));
}
