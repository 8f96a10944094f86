import type { CheckReadiness, ReadinessSnapshot } from '../readiness/snapshot.ts';
import { isCounted } from '../readiness/roll-up.ts';
import { endedText, seenAt, waivedText } from './readiness-text.ts';
import type { ReadinessStyle } from './readiness.ts';
import { element, escape } from './xml.ts';

/**
 * JUnit's XML: the verdict, which fails where the exit status does, and a case a check, in the suite of its first
 * category. What is not known is skipped, which never counts as passed.
 */
export function readinessJunit(snapshot: ReadinessSnapshot, style: ReadinessStyle): string {
  const { checks, categories, verdict, takenMs } = snapshot;
  // As the plan calls it, however checks do.
  const suiteOf = ({ id, about }: CheckReadiness): string =>
    categories.find((category) => category.checks.includes(id))?.category ?? about.categories[0] ?? 'checks';
  const shown = checks.filter(isCounted);
  const suites = [...Map.groupBy(shown, suiteOf)].map(([category, own]) =>
    element(
      'testsuite',
      { name: category, ...counts(own) },
      own.map((check) => testCase(check, category, { style, nowMs: takenMs })),
    ),
  );
  const own = { tests: 1, failures: style.passes ? 0 : 1, errors: 0, skipped: 0 };
  const said = style.passes
    ? element('system-out', {}, [escape(verdict)])
    : element('failure', { message: verdict, type: 'verdict' }, [escape(verdict)]);
  const judged = element('testsuite', { name: 'readiness', ...own }, [
    element('testcase', { name: 'verdict', classname: 'readiness' }, [said]),
  ]);
  const { tests, failures, errors, skipped } = counts(shown);
  const sums = { tests: tests + own.tests, failures: failures + own.failures, errors, skipped };
  const all = element('testsuites', { name: 'penstock readiness', ...sums }, [judged, ...suites]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}\n`;
}

function testCase(
  check: CheckReadiness,
  category: string,
  { style, nowMs }: { readonly style: ReadinessStyle; readonly nowMs: number },
): string {
  const { id, title, state, expected, seen, next, durationMs = 0, location, waiver } = check;
  const place = location ? { file: style.place(location.path), line: style.lineOf(location) } : {};
  const name = title === id ? id : `${id}: ${title}`;
  const ended = style.endedOf(check);
  const said = [
    `expected: ${expected}`,
    `seen: ${seen}${seenAt(check, style, nowMs)}`,
    ...(next === undefined ? [] : [`next: ${next}`]),
    ...(ended === undefined ? [] : [`waiver: ${endedText(ended)}`]),
  ].join('\n');
  const head = { name, classname: category, time: durationMs / 1000, ...place };
  if (state === 'failed' || state === 'stale')
    return element('testcase', head, [element('failure', { message: seen, type: state }, [escape(said)])]);
  if (state === 'passed') return element('testcase', head);
  if (state === 'warning') return element('testcase', head, [element('system-out', {}, [escape(said)])]);
  const why = waiver ? `waived ${waivedText(waiver)}` : `${state}: ${seen}`;
  return element('testcase', head, [element('skipped', { message: why })]);
}

function counts(
  checks: readonly CheckReadiness[],
): Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>> {
  const inState = (...states: readonly CheckReadiness['state'][]): number =>
    checks.filter(({ state }) => states.includes(state)).length;
  return {
    tests: checks.length,
    failures: inState('failed', 'stale'),
    errors: 0,
    skipped: inState('unknown', 'not-applicable', 'waived'),
  };
}
