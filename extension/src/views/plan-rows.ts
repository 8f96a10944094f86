import type { PlanStatus } from '../../../server/src/core/plan.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { count, escapeMarkdown, type Row, type RowIcon } from './row.ts';

export type PlanGrouping = 'section' | 'priority' | 'status';

/** The task a row stands for, for commands. */
export interface PlanTask {
  readonly uri: string;
  readonly item: PlanItemAnswer;
}

interface StatusLook {
  readonly label: string;
  readonly icon: RowIcon;
}

/** In the order in which groups by status stand. */
export const statusLooks: Readonly<Record<PlanStatus, StatusLook>> = {
  'in-progress': { label: 'In Progress', icon: { id: 'play-circle', color: 'charts.blue' } },
  blocked: { label: 'Blocked', icon: { id: 'error', color: 'charts.red' } },
  planned: { label: 'Planned', icon: { id: 'circle-large-outline' } },
  done: { label: 'Done', icon: { id: 'pass-filled', color: 'charts.green' } },
  skipped: { label: 'Skipped', icon: { id: 'circle-slash', color: 'disabledForeground' } },
  unknown: { label: 'Unknown Status', icon: { id: 'question', color: 'charts.yellow' } },
};

const statusOrder = Object.keys(statusLooks) as readonly PlanStatus[];

/** Done or left out on purpose: nothing is to do any more. */
export function isClosed(status: PlanStatus): boolean {
  return status === 'done' || status === 'skipped';
}

/** The Plan view: one root per document where there are several. */
export function planRows(plans: readonly PlanAnswer[], grouping: PlanGrouping): readonly Row<PlanTask>[] {
  const [only, ...others] = plans;
  if (only === undefined) return [];
  if (others.length === 0) return documentRows(only, grouping);
  return plans.map((plan) => ({
    id: plan.uri,
    label: plan.title || fileName(plan.uri),
    description: progress(plan.items),
    icon: { id: 'markdown' },
    context: 'planDocument',
    open: { kind: 'file', uri: plan.uri },
    expanded: true,
    children: documentRows(plan, grouping),
  }));
}

/** One line about all plans, for the view's title. */
export function planSummary(plans: readonly PlanAnswer[], grouping: PlanGrouping): string {
  return plans.length === 0 ? '' : `${progress(plans.flatMap((plan) => plan.items))} · by ${grouping}`;
}

/** `2 of 6 done · 1 blocked`. */
function progress(items: readonly PlanItemAnswer[]): string {
  const having = (status: PlanStatus): number => items.filter((item) => item.status === status).length;
  const parts = [`${having('done')} of ${items.length} done`];
  if (having('in-progress') > 0) parts.push(`${having('in-progress')} in progress`);
  if (having('blocked') > 0) parts.push(`${having('blocked')} blocked`);
  return parts.join(' · ');
}

function documentRows(plan: PlanAnswer, grouping: PlanGrouping): readonly Row<PlanTask>[] {
  const groups = groupItems(plan, grouping).map(([key, label, items]) =>
    groupRow(plan, `${grouping}:${key}`, label, items),
  );
  return [...groups, ...readinessRows(plan), ...criteriaRows(plan), ...blockerRows(plan), ...riskRows(plan)];
}

type ItemGroup = readonly [key: string, label: string, items: readonly PlanItemAnswer[]];

function groupItems(plan: PlanAnswer, grouping: PlanGrouping): readonly ItemGroup[] {
  if (grouping === 'section')
    return split(
      plan,
      plan.groups,
      (item) => item.group,
      (key) => key,
    );
  if (grouping === 'status')
    return split(
      plan,
      statusOrder,
      (item) => item.status,
      (key) => statusLooks[key].label,
    );
  const priorities = [...new Set(plan.items.map((item) => item.priority ?? ''))].sort(
    (a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'en', { numeric: true }),
  );
  return split(
    plan,
    priorities,
    (item) => item.priority ?? '',
    (key) => key || 'No Priority',
  );
}

function split<Key extends string>(
  plan: PlanAnswer,
  keys: readonly Key[],
  keyOf: (item: PlanItemAnswer) => Key,
  labelOf: (key: Key) => string,
): readonly ItemGroup[] {
  return keys
    .map((key) => [key, labelOf(key), plan.items.filter((item) => keyOf(item) === key)] as const)
    .filter(([, , items]) => items.length > 0);
}

function groupRow(
  plan: PlanAnswer,
  key: string,
  label: string,
  items: readonly PlanItemAnswer[],
): Row<PlanTask> {
  return {
    id: `${plan.uri}#${key}`,
    label,
    description: progress(items),
    tooltip: `**${escapeMarkdown(label)}**\n\n${progress(items)}`,
    context: 'planGroup',
    expanded: items.some((item) => !isClosed(item.status)),
    children: items.map((item) => itemRow(plan, key, item)),
  };
}

function itemRow(plan: PlanAnswer, group: string, item: PlanItemAnswer): Row<PlanTask> {
  const look = statusLooks[item.status];
  const description = [item.priority, item.effort].filter((part) => part !== undefined).join(' · ');
  return {
    id: `${plan.uri}#${group}#${item.id}`,
    label: item.title,
    description,
    tooltip: itemTooltip(plan, item),
    icon: look.icon,
    context: 'planItem',
    open: { kind: 'file', uri: plan.uri, line: item.line },
    spoken: [item.title, look.label, description].filter((part) => part !== '').join(', '),
    data: { uri: plan.uri, item },
  };
}

function itemTooltip(plan: PlanAnswer, item: PlanItemAnswer): string {
  const facts: (readonly [string, string | undefined])[] = [
    ['Status', item.statusText || statusLooks[item.status].label],
    ['Priority', item.priority],
    ['Effort', item.effort],
    ['Depends on', item.dependencies.join('; ') || undefined],
    ['Section', item.group],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`- ${name}: ${escapeMarkdown(value)}`],
  );
  return `**${escapeMarkdown(item.title)}**\n\n${lines.join('\n')}\n\n${placeLink(plan.uri, item.line)}`;
}

function placeLink(uri: string, line: number): string {
  return `[${escapeMarkdown(fileName(uri))}, line ${line + 1}](${uri.replaceAll('(', '%28').replaceAll(')', '%29')}#L${line + 1})`;
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}

function readinessRows(plan: PlanAnswer): readonly Row<PlanTask>[] {
  const claimed =
    plan.claimedOverall === undefined
      ? count(plan.readiness.length, 'category', 'categories')
      : `${plan.claimedOverall} % claimed`;
  return noteGroup(plan, 'readiness', 'Readiness', claimed, 'dashboard', plan.readiness, (each) => ({
    label: each.category,
    description: `${each.claimed} % claimed${each.next ? ` · next: ${each.next}` : ''}`,
    icon: statusLooks[each.status].icon,
    tooltip: `**${escapeMarkdown(each.category)}**\n\n- Claimed: ${each.claimed} %\n- Status: ${escapeMarkdown(each.statusText || statusLooks[each.status].label)}${
      each.next ? `\n- Next: ${escapeMarkdown(each.next)}` : ''
    }\n\nThis is what the document says, not what was checked.`,
    spoken: `${each.category}, ${each.claimed} percent claimed, ${statusLooks[each.status].label}`,
  }));
}

function criteriaRows(plan: PlanAnswer): readonly Row<PlanTask>[] {
  const met = plan.criteria.filter((each) => each.done).length;
  return noteGroup(
    plan,
    'criteria',
    'Criteria',
    `${met} of ${plan.criteria.length} met`,
    'checklist',
    plan.criteria,
    (each) => ({
      label: each.text,
      icon: statusLooks[each.done ? 'done' : 'planned'].icon,
      tooltip: `${escapeMarkdown(each.text)}\n\n${each.done ? 'Met' : 'Open'}`,
      spoken: `${each.text}, ${each.done ? 'met' : 'open'}`,
    }),
  );
}

function blockerRows(plan: PlanAnswer): readonly Row<PlanTask>[] {
  return noteGroup(
    plan,
    'blockers',
    'Blockers',
    String(plan.blockers.length),
    'error',
    plan.blockers,
    (each) => ({
      label: each.text,
      icon: statusLooks.blocked.icon,
      tooltip: escapeMarkdown(each.text),
      spoken: `${each.text}, blocker`,
    }),
  );
}

function riskRows(plan: PlanAnswer): readonly Row<PlanTask>[] {
  return noteGroup(plan, 'risks', 'Risks', String(plan.risks.length), 'warning', plan.risks, (each) => {
    const facts: (readonly [string, string | undefined])[] = [
      ['Impact', each.impact],
      ['Probability', each.probability],
      ['Mitigation', each.mitigation],
    ];
    const known = facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
    return {
      label: each.text,
      description: known
        .filter(({ name }) => name !== 'Mitigation')
        .map(({ name, value }) => `${name} ${value}`)
        .join(' · '),
      icon: { id: 'warning', color: 'charts.yellow' },
      tooltip: `**${escapeMarkdown(each.text)}**\n\n${known.map(({ name, value }) => `- ${name}: ${escapeMarkdown(value)}`).join('\n')}`,
      spoken: `${each.text}, risk`,
    };
  });
}

function noteGroup<Note extends { readonly line: number }>(
  plan: PlanAnswer,
  key: string,
  label: string,
  description: string,
  icon: string,
  notes: readonly Note[],
  toRow: (note: Note) => Omit<Row<PlanTask>, 'id' | 'open'>,
): readonly Row<PlanTask>[] {
  if (notes.length === 0) return [];
  const children = notes.map((note, index): Row<PlanTask> => ({
    ...toRow(note),
    id: `${plan.uri}#${key}#${index}`,
    context: 'planNote',
    open: { kind: 'file', uri: plan.uri, line: note.line },
  }));
  return [
    { id: `${plan.uri}#${key}`, label, description, icon: { id: icon }, context: 'planNotes', children },
  ];
}
