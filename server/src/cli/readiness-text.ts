import { ageText } from '../core/duration.ts';
import type { EvidenceState, Waiver } from '../core/evidence.ts';
import type { PlanStatus } from '../core/plan.ts';
import type { ItemReadiness, Standing } from '../readiness/item-standing.ts';
import { isCounted, type CategoryReadiness, type RollUp } from '../readiness/roll-up.ts';
import type { CheckReadiness, Evidence, PlanReadiness, ReadinessSnapshot } from '../readiness/snapshot.ts';
import { placeOf } from './readiness-json.ts';
import type { ReadinessStyle } from './readiness.ts';

/** A sign for each state; the state is said in words, too, where it is not plain. */
export const marks: Readonly<Record<EvidenceState, string>> = {
  passed: '✓',
  failed: '✗',
  warning: '!',
  stale: '⌛',
  unknown: '?',
  'not-applicable': '-',
  waived: '~',
};

/** The snapshot for a terminal: the verdict, what plans claim, what was seen, and what to do next. */
export function readinessText(snapshot: ReadinessSnapshot, style: ReadinessStyle): string {
  const { verdict, plans, evidence, checks, total, categories, items, takenMs } = snapshot;
  const { place } = style;
  // What the configuration shows has lines of its own.
  const shown = checks.filter(
    (check) => (check.kind !== 'valid' || check.location || evidence.length === 0) && isCounted(check),
  );
  const proven = categories.filter((category) => category.checks.length > 0);
  const blocks = [
    [verdict.charAt(0).toUpperCase() + verdict.slice(1)],
    ...plans.map((plan) => planLines(plan, place)),
    evidence.length === 0 ? [] : ['Evidence', ...evidence.map((each) => evidenceLine(each, place))],
    shown.length === 0
      ? plans.length === 0
        ? []
        : [noCheck]
      : [
          // As every other format counts, and `--min` is held to.
          `Checks: ${countsText(total)}`,
          ...shown.flatMap((check) => checkLines(check, style, takenMs)),
        ],
    proven.length === 0 ? [] : ['Categories', ...proven.flatMap(categoryLines)],
    standingLines('Ticked but failing', 'ticked-but-failing', items, style),
    standingLines('Open but proven', 'open-but-proven', items, style),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const noCheck =
  'Checks: none, so what the plan claims stays a claim; write what would prove it as `checks` into penstock.yaml';

/** '3 passed, 1 failed', what is none left out; then the share, for a percentage alone cannot be checked. */
export function countsText({ counts, proven }: RollUp): string {
  const parts = (Object.keys(counts) as EvidenceState[])
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${stateText(state)}`);
  if (parts.length === 0) return 'none';
  return `${parts.join(', ')}${proven === undefined ? '' : ` (${proven} % proven)`}`;
}

/** A state in words. */
export function stateText(state: EvidenceState): string {
  return state === 'unknown' ? 'not known' : state === 'not-applicable' ? 'not applicable' : state;
}

/** Where it was seen, and how long ago where that is some time: ` (data/a.csv, 3 days ago)`; '' where neither is known. */
export function seenAt(
  { where, sinceMs, checkedMs }: CheckReadiness,
  style: ReadinessStyle,
  nowMs: number,
): string {
  const from = sinceMs ?? checkedMs;
  const parts = [
    ...(where === undefined ? [] : [placeOf(where, style)]),
    ...(from === undefined || nowMs - from < 60_000 ? [] : [`${ageText(nowMs - from)} ago`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function checkLines(check: CheckReadiness, style: ReadinessStyle, nowMs: number): readonly string[] {
  const { id, title, state, expected, seen, next, waiver, without } = check;
  const ended = style.endedOf(check);
  const place = seenAt(check, style, nowMs);
  const head = `  ${marks[state]} ${id}${title === id ? '' : `: ${title}`}`;
  if (state === 'passed') return [`${head}; ${seen}${place}`];
  return [
    head,
    `      expected  ${expected}`,
    `      seen      ${seen}${place}`,
    ...(waiver
      ? [`      waived    ${without === undefined ? '' : `${stateText(without)}, `}${waivedText(waiver)}`]
      : next === undefined
        ? []
        : [`      next      ${next}`]),
    ...(ended === undefined ? [] : [`      waiver    ${endedText(ended)}`]),
  ];
}

/** `ended on 2026-01-01 (by Ada: the office machine is moved)` */
export function endedText({ reason, by, until }: Waiver): string {
  return `ended on ${until} (${by === undefined ? '' : `by ${by}: `}${reason})`;
}

/** `until 2026-12-24 by Ada: the office machine is moved` */
export function waivedText({ reason, by, until }: Waiver): string {
  return `until ${until}${by === undefined ? '' : ` by ${by}`}: ${reason}`;
}

function categoryLines(category: CategoryReadiness): readonly string[] {
  const claimed = category.claimed === undefined ? 'no claim' : `${category.claimed} % claimed`;
  const head = `  ${category.category}: ${claimed}; ${countsText(category)}; ${category.level}`;
  return [head, ...category.needs.slice(0, 3).map((each) => `      next level: ${each}`)];
}

function standingLines(
  title: string,
  standing: Standing,
  items: readonly ItemReadiness[],
  style: ReadinessStyle,
): readonly string[] {
  const those = items.filter((item) => item.standing === standing);
  if (those.length === 0) return [];
  return [
    title,
    ...those.map(
      (item) =>
        `  ${item.title} (${style.place(item.plan)}:${style.lineOf(item.location)}): ${item.checks.join(', ')}`,
    ),
  ];
}

function planLines(plan: PlanReadiness, place: ReadinessStyle['place']): readonly string[] {
  const { counts, criteria, open, categories } = plan;
  const statuses = (Object.keys(counts) as PlanStatus[]).filter((status) => counts[status] > 0);
  const width = Math.max(0, ...categories.map(({ category }) => category.length));
  return [
    `${plan.title} (${place(plan.path)}${plan.updated === undefined ? '' : `, updated ${plan.updated}`})`,
    `  tasks      ${plan.total}: ${statuses.map((status) => `${counts[status]} ${status.replace('-', ' ')}`).join(', ')}`,
    ...(open.length === 0
      ? []
      : [
          `  open       ${open.map(({ priority, count }) => `${count} ${priority || 'without priority'}`).join(', ')}`,
        ]),
    ...(criteria.done + criteria.open === 0
      ? []
      : [`  criteria   ${criteria.done} of ${criteria.done + criteria.open} met`]),
    ...(plan.blockers === 0 ? [] : [`  blockers   ${plan.blockers}`]),
    ...(plan.risks === 0 ? [] : [`  risks      ${plan.risks}`]),
    ...claimedLine(plan),
    ...categories.map(
      ({ category, claimed }) => `    ${category.padEnd(width)} ${`${claimed} %`.padStart(6)}`,
    ),
  ];
}

function claimedLine({ claimedOverall, tableAverage }: PlanReadiness): readonly string[] {
  const parts = [
    ...(claimedOverall === undefined ? [] : [`${claimedOverall} % overall`]),
    ...(tableAverage === undefined ? [] : [`its table averages ${tableAverage} %`]),
  ];
  return parts.length === 0 ? [] : [`  claimed    ${parts.join('; ')}`];
}

function evidenceLine(
  { title, root, state, errors, warnings }: Evidence,
  place: ReadinessStyle['place'],
): string {
  const warned = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  if (state === 'passed') return `  ✓ ${title} (${place(root)}): configuration is valid${warned}`;
  return `  ✗ ${title} (${place(root)}): configuration has ${errors} ${errors === 1 ? 'error' : 'errors'}${warned}; \`penstock check\` shows them`;
}
