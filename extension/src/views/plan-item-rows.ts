import type { CheckAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { ItemRef, PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { checkLooks } from '../readiness/check-looks.ts';
import { statusLooks, type PlanEvidence, type PlanRowData, type TaskEvidence } from './plan-row-data.ts';
import { escapeMarkdown, fileName, type Row, type RowMark } from './row.ts';

/** Where another task stands (zero-based line). */
export type LineOf = (item: ItemRef) => number | undefined;

/** A task with what it waits for and what checks show of it below. */
export function itemRow(
  plan: PlanAnswer,
  { group, item }: { readonly group: string; readonly item: PlanItemAnswer },
  { evidence, lineOf }: { readonly evidence: PlanEvidence; readonly lineOf: LineOf },
): Row<PlanRowData> {
  const look = statusLooks[item.status];
  const shown = evidence.of(plan.uri, item.id);
  const id = `${plan.uri}#${group}#${item.id}`;
  const note = noteOf(item, shown);
  const description = [item.priority, item.effort, item.owner, note?.text]
    .filter((part) => part !== undefined)
    .join(' · ');
  const children = [...waitingRows(id, item, lineOf), ...checkRows(id, plan.uri, shown)];
  return {
    id,
    label: item.title,
    description,
    tooltip: tooltipOf(plan, item, shown),
    icon: look.icon,
    context: shown && shown.checks.length > 0 ? 'planItemChecked' : 'planItem',
    open: { kind: 'file', uri: plan.uri, line: item.line },
    spoken: [item.title, look.label, description].filter((part) => part !== '').join(', '),
    data: { uri: plan.uri, item },
    ...(note ? { mark: note } : {}),
    ...(children.length === 0 ? {} : { children }),
  };
}

/** What stands out of a task, in a word: it is ticked but failing, it can begin. */
function noteOf(
  { ready, blockedBy = [] }: PlanItemAnswer,
  shown: TaskEvidence | undefined,
): RowMark | undefined {
  if (shown?.standing === 'ticked-but-failing')
    return { text: 'ticked but failing', letter: '!', color: 'list.errorForeground' };
  if (shown?.state === 'failed') return { text: 'failing', letter: '!', color: 'list.warningForeground' };
  if (shown?.standing === 'open-but-proven')
    return { text: 'open but proven', letter: '✓', color: 'charts.green' };
  const [first, ...more] = blockedBy;
  if (first !== undefined)
    return {
      text: `waits for ${first.title}${more.length === 0 ? '' : ` and ${more.length} more`}`,
      letter: 'W',
      color: 'disabledForeground',
    };
  if (ready) return { text: 'ready', letter: 'R', color: 'charts.blue' };
  return undefined;
}

function waitingRows(
  id: string,
  { blockedBy = [] }: PlanItemAnswer,
  lineOf: LineOf,
): readonly Row<PlanRowData>[] {
  return blockedBy.map((other, at) => {
    const line = lineOf(other);
    return {
      id: `${id}#waits#${at}`,
      label: other.title,
      description: 'is open',
      icon: { id: 'watch' },
      tooltip: `This task waits for **${escapeMarkdown(other.title)}**`,
      context: 'planDependency',
      open: { kind: 'file', uri: other.uri, ...(line === undefined ? {} : { line }) },
      spoken: `waits for ${other.title}, which is open`,
    };
  });
}

function checkRows(id: string, uri: string, shown: TaskEvidence | undefined): readonly Row<PlanRowData>[] {
  return (shown?.checks ?? []).map((check) => {
    const { icon, color, word } = checkLooks[check.state];
    const target = check.whereUri ?? check.uri;
    return {
      id: `${id}#check#${check.id}`,
      label: check.title,
      description: `${word.toLowerCase()} · ${check.seen}`,
      icon: color === undefined ? { id: icon } : { id: icon, color },
      tooltip: checkTooltip(check),
      context: 'planCheck',
      data: { uri, check: check.id },
      spoken: `check ${check.title}, ${check.state}, ${check.seen}`,
      ...(target === undefined ? {} : { open: { kind: 'file', uri: target } as const }),
    };
  });
}

function checkTooltip({ title, state, expected, seen, where, next }: CheckAnswer): string {
  const facts: (readonly [string, string | undefined])[] = [
    ['State', state],
    ['Expected', expected],
    ['Seen', seen],
    ['Where', where],
    ['Next', next],
  ];
  return `**${escapeMarkdown(title)}**\n\n${listOf(facts)}`;
}

function tooltipOf(plan: PlanAnswer, item: PlanItemAnswer, shown: TaskEvidence | undefined): string {
  const facts: (readonly [string, string | undefined])[] = [
    ['Status', item.statusText || statusLooks[item.status].label],
    ['Priority', item.priority],
    ['Effort', item.effort],
    ['Owner', item.owner],
    ['Due', item.due],
    ['Depends on', item.dependencies.join('; ') || undefined],
    ['Waits for', item.blockedBy?.map(({ title }) => title).join('; ') || undefined],
    ['Section', item.group],
    ['Evidence', evidenceIn(shown)],
    ['Next', nextAction(item, shown)],
  ];
  return `**${escapeMarkdown(item.title)}**\n\n${listOf(facts)}\n\n${placeLink(plan.uri, item.line)}`;
}

function evidenceIn(shown: TaskEvidence | undefined): string | undefined {
  if (!shown || shown.checks.length === 0) return undefined;
  const passed = shown.checks.filter(({ state }) => state === 'passed').length;
  const verdict =
    shown.standing === 'agrees' || shown.standing === 'claimed'
      ? ''
      : `${shown.standing.replaceAll('-', ' ')}; `;
  return `${verdict}${passed} of ${shown.checks.length} checks passed`;
}

function nextAction(item: PlanItemAnswer, shown: TaskEvidence | undefined): string | undefined {
  const failing = shown?.checks.find(({ state, next }) => state !== 'passed' && next !== undefined);
  if (failing?.next !== undefined) return failing.next;
  if (shown?.standing === 'open-but-proven') return 'its checks pass: mark it done';
  if (item.ready) return 'everything it waits for is there: begin';
  return undefined;
}

function listOf(facts: readonly (readonly [string, string | undefined])[]): string {
  return facts
    .flatMap(([name, value]) => (value === undefined ? [] : [`- ${name}: ${escapeMarkdown(value)}`]))
    .join('\n');
}

function placeLink(uri: string, line: number): string {
  return `[${escapeMarkdown(fileName(uri))}, line ${line + 1}](${uri.replaceAll('(', '%28').replaceAll(')', '%29')}#L${line + 1})`;
}
