import type { Platform } from '../core/platform.ts';
import { toFsPath } from '../files/node-files.ts';
import { asShown, defaultFindingSettings } from '../language/diagnose.ts';
import { checkFindings, readinessFindings } from '../readiness/readiness-findings.ts';
import type { ReadinessSnapshot } from '../readiness/snapshot.ts';
import type { FoundProblem } from './check-finding.ts';
import type { CheckReport } from './check-report.ts';
import { fingerprintsIn } from './fingerprint.ts';

/** What is not ready, as findings at their places, for formats that know nothing else. */
export function reportOf(snapshot: ReadinessSnapshot, platform: Platform): CheckReport {
  const all = [...readinessFindings(snapshot), ...checkFindings(snapshot)];
  const shown = [...Map.groupBy(all, ({ path }) => path)].flatMap(([path, own]) =>
    asShown(own, path, { platform, settings: defaultFindingSettings }),
  );
  const found = shown.flatMap(
    ({ path, span, code, severity, message, related = [] }): readonly FoundProblem[] => {
      const source = platform.source(path);
      if (!source) return [];
      const file = toFsPath(path);
      return [
        {
          code,
          severity,
          message,
          file,
          path: file,
          range: source.rangeOf(span),
          fingerprint: fingerprintsIn(source)({ code, span }),
          related: related.flatMap((each) => {
            const other = platform.source(each.path);
            return other
              ? [{ path: toFsPath(each.path), range: other.rangeOf(each.span), message: each.message }]
              : [];
          }),
          fixes: [],
        },
      ];
    },
  );
  const ordered = found.sort((a, b) =>
    a.path === b.path ? a.range.start.line - b.range.start.line : a.path < b.path ? -1 : 1,
  );
  return { found: ordered, known: undefined, fixed: [], threshold: 'error' };
}
