import type { PlanEdit, PlanPlace } from '../core/plan-edit.ts';
import { categoryKey, overallOf, type Plan } from '../core/plan.ts';
import type { PlanDocuments, OpenPlan } from './plan-documents.ts';
import {
  categoryOf,
  changesOf,
  dayOf,
  newItem,
  percentOf,
  WrongArgument,
  type PlanEditArgs,
  type PlanEditOptions,
} from './plan-edit-args.ts';
import { findCriterion, findGroup, findItem } from './plan-find.ts';

/** What is to be done to one document, and the other one (URI path) that it takes or gives to. */
export interface PlanChange {
  readonly path: string;
  readonly edits: readonly PlanEdit[];
  readonly other?: string;
}

export interface PlanState {
  readonly documents: PlanDocuments;
  /** The documents in which things are looked for. */
  readonly open: readonly OpenPlan[];
  readonly now: Date;
  /** By the keys of categories the percentage that is proven, where that is asked for. */
  readonly proven?: ReadonlyMap<string, number>;
}

/** What the arguments mean in the documents as they are now. Throws `WrongArgument` where they mean nothing. */
export function changesIn(args: PlanEditArgs, state: PlanState): readonly PlanChange[] {
  const { verb, names, options } = args;
  const [extra] = verb === 'touch' || verb === 'figures' ? names : [];
  if (extra !== undefined)
    throw new WrongArgument(`this is about the whole document, and not about \`${extra}\`; --file names one`);
  switch (verb) {
    case 'set': {
      if (changesOf('', options).length === 0)
        throw new WrongArgument('say what to set: --status, --priority or --effort');
      return each(names, 'task', (name) => onItem(name, state, (item) => changesOf(item, options)));
    }
    case 'tick':
    case 'untick':
      return each(names, 'task or criterion', (name) => tick(name, verb === 'tick', state));
    case 'remove':
      return each(names, 'task', (name) => onItem(name, state, (item) => [{ kind: 'remove', item }]));
    case 'add':
      return [add(names, options, state)];
    case 'move':
      return each(names, 'task', (name) => move(name, options, state));
    case 'complete':
      return each(names, 'task', (name) => complete(name, options, state));
    case 'touch':
      return [{ path: only(state).path, edits: [{ kind: 'updated', date: dayOf(options.date, state.now) }] }];
    case 'figures':
      return [figures(options, state)];
  }
}

function each<Change>(
  names: readonly string[],
  what: string,
  change: (name: string) => Change,
): readonly Change[] {
  if (names.length === 0) throw new WrongArgument(`name a ${what}; \`penstock plan\` lists what there is`);
  return names.map(change);
}

function plans({ open }: PlanState): readonly Plan[] {
  return open.map(({ plan }) => plan);
}

function or<Found extends object>(found: Found | { readonly refused: string }): Found {
  if ('refused' in found) throw new WrongArgument(found.refused);
  return found;
}

function onItem(name: string, state: PlanState, edits: (id: string) => readonly PlanEdit[]): PlanChange {
  const { plan, thing } = or(findItem(plans(state), name));
  return { path: plan.path, edits: edits(thing.id) };
}

/** A criterion counts where a task of that name is not to be found. */
function tick(name: string, done: boolean, state: PlanState): PlanChange {
  const item = findItem(plans(state), name);
  if (!('refused' in item))
    return {
      path: item.plan.path,
      edits: [{ kind: 'status', item: item.thing.id, status: done ? 'done' : 'planned' }],
    };
  const criterion = findCriterion(plans(state), name);
  if ('refused' in criterion)
    throw new WrongArgument(/ may be /.test(criterion.refused) ? criterion.refused : item.refused);
  const { plan, thing } = criterion;
  const nth = plan.criteria.filter(({ text }) => text === thing.text).indexOf(thing);
  return { path: plan.path, edits: [{ kind: 'criterion', criterion: thing.text, nth, done }] };
}

function add(names: readonly string[], options: PlanEditOptions, state: PlanState): PlanChange {
  const [title, ...more] = names;
  if (title === undefined || more.length > 0)
    throw new WrongArgument(
      'name the new task by one title; put it into quotation marks where it has blanks',
    );
  const { path, place } = placeOf(options, state) ?? lastOf(only(state));
  return { path, edits: [{ kind: 'add', item: newItem(title, options), place }] };
}

interface FoundPlace {
  readonly path: string;
  readonly place: PlanPlace;
}

function placeOf(options: PlanEditOptions, state: PlanState, near?: Plan): FoundPlace | undefined {
  const { before, after, group } = options;
  const given = [before, after, group].filter((name) => name !== undefined);
  if (given.length > 1) throw new WrongArgument('choose one of --before, --after and --group');
  const beside = before ?? after;
  if (beside !== undefined) {
    const { plan, thing } = or(findItem(plans(state), beside));
    return { path: plan.path, place: { kind: before === undefined ? 'after' : 'before', item: thing.id } };
  }
  if (group === undefined) return undefined;
  const target = options.to === undefined ? near : targetNamed(options.to, state).plan;
  const found = (target ? [target] : plans(state)).map((plan) => ({
    path: plan.path,
    in: findGroup(plan, group),
  }));
  const first = found.find((each) => !('refused' in each.in)) ?? found[0]!;
  const elsewhere =
    target && 'refused' in first.in
      ? plans(state).find((plan) => plan !== target && !('refused' in findGroup(plan, group)))
      : undefined;
  if (target && elsewhere)
    throw new WrongArgument(
      `${state.documents.place(target.path)} has no section \`${group}\`; name the document that has it: --to ${state.documents.place(elsewhere.path)}`,
    );
  return { path: first.path, place: { kind: 'end', group: or(first.in).group } };
}

function lastOf({ path, groups }: Plan): FoundPlace {
  const [first, second] = groups;
  if (first !== undefined && second === undefined) return { path, place: { kind: 'end', group: first } };
  throw new WrongArgument(
    first === undefined
      ? 'no section of the document holds tasks'
      : `choose a section with --group: ${groups.map((group) => `\`${group}\``).join(', ')}`,
  );
}

function targetNamed(file: string, { documents }: PlanState): OpenPlan {
  const open = documents.open(documents.named(file));
  if (!open) throw new WrongArgument(`there is no document ${file} that can be read; name one that exists`);
  return open;
}

function move(name: string, options: PlanEditOptions, state: PlanState): PlanChange {
  const { plan, thing } = or(findItem(plans(state), name));
  const found = placeOf(options, state, plan);
  if (!found) throw new WrongArgument('say where to: --before TASK, --after TASK or --group SECTION');
  const edits = [{ kind: 'move', item: thing.id, place: found.place } as const];
  return { path: plan.path, edits, ...(found.path === plan.path ? {} : { other: found.path }) };
}

function complete(name: string, { to, date }: PlanEditOptions, state: PlanState): PlanChange {
  const { plan, thing } = or(findItem(plans(state), name));
  const other = to === undefined ? state.documents.finished(plan.path) : targetNamed(to, state).plan.path;
  const edits = [{ kind: 'complete', item: thing.id, date: dayOf(date, state.now) } as const];
  return { path: plan.path, edits, ...(other === undefined ? {} : { other }) };
}

/** What is about a document as a whole is about the first of a plan. */
function only({ open }: PlanState): Plan {
  return open[0]!.plan;
}

function figures({ overall, category }: PlanEditOptions, state: PlanState): PlanChange {
  const { plan } = state.open.find((each) => each.plan.readiness.length > 0) ?? state.open[0]!;
  const said = category.map(categoryOf).map(({ category: name, percent }) => {
    const own = plan.readiness.find((claim) => categoryKey(claim.category) === categoryKey(name));
    if (own) return { category: own.category, percent };
    const names = plan.readiness.map((claim) => `\`${claim.category}\``).join(', ');
    throw new WrongArgument(
      `no readiness table has a row \`${name}\`${names === '' ? '' : `; there is ${names}`}`,
    );
  });
  const shown = plan.readiness.flatMap((claim) => {
    const percent = state.proven?.get(categoryKey(claim.category));
    const isSaid = said.some((each) => each.category === claim.category);
    return percent === undefined || isSaid ? [] : [{ category: claim.category, percent }];
  });
  if (state.proven && shown.length === 0)
    throw new WrongArgument(
      'no check that was looked at counts in a category of the plan; bind one with `categories` in penstock.yaml',
    );
  const areas = [...said, ...shown];
  const average = averageOf(plan, new Map(areas.map((area) => [area.category, area.percent])));
  if (overall === undefined && average === undefined && areas.length === 0)
    throw new WrongArgument(
      'the document has no readiness table that the total could be worked out from; say it with --overall',
    );
  const total =
    overall !== undefined
      ? percentOf(overall, '--overall')
      : plan.claimedOverall === undefined
        ? undefined
        : average;
  const isDated = state.proven !== undefined && /\d/.test(plan.updated ?? '');
  return {
    path: plan.path,
    edits: [
      ...areas.map((area): PlanEdit => ({ kind: 'category', ...area })),
      ...(total === undefined ? [] : [{ kind: 'overall', percent: total } as const]),
      ...(isDated ? [{ kind: 'updated', date: dayOf(undefined, state.now) } as const] : []),
    ],
  };
}

/** What the total would be by its own table, as exact as the total is. */
function averageOf(
  { readiness, claimedOverall }: Plan,
  changed: ReadonlyMap<string, number>,
): number | undefined {
  const average = overallOf(readiness, ({ category, claimed }) => changed.get(category) ?? claimed);
  if (average === undefined) return undefined;
  return Number.isInteger(claimedOverall) ? Math.round(average) : Math.round(average * 10) / 10;
}
