import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { stepsNamedIn, type NamedStep } from '../plan/named-steps.ts';
import { isClosed, type PlanGroupRow } from './plan-row-data.ts';
import { progress } from './plan-rows.ts';

/** Something to do above a line of a planning document (zero-based). */
export interface PlanLens {
  readonly line: number;
  readonly title: string;
  readonly tooltip: string;
  readonly command: string;
  readonly argument?: unknown;
}

/**
 * What stands above the tables and lists of tasks: how they stand, mark one, add one. Above an open task only what it
 * names and can be run.
 */
export function planLenses(
  plan: PlanAnswer,
  lineAt: (line: number) => string,
  steps: readonly NamedStep[],
): readonly PlanLens[] {
  const byGroup = Map.groupBy(plan.items, ({ group }) => group);
  const groups = plan.groups.flatMap((group) => {
    const items = byGroup.get(group) ?? [];
    return items[0] ? groupLenses(plan, items, topOf(items[0], lineAt)) : [];
  });
  const named = plan.items
    .filter(({ status }) => !isClosed(status))
    .flatMap(({ line }) => stepLenses(line, lineAt(line), steps));
  return [...groups, ...named];
}

/** Above the header of a table, and above the first entry of a list. */
function topOf({ line }: PlanItemAnswer, lineAt: (line: number) => string): number {
  const isBelowRule =
    line >= 2 && /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:-]*)+$/.test(lineAt(line - 1).trimEnd());
  return isBelowRule ? line - 2 : line;
}

function groupLenses(
  { uri }: PlanAnswer,
  items: readonly PlanItemAnswer[],
  line: number,
): readonly PlanLens[] {
  const data: PlanGroupRow = { uri, grouping: 'section', key: items[0]!.group };
  return [
    {
      line,
      title: `$(checklist) ${progress(items)}`,
      tooltip: 'Show the plan',
      command: 'penstock.showPlan',
    },
    {
      line,
      title: '$(edit) Mark…',
      tooltip: 'Write the status of one of these tasks',
      command: 'penstock.markItem',
      argument: { data },
    },
    {
      line,
      title: '$(add) Add…',
      tooltip: 'Add a task behind these',
      command: 'penstock.addTask',
      argument: { data },
    },
  ];
}

/** The steps that a line names. */
function stepLenses(line: number, text: string, steps: readonly NamedStep[]): readonly PlanLens[] {
  return stepsNamedIn(text, steps).map(({ id, folderUri, detail }) => ({
    line,
    title: `$(play) Run ${id}`,
    tooltip: detail,
    command: 'penstock.runStep',
    argument: { step: id, folderUri },
  }));
}
