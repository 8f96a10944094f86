import type { Finding } from '../core/finding.ts';
import type { Location } from '../core/span.ts';
import type { CheckReadiness, ReadinessSnapshot } from './snapshot.ts';
import { isExpired, isFor } from './settle.ts';

export type ReadinessFinding = Finding & Location;

/** What evidence shows to be wrong in a document: claims that it contradicts, waivers that waive nothing, hosts that nobody allowed. */
export function readinessFindings(snapshot: ReadinessSnapshot): readonly ReadinessFinding[] {
  return [...contradicted(snapshot), ...waivers(snapshot), ...blockedHosts(snapshot)];
}

/** What checks show, each at its own place; those that are not written anywhere have none. */
export function checkFindings({ checks }: ReadinessSnapshot): readonly ReadinessFinding[] {
  return checks.flatMap((check) => (check.location ? checkFinding(check, check.location) : []));
}

function contradicted({ items, checks }: ReadinessSnapshot): readonly ReadinessFinding[] {
  return items.flatMap((item): readonly ReadinessFinding[] => {
    if (item.standing !== 'ticked-but-failing') return [];
    const failed = checks.filter(({ id, state }) => state === 'failed' && item.checks.includes(id));
    const shown = failed.map(({ id, seen }) => `\`${id}\` (${seen})`).join(', ');
    const related = failed.flatMap(({ location, title }) =>
      location ? [{ ...location, message: `the check: ${title}` }] : [],
    );
    return [
      {
        code: 'readiness/ticked-but-failing',
        severity: 'warning',
        ...item.location,
        message: `this is ticked, and evidence shows otherwise: ${shown}; mend it, or open it again`,
        ...(related.length === 0 ? {} : { related }),
      },
    ];
  });
}

function waivers({ waivers: all, checks, takenMs }: ReadinessSnapshot): readonly ReadinessFinding[] {
  return all.flatMap((waiver): readonly ReadinessFinding[] => {
    const { location, until } = waiver;
    // One whose day cannot be read is a finding of the file itself.
    if (until === undefined) return [];
    if (isExpired(waiver, takenMs))
      return [
        {
          code: 'readiness/expired-waiver',
          severity: 'warning',
          ...location,
          message: `this waiver ended on ${until}; mend what it is for, or decide on a new day`,
        },
      ];
    const meant = checks.filter((check) => isFor(waiver, check));
    if (meant.length === 0 || meant.some(({ state }) => state !== 'passed')) return [];
    return [
      {
        code: 'readiness/needless-waiver',
        severity: 'information',
        ...location,
        message: `\`${waiver.check}\` passes, so nothing is waived; remove the waiver`,
        tag: 'unnecessary',
      },
    ];
  });
}

function blockedHosts({ checks }: ReadinessSnapshot): readonly ReadinessFinding[] {
  return checks.flatMap(({ blockedHost, location }): readonly ReadinessFinding[] =>
    blockedHost === undefined || !location
      ? []
      : [
          {
            code: 'readiness/host-not-allowed',
            severity: 'information',
            ...location,
            message: `\`${blockedHost}\` is another machine, so it is not asked; add it to \`penstock.readiness.allowHosts\`, or run with \`--allow-host ${blockedHost}\``,
          },
        ],
  );
}

function checkFinding(
  { id, title, state, expected, seen, next, blockedHost }: CheckReadiness,
  location: Location,
): readonly ReadinessFinding[] {
  // That is a finding of its own.
  if (state === 'unknown' && blockedHost !== undefined) return [];
  const advice = next === undefined ? '' : `; ${next}`;
  // What was not looked at is expected to be as its title says.
  const wish = expected === title ? '' : `, where ${expected} was expected`;
  const said = { ...location, message: `\`${id}\`: ${seen}${wish}${advice}` };
  switch (state) {
    case 'failed':
      return [{ code: 'readiness/check-failed', severity: 'error', ...said }];
    case 'stale':
      return [{ code: 'readiness/check-stale', severity: 'warning', ...said }];
    case 'warning':
      return [{ code: 'readiness/check-warns', severity: 'warning', ...said }];
    case 'unknown':
      return [{ code: 'readiness/check-unknown', severity: 'information', ...said }];
    case 'passed':
    case 'not-applicable':
    case 'waived':
      return [];
  }
}
