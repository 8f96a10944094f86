import type { ItemReadiness } from './item-standing.ts';
import type { CheckReadiness, Evidence, PlanReadiness } from './snapshot.ts';

/**
 * `unknown` where there is nothing to judge by, or a claim that nothing bears out:
 * a platform is never called ready because somebody typed it.
 */
export type ReadinessState = 'ready' | 'not-ready' | 'unknown';

export interface Verdict {
  readonly state: ReadinessState;
  readonly verdict: string;
}

/** What checks show, for the verdict. */
export interface Shown {
  readonly checks: readonly CheckReadiness[];
  readonly items: readonly ItemReadiness[];
}

/** One sentence on where a platform stands: the gravest tasks first, then what contradicts its claim, blockers, criteria, errors and checks. */
export function findVerdict(
  plans: readonly PlanReadiness[],
  evidence: readonly Evidence[],
  { checks, items }: Shown = { checks: [], items: [] },
): Verdict {
  const reasons = [
    ...openTasks(plans),
    ...contradicted(items),
    ...otherClaims(plans),
    ...errors(evidence),
    ...failing(checks),
  ];
  if (reasons.length > 0) return { state: 'not-ready', verdict: `not ready: ${reasons.join(', ')}` };
  const open = undecided(checks);
  if (open.length > 0)
    return { state: 'unknown', verdict: `not known whether it is ready: ${open.join(', ')}` };
  if (plans.length + evidence.length === 0) {
    return { state: 'unknown', verdict: 'nothing to judge: no planning document and no configuration found' };
  }
  const valid = `configuration valid in ${counted(evidence.length, 'project')}`;
  const total = sum(plans, (plan) => plan.total);
  if (total === 0)
    return {
      state: 'unknown',
      verdict: `no planned tasks found, ${evidence.length === 0 ? 'and nothing to check' : valid}`,
    };
  const tasks = `${counted(total, 'task')} done or skipped`;
  if (evidence.length === 0)
    return { state: 'unknown', verdict: `claimed only: ${tasks}, and nothing found that could show it` };
  return { state: 'ready', verdict: `ready as far as can be seen: ${tasks}, ${valid}` };
}

/** The gravest open priority is named; where no priority is grave, all open tasks are. */
function openTasks(plans: readonly PlanReadiness[]): readonly string[] {
  const open = plans.flatMap((plan) => plan.open);
  const gravest = open.filter(({ priority }) => isGrave(priority));
  if (gravest.length === 0) {
    const all = sum(open, ({ count }) => count);
    return all === 0 ? [] : [`${counted(all, 'task')} open`];
  }
  const names = [...new Set(gravest.map(({ priority }) => (priority.startsWith('P0') ? 'P0' : priority)))];
  return names.map((name) => {
    const those = gravest.filter(
      ({ priority }) => priority === name || (name === 'P0' && priority.startsWith('P0')),
    );
    return `${sum(those, ({ count }) => count)} ${name} ${sum(those, ({ count }) => count) === 1 ? 'task' : 'tasks'} open`;
  });
}

function isGrave(priority: string): boolean {
  return /^(?:P0(?:\.\d+)?|critical|highest|blocker|urgent)$/i.test(priority);
}

function otherClaims(plans: readonly PlanReadiness[]): readonly string[] {
  const blockers = sum(plans, (plan) => plan.blockers);
  const criteria = sum(plans, (plan) => plan.criteria.open);
  return [
    ...(blockers === 0 ? [] : [counted(blockers, 'blocker')]),
    ...(criteria === 0 ? [] : [`${criteria} ${criteria === 1 ? 'criterion' : 'criteria'} open`]),
  ];
}

function errors(evidence: readonly Evidence[]): readonly string[] {
  const bySystem = new Map<string, number>();
  for (const { title, errors: count } of evidence)
    if (count > 0) bySystem.set(title, (bySystem.get(title) ?? 0) + count);
  return [...bySystem].map(([title, count]) => `${counted(count, 'error')} in ${title}`);
}

function contradicted(items: readonly ItemReadiness[]): readonly string[] {
  const count = items.filter(({ standing }) => standing === 'ticked-but-failing').length;
  return count === 0 ? [] : [`${count} ticked but failing`];
}

/** Errors of configuration are told by system. */
function failing(checks: readonly CheckReadiness[]): readonly string[] {
  const count = checks.filter(({ state, kind }) => state === 'failed' && kind !== 'valid').length;
  return count === 0 ? [] : [`${counted(count, 'check')} failed`];
}

/** What somebody asks for and nobody knows; what is proved without asking may well never have been made here. */
function undecided(checks: readonly CheckReadiness[]): readonly string[] {
  const asked = checks.filter(({ location }) => location);
  const stale = asked.filter(({ state }) => state === 'stale').length;
  const unknown = asked.filter(({ state }) => state === 'unknown').length;
  return [
    ...(stale === 0 ? [] : [`${counted(stale, 'check')} stale`]),
    ...(unknown === 0 ? [] : [`${counted(unknown, 'check')} not known`]),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0);
}
