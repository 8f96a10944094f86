import type { CheckReadiness, ReadinessSnapshot } from '../readiness/snapshot.ts';
import { isCounted } from '../readiness/roll-up.ts';
import { placeOf } from './readiness-json.ts';
import type { ReadinessStyle } from './readiness.ts';
import { element, escape } from './xml.ts';

/** JUnit's XML: a case a check, in the suite of its first category. What is not known is skipped, which never counts as passed. */
export function readinessJunit({ checks, verdict }: ReadinessSnapshot, style: ReadinessStyle): string {
  const shown = checks.filter(isCounted);
  const suites = [...Map.groupBy(shown, ({ about }) => about.categories[0] ?? 'checks')].map(
    ([category, own]) =>
      element(
        'testsuite',
        { name: category, ...counts(own) },
        own.map((check) => testCase(check, category, style)),
      ),
  );
  // Some readers take a report without a test for a broken one.
  const none = element('testsuite', { name: 'checks', tests: 1, failures: 0 }, [
    element('testcase', { name: verdict, classname: 'checks' }),
  ]);
  const all = element(
    'testsuites',
    { name: 'penstock readiness', ...counts(shown) },
    suites.length > 0 ? suites : [none],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}\n`;
}

function testCase(check: CheckReadiness, category: string, style: ReadinessStyle): string {
  const { id, title, state, expected, seen, next, where, durationMs = 0, location, waiver } = check;
  const place = location ? { file: style.place(location.path), line: style.lineOf(location) } : {};
  const name = title === id ? id : `${id}: ${title}`;
  const said = [
    `expected: ${expected}`,
    `seen: ${seen}${where === undefined ? '' : ` (${placeOf(where, style)})`}`,
    ...(next === undefined ? [] : [`next: ${next}`]),
  ].join('\n');
  const head = { name, classname: category, time: durationMs / 1000, ...place };
  if (state === 'failed' || state === 'stale')
    return element('testcase', head, [element('failure', { message: seen, type: state }, [escape(said)])]);
  if (state === 'passed') return element('testcase', head);
  if (state === 'warning') return element('testcase', head, [element('system-out', {}, [escape(said)])]);
  const why = waiver ? `waived until ${waiver.until}: ${waiver.reason}` : `${state}: ${seen}`;
  return element('testcase', head, [element('skipped', { message: why })]);
}

function counts(checks: readonly CheckReadiness[]): Readonly<Record<string, number>> {
  const inState = (...states: readonly CheckReadiness['state'][]): number =>
    checks.filter(({ state }) => states.includes(state)).length;
  return {
    tests: checks.length,
    failures: inState('failed', 'stale'),
    errors: 0,
    skipped: inState('unknown', 'not-applicable', 'waived'),
  };
}
