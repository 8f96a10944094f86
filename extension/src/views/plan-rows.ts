import type { PlanStatus } from '../../../server/src/core/plan.ts';
import type { ItemRef, PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import type { NamedStep } from '../plan/named-steps.ts';
import { itemRow, type LineOf } from './plan-item-rows.ts';
import { noteRows } from './plan-note-rows.ts';
import { noEvidence, isClosed, statusLooks, statusOrder } from './plan-row-data.ts';
import type { PlanEvidence, PlanGrouping, PlanRowData } from './plan-row-data.ts';
import { escapeMarkdown } from '../../../server/src/core/markdown-text.ts';
import { fileName, type Row } from './row.ts';

/** What is shown of the plans, and how. */
export interface PlanShown {
  readonly grouping: PlanGrouping;
  /** Only tasks that it takes are shown; all where absent, with what documents say besides. */
  readonly filter?: (uri: string, item: PlanItemAnswer) => boolean;
  readonly evidence?: PlanEvidence;
  /** What can be run here, which tasks may be about. */
  readonly steps?: readonly NamedStep[];
}

/** The Plan view: one root per document where there are several. */
export function planRows(plans: readonly PlanAnswer[], shown: PlanShown): readonly Row<PlanRowData>[] {
  const { filter } = shown;
  const full = filter ? plans.filter(({ uri, items }) => items.some((item) => filter(uri, item))) : plans;
  const [only, ...others] = full;
  if (only === undefined) return [];
  let lines: ReadonlyMap<string, number> | undefined;
  const lineOf = ({ uri, id }: ItemRef): number | undefined => {
    lines ??= linesOf(plans);
    return lines.get(`${uri}#${id}`);
  };
  const all = { ...shown, lineOf };
  if (others.length === 0) return documentRows(only, all);
  return full.map((plan) => ({
    id: plan.uri,
    label: plan.title || fileName(plan.uri),
    description: progress(plan.items),
    icon: { id: 'markdown' },
    context: 'planDocument',
    open: { kind: 'file', uri: plan.uri },
    expanded: true,
    children: documentRows(plan, all),
  }));
}

function linesOf(plans: readonly PlanAnswer[]): ReadonlyMap<string, number> {
  return new Map(plans.flatMap(({ uri, items }) => items.map(({ id, line }) => [`${uri}#${id}`, line])));
}

/** One line about all plans, for the view's title. */
export function planSummary(plans: readonly PlanAnswer[], grouping: PlanGrouping): string {
  return plans.length === 0 ? '' : `${progress(plans.flatMap((plan) => plan.items))} · by ${grouping}`;
}

/** `2 of 6 done · 1 blocked`. */
export function progress(items: readonly Pick<PlanItemAnswer, 'status'>[]): string {
  const having = (status: PlanStatus): number => items.filter((item) => item.status === status).length;
  const parts = [`${having('done')} of ${items.length} done`];
  if (having('in-progress') > 0) parts.push(`${having('in-progress')} in progress`);
  if (having('blocked') > 0) parts.push(`${having('blocked')} blocked`);
  return parts.join(' · ');
}

type Shown = PlanShown & { readonly lineOf: LineOf };

function documentRows(plan: PlanAnswer, shown: Shown): readonly Row<PlanRowData>[] {
  const groups = groupItems(plan, shown.grouping).flatMap(([key, label, items]) =>
    groupRow(plan, { key, label, items }, shown),
  );
  return shown.filter ? groups : [...groups, ...noteRows(plan)];
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
  const groups = Map.groupBy(plan.items, keyOf);
  return keys.flatMap((key) => {
    const items = groups.get(key);
    return items ? [[key, labelOf(key), items] as const] : [];
  });
}

/** Of a plan with more tasks only what somebody opens is drawn: an editor draws thousands of rows for seconds. */
const mostOpen = 500;

function isOpen({ status }: PlanItemAnswer): boolean {
  return !isClosed(status);
}

interface Group {
  readonly key: string;
  readonly label: string;
  readonly items: readonly PlanItemAnswer[];
}

/** Counts are of all its tasks, also of those that a filter hides. */
function groupRow(
  plan: PlanAnswer,
  { key, label, items }: Group,
  { grouping, filter, evidence = noEvidence, steps = [], lineOf }: Shown,
): readonly Row<PlanRowData>[] {
  const seen = filter ? items.filter((item) => filter(plan.uri, item)) : items;
  if (seen.length === 0) return [];
  const group = `${grouping}:${key}`;
  let rows: readonly Row<PlanRowData>[] | undefined;
  return [
    {
      id: `${plan.uri}#${group}`,
      label,
      description: progress(items),
      tooltip: `**${escapeMarkdown(label)}**\n\n${progress(items)}`,
      context: 'planGroup',
      expanded: filter !== undefined || (plan.items.length <= mostOpen && items.some(isOpen)),
      // Made when somebody looks into the group: an editor does so group by group, and others have a turn in between.
      get children() {
        return (rows ??= seen.map((item) => itemRow(plan, { group, item }, { evidence, steps, lineOf })));
      },
      data: { uri: plan.uri, grouping, key },
    },
  ];
}
