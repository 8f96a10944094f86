import type { Plan, PlanItem, PlanStatus } from '../core/plan.ts';
import { dueText } from '../core/plan-date.ts';
import { isOpen, type PlanOrder, type Standing } from '../core/plan-next.ts';
import type { ReadPlan } from './plan.ts';

/** A sign for each status beside its word, so that neither colour nor sign alone tells it. */
const signs: Readonly<Record<PlanStatus, string>> = {
  planned: '○',
  'in-progress': '◐',
  done: '✓',
  blocked: '✗',
  skipped: '–',
  unknown: '?',
};

const order: readonly PlanStatus[] = ['done', 'in-progress', 'planned', 'blocked', 'skipped', 'unknown'];

/** A plan as a tree for a terminal, one document after the other, then what to do next. Lines are one-based. */
export function printPlan(
  documents: readonly ReadPlan[],
  { next }: PlanOrder,
  { place, nowMs }: { readonly place: (path: string) => string; readonly nowMs: number },
): string {
  const blocks = [
    ...documents.flatMap((document) => documentBlocks(document, place(document.plan.path), nowMs)),
    nextLines(next, documents.length > 1 ? place : () => '', nowMs),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** So many are enough to choose from. */
const mostNext = 5;

function nextLines(
  next: readonly Standing[],
  place: (path: string) => string,
  nowMs: number,
): readonly string[] {
  const shown = next.slice(0, mostNext);
  const width = Math.max(0, ...shown.map(({ item }) => item.item.priority?.length ?? 0));
  const lines = shown.map(({ item, waitsFor }) => {
    const facts = [
      wordOf(item.status),
      labelled('effort', item.item.effort),
      dueOf(item.item, nowMs),
      waitsFor.length === 0 ? '' : `once there: ${waitsFor.join(', ')}`,
      place(item.path),
    ].filter(Boolean);
    const lead = `  ${signs[item.status]} ${(item.item.priority ?? '').padEnd(width)}${width === 0 ? '' : ' '}`;
    return `${lead}${item.title} (${facts.join(', ')})`;
  });
  return titled('Next', lines);
}

function documentBlocks(
  { plan, source }: ReadPlan,
  place: string,
  nowMs: number,
): readonly (readonly string[])[] {
  const lineOf = (at: { readonly span: { readonly start: number } }): number =>
    source.positionAt(at.span.start).line + 1;
  return [
    [
      plan.title,
      `${place}${plan.updated === undefined ? '' : `, updated ${plan.updated}`}`,
      summary(plan.items),
    ],
    ...plan.groups.map((group) =>
      groupLines(
        group,
        plan.items.filter((item) => item.group === group),
        { placeOf: (item) => `${place}:${lineOf(item.location)}`, nowMs },
      ),
    ),
    readinessLines(plan),
    titled(
      'Criteria',
      plan.criteria.map(({ text, done }) => `  ${done ? signs.done : signs.planned} ${text}`),
    ),
    titled(
      'Blockers',
      plan.blockers.map(({ text }) => `  ${signs.blocked} ${text}`),
    ),
    titled(
      'Risks',
      plan.risks.map(
        ({ text, impact, probability }) =>
          `  ! ${[text, labelled('impact', impact), labelled('probability', probability)].filter(Boolean).join(', ')}`,
      ),
    ),
  ];
}

function summary(items: readonly PlanItem[]): string {
  if (items.length === 0) return 'no tasks';
  const priorities = [...new Set(items.map(({ priority }) => priority))]
    .filter((priority) => priority !== undefined)
    .sort();
  const byPriority = priorities.map(
    (priority) => `${items.filter((item) => item.priority === priority).length} ${priority}`,
  );
  const parts = [
    `${items.length} ${items.length === 1 ? 'task' : 'tasks'}: ${countsByStatus(items)}`,
    byPriority.join(', '),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** '5 done, 2 in progress'. */
function countsByStatus(items: readonly { readonly status: PlanStatus }[]): string {
  return order
    .map((status) => [status, items.filter((item) => item.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${wordOf(status)}`)
    .join(', ');
}

function groupLines(
  group: string,
  items: readonly PlanItem[],
  { placeOf, nowMs }: { readonly placeOf: (item: PlanItem) => string; readonly nowMs: number },
): readonly string[] {
  const done = items.filter(({ status }) => status === 'done').length;
  const priority = Math.max(...items.map((item) => item.priority?.length ?? 0));
  return [
    `${group} (${done} of ${items.length} done)`,
    ...items.flatMap((item) => {
      const facts = [
        wordOf(item.status),
        labelled('effort', item.effort),
        item.owner ?? '',
        dueOf(item, nowMs),
        labelled('finished', item.finished),
        placeOf(item),
      ]
        .filter(Boolean)
        .join(', ');
      const lead = `  ${signs[item.status]} ${(item.priority ?? '').padEnd(priority)}${priority === 0 ? '' : ' '}`;
      const needs =
        item.dependencies.length === 0
          ? []
          : [`${' '.repeat(lead.length)}needs ${item.dependencies.join(', ')}`];
      const code = item.code === undefined ? '' : `${item.code}: `;
      return [`${lead}${code}${item.title} (${facts})`, ...needs];
    }),
  ];
}

function readinessLines({ readiness, claimedOverall }: Plan): readonly string[] {
  const width = Math.max(0, ...readiness.map(({ category }) => category.length));
  const rows = readiness.map(
    ({ category, claimed }) => `  ${category.padEnd(width)} ${`${claimed} %`.padStart(6)}`,
  );
  if (claimedOverall === undefined) return titled('Claimed readiness', rows);
  return [`Claimed readiness: ${claimedOverall} % overall`, ...rows];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function dueOf({ due, status }: PlanItem, nowMs: number): string {
  return due !== undefined && isOpen({ status }) ? dueText(due, nowMs) : labelled('due', due);
}

function labelled(label: string, text: string | undefined): string {
  return text === undefined ? '' : `${label} ${text}`;
}

function wordOf(status: PlanStatus): string {
  return status === 'unknown' ? 'status unknown' : status.replace('-', ' ');
}
