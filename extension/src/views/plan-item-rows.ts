import type { CheckAnswer, WaiverAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { ItemRef, PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { stepsOfTask, type NamedStep } from '../plan/named-steps.ts';
import { checkLooks } from '../readiness/check-looks.ts';
import { momentOf } from '../readiness/days.ts';
import {
  isClosed,
  statusLooks,
  type PlanEvidence,
  type PlanRowData,
  type TaskEvidence,
} from './plan-row-data.ts';
import { dueText } from '../../../server/src/core/plan-date.ts';
import { escapeMarkdown, messageMarkdown } from '../../../server/src/core/markdown-text.ts';
import { count, fileName, type OpenTarget, type Row, type RowMark } from './row.ts';

/** Where another task stands (zero-based line). */
export type LineOf = (item: ItemRef) => number | undefined;

interface ItemsShown {
  readonly evidence: PlanEvidence;
  readonly steps: readonly NamedStep[];
  readonly lineOf: LineOf;
}

/** A task with what it waits for and what checks show of it below. */
export function itemRow(
  plan: PlanAnswer,
  { group, item }: { readonly group: string; readonly item: PlanItemAnswer },
  { evidence, steps, lineOf }: ItemsShown,
): Row<PlanRowData> {
  const look = statusLooks[item.status];
  const shown = evidence.of(plan.uri, item.id);
  const id = `${plan.uri}#${group}#${item.id}`;
  const note = noteOf(item, shown);
  const isRunnable = stepsOfTask(item, shown, steps).length > 0;
  // A narrow view cuts the end off: what evidence says comes first.
  const description = [
    ...(note?.isEvidence ? [note.text] : []),
    ...[item.priority, item.effort, item.owner, dueOf(item)].filter((part) => part !== undefined),
    ...(note && !note.isEvidence ? [note.text] : []),
  ].join(' · ');
  const children = [...waitingRows(id, item, lineOf), ...checkRows(id, plan.uri, shown)];
  return {
    id,
    label: item.title,
    description,
    // Made when somebody points at the row: a plan has thousands of rows, and each letter makes all of them anew.
    get tooltip() {
      return tooltipOf(plan, item, shown);
    },
    icon: look.icon,
    context: `planItem${shown && shown.checks.length > 0 ? 'Checked' : ''}${isRunnable ? 'Runnable' : ''}`,
    open: { kind: 'file', uri: plan.uri, line: item.line },
    spoken: [item.title, look.label, description].filter((part) => part !== '').join(', '),
    data: { uri: plan.uri, item },
    ...(note ? { mark: note.mark } : {}),
    ...(children.length === 0 ? {} : { children }),
  };
}

function dueOf({ due, status }: PlanItemAnswer): string | undefined {
  return due === undefined || isClosed(status) ? undefined : dueText(due, Date.now());
}

interface TaskNote {
  readonly text: string;
  readonly mark: RowMark;
  readonly isEvidence: boolean;
}

/** What stands out of a task, in a word: it is ticked but failing, it can begin. */
function noteOf(
  { ready, blockedBy = [] }: PlanItemAnswer,
  shown: TaskEvidence | undefined,
): TaskNote | undefined {
  const note = (text: string, letter: string, color: string, isEvidence = true): TaskNote => ({
    text,
    mark: { text, letter, color },
    isEvidence,
  });
  if (shown?.standing === 'ticked-but-failing')
    return note('ticked but failing', '!', 'list.errorForeground');
  if (shown?.state === 'failed') return note('failing', '!', 'list.warningForeground');
  if (shown?.standing === 'open-but-proven') return note('open but proven', '✓', 'charts.green');
  const [first, ...more] = blockedBy;
  if (first !== undefined) {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return note(`waits for ${first.title}${others}`, 'W', 'descriptionForeground', false);
  }
  return ready ? note('ready', 'R', 'charts.blue', false) : undefined;
}

function waitingRows(
  id: string,
  { blockedBy = [] }: PlanItemAnswer,
  lineOf: LineOf,
): readonly Row<PlanRowData>[] {
  return blockedBy.map((other, at) => ({
    id: `${id}#waits#${at}`,
    label: other.title,
    description: 'is open',
    icon: { id: 'watch' },
    get tooltip() {
      return `This task waits for **${escapeMarkdown(other.title)}**`;
    },
    context: 'planDependency',
    get open() {
      const line = lineOf(other);
      return { kind: 'file', uri: other.uri, ...(line === undefined ? {} : { line }) } as const;
    },
    spoken: `waits for ${other.title}, which is open`,
  }));
}

function checkRows(id: string, uri: string, shown: TaskEvidence | undefined): readonly Row<PlanRowData>[] {
  return (shown?.checks ?? []).map((check) => {
    const { icon, color, word } = checkLooks[check.state];
    const { uri: asked, range, whereUri } = check;
    const open: OpenTarget | undefined =
      asked !== undefined
        ? { kind: 'file', uri: asked, ...(range ? { line: range.start.line } : {}) }
        : whereUri === undefined
          ? undefined
          : { kind: 'file', uri: whereUri };
    return {
      id: `${id}#check#${check.id}`,
      label: check.title,
      description: `${word.toLowerCase()} · ${check.seen}`,
      icon: color === undefined ? { id: icon } : { id: icon, color },
      tooltip: checkTooltip(check),
      context: checkContexts[check.state] ?? 'planCheck',
      data: { uri, check: check.id },
      spoken: `check ${check.title}, ${check.state}, ${check.seen}`,
      ...(open ? { open } : {}),
    };
  });
}

/** What can be done with a check: what has passed needs no waiver, and what is waived is waived. */
const checkContexts: Partial<Record<CheckAnswer['state'], string>> = {
  passed: 'planCheckPassed',
  'not-applicable': 'planCheckPassed',
  waived: 'planCheckWaived',
};

function checkTooltip(check: CheckAnswer): string {
  const { title, state, expected, seen, where, whereUri, sinceMs, checkedMs, next, waiver } = check;
  const at = sinceMs ?? checkedMs;
  const facts: readonly Fact[] = [
    ['State', escapeMarkdown(checkLooks[state].word.toLowerCase())],
    ['Expected', messageMarkdown(expected)],
    ['Seen', messageMarkdown(seen)],
    [
      'Where',
      where === undefined || whereUri === undefined ? where && escapeMarkdown(where) : link(where, whereUri),
    ],
    ['When', at === undefined ? undefined : momentOf(new Date(at))],
    ['Waived', waiver && waiverText(waiver)],
    ['Next', waiver || next === undefined ? undefined : messageMarkdown(next)],
  ];
  return `**${messageMarkdown(title)}**\n\n${listOf(facts)}`;
}

function waiverText({ reason, by, until, uri, range }: WaiverAnswer): string {
  const who = by === undefined ? '' : ` by ${escapeMarkdown(by)}`;
  const day = until === undefined ? '' : ` until ${until}`;
  return `${link(reason, `${uri}#L${range.start.line + 1}`)}${who}${day}`;
}

function tooltipOf(plan: PlanAnswer, item: PlanItemAnswer, shown: TaskEvidence | undefined): string {
  const said = (text: string | undefined): string | undefined => text && escapeMarkdown(text);
  const facts: readonly Fact[] = [
    ['Status', said(item.statusText || statusLooks[item.status].label)],
    ['Priority', said(item.priority)],
    ['Effort', said(item.effort)],
    ['Owner', said(item.owner)],
    ['Due', said(item.due)],
    ['Depends on', said(item.dependencies.join('; '))],
    ['Waits for', said(item.blockedBy?.map(({ title }) => title).join('; '))],
    ['Section', said(item.group)],
    ['Evidence', said(evidenceIn(shown))],
    ['Next', nextAction(item, shown)],
  ];
  const place = link(`${fileName(plan.uri)}, line ${item.line + 1}`, `${plan.uri}#L${item.line + 1}`);
  return `**${escapeMarkdown(item.title)}**\n\n${listOf(facts)}\n\n${place}`;
}

function evidenceIn(shown: TaskEvidence | undefined): string | undefined {
  if (!shown || shown.checks.length === 0) return undefined;
  const passed = shown.checks.filter(({ state }) => state === 'passed').length;
  const verdict =
    shown.standing === 'agrees' || shown.standing === 'claimed'
      ? ''
      : `${shown.standing.replaceAll('-', ' ')}; `;
  return `${verdict}${passed} of ${count(shown.checks.length, 'check')} passed`;
}

/** Markdown. */
function nextAction(item: PlanItemAnswer, shown: TaskEvidence | undefined): string | undefined {
  const failing = shown?.checks.find(({ state, next }) => state !== 'passed' && next !== undefined);
  if (failing?.next !== undefined) return messageMarkdown(failing.next);
  if (shown?.standing === 'open-but-proven') return 'its checks pass: mark it done';
  if (item.ready) return 'everything it waits for is there: begin';
  return undefined;
}

/** A name and Markdown; what is empty is left out. */
type Fact = readonly [name: string, text: string | undefined];

function listOf(facts: readonly Fact[]): string {
  return facts.flatMap(([name, text]) => (text ? [`- ${name}: ${text}`] : [])).join('\n');
}

function link(text: string, uri: string): string {
  return `[${escapeMarkdown(text)}](${uri.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
