import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';
import { statusLooks, type PlanRowData } from './plan-row-data.ts';
import { escapeMarkdown } from '../../../server/src/core/markdown-text.ts';
import { count, type Row } from './row.ts';

/** What a planning document says beside its tasks: readiness, criteria, blockers, risks. */
export function noteRows(plan: PlanAnswer): readonly Row<PlanRowData>[] {
  return [...readinessRows(plan), ...criteriaRows(plan), ...blockerRows(plan), ...riskRows(plan)];
}

function readinessRows(plan: PlanAnswer): readonly Row<PlanRowData>[] {
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

function criteriaRows(plan: PlanAnswer): readonly Row<PlanRowData>[] {
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
      context: each.done ? 'planCriterionMet' : 'planCriterionOpen',
      data: {
        uri: plan.uri,
        criterion: each.text,
        nth: plan.criteria.filter(({ text }) => text === each.text).indexOf(each),
        done: each.done,
      },
      tooltip: `${escapeMarkdown(each.text)}\n\n${each.done ? 'Met' : 'Open'}`,
      spoken: `${each.text}, ${each.done ? 'met' : 'open'}`,
    }),
  );
}

function blockerRows(plan: PlanAnswer): readonly Row<PlanRowData>[] {
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

function riskRows(plan: PlanAnswer): readonly Row<PlanRowData>[] {
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
  toRow: (note: Note) => Omit<Row<PlanRowData>, 'id' | 'open'>,
): readonly Row<PlanRowData>[] {
  if (notes.length === 0) return [];
  const children = notes.map((note, index): Row<PlanRowData> => ({
    context: 'planNote',
    ...toRow(note),
    id: `${plan.uri}#${key}#${index}`,
    open: { kind: 'file', uri: plan.uri, line: note.line },
  }));
  return [
    { id: `${plan.uri}#${key}`, label, description, icon: { id: icon }, context: 'planNotes', children },
  ];
}
