import type { PlanItem, PlanStatus } from '../../core/plan.ts';

const statusNames: Readonly<Record<PlanStatus, string>> = {
  planned: 'planned',
  'in-progress': 'in progress',
  done: 'done',
  blocked: 'blocked',
  skipped: 'skipped',
  unknown: 'status unknown',
};

/** A status in words, for a sentence. */
export function statusName(status: PlanStatus): string {
  return statusNames[status];
}

/** `P0 · in progress`. */
export function describeInShort({ priority, status }: PlanItem): string {
  return [priority, statusNames[status]].filter((part) => part !== undefined).join(' · ');
}

/** The same with its effort, whose it is, until when, and when it was finished, as Markdown. */
export function describeWork(item: PlanItem): string {
  const { effort, owner, due, finished } = item;
  const facts = [
    describeInShort(item),
    effort === undefined ? undefined : `effort ${effort}`,
    owner,
    due === undefined ? undefined : `due ${due}`,
    finished === undefined ? undefined : `finished ${finished}`,
  ];
  return facts
    .filter((part) => part !== undefined)
    .map(escape)
    .join(' · ');
}

/** What is said of an item where it is named, as Markdown. */
export function describeItem(item: PlanItem): string {
  const lines = [describeWork(item)];
  if (item.dependencies.length > 0) lines.push(`Depends on ${item.dependencies.map(escape).join(', ')}`);
  return lines.join('\n\n');
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&');
}
