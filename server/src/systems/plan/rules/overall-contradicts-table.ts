import { overallOf } from '../../../core/plan.ts';
import type { Rule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { Span } from '../../../core/span.ts';
import type { PlanModel } from '../model.ts';

/** A total that its own table does not bear out misleads everyone who reads only the total. */
export const overallContradictsTable: Rule<PlanModel> = {
  id: 'plan/overall-contradicts-table',
  severity: 'warning',
  check({ model, source }, report) {
    const { claimedOverall, readiness } = model.plan;
    if (claimedOverall === undefined || !model.overallSpan || readiness.length < 2) return;
    const average = overallOf(readiness);
    if (average === undefined || Math.abs(average - claimedOverall) <= roundingPoints) return;
    const span = shareIn(source, model.overallSpan);
    const newText = inMannerOf(span ? source.slice(span) : '', average);
    report(
      model.overallSpan,
      `the table averages ${shown(average)} %, not ${shown(claimedOverall)} %; correct the total or the table`,
      span && {
        fixes: [{ title: `Write ${newText}`, edits: [{ path: source.path, span, newText }], certain: false }],
      },
    );
  },
};

/** A total may be rounded either way. */
const roundingPoints = 1;

/** The number alone, without its sign. */
function shareIn(source: SourceFile, within: Span): Span | undefined {
  const match = /(?<![\d.])\d{1,3}(?:[.,]\d+)?(?=\s*%)/.exec(source.slice(within));
  const start = within.start + (match?.index ?? 0);
  return match ? { start, end: start + match[0].length } : undefined;
}

/** As exact as the number that stands there, and with its comma. */
function inMannerOf(written: string, percent: number): string {
  if (!/[.,]/.test(written)) return String(Math.round(percent));
  return written.includes(',') ? shown(percent).replace('.', ',') : shown(percent);
}

function shown(percent: number): string {
  return String(Math.round(percent * 10) / 10);
}
