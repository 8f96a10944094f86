import { closest } from '../core/closest.ts';
import { baseName } from '../core/path.ts';
import type { Criterion, Plan, PlanItem } from '../core/plan.ts';

/** A thing of a plan, and the plan that it is in. */
export interface Found<Thing> {
  readonly plan: Plan;
  readonly thing: Thing;
}

/**
 * The task that is meant, by its id, its title or a part of either that only one has. A sentence where none is, or where
 * several are.
 */
export function findItem(
  plans: readonly Plan[],
  name: string,
): Found<PlanItem> | { readonly refused: string } {
  return find(all(plans, 'items'), name, 'task', ({ id, title, code }) => [
    id,
    title,
    id.slice(id.indexOf('/') + 1),
    ...(code === undefined ? [] : [code]),
  ]);
}

/** The same of a criterion, by its text. */
export function findCriterion(
  plans: readonly Plan[],
  name: string,
): Found<Criterion> | { readonly refused: string } {
  return find(all(plans, 'criteria'), name, 'criterion', ({ text }) => [text]);
}

/** The group that is meant, by its title or a part of it. */
export function findGroup(
  plan: Plan,
  name: string,
): { readonly group: string } | { readonly refused: string } {
  const groups = [...plan.groups, ...(plan.emptyColumns ?? [])].map((group) => ({ plan, thing: group }));
  const found = find(groups, name, 'section', (group) => [group]);
  return 'refused' in found ? found : { group: found.thing };
}

function all<Key extends 'items' | 'criteria'>(
  plans: readonly Plan[],
  key: Key,
): readonly Found<Plan[Key][number]>[] {
  return plans.flatMap((plan) => plan[key].map((thing) => ({ plan, thing })));
}

function find<Thing>(
  candidates: readonly Found<Thing>[],
  name: string,
  what: string,
  namesOf: (thing: Thing) => readonly string[],
): Found<Thing> | { readonly refused: string } {
  const wanted = name.trim().toLowerCase();
  const matches = (does: (own: string) => boolean): readonly Found<Thing>[] =>
    candidates.filter(({ thing }) => namesOf(thing).some((own) => does(own.toLowerCase())));
  for (const found of [
    matches((own) => own === wanted),
    matches((own) => wanted !== '' && own.includes(wanted)),
  ]) {
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      const ids = found.map(({ thing }) => namesOf(thing)[0]!);
      // An id is unique in its document alone.
      const isAlike = new Set(ids).size < ids.length;
      const shown = found
        .slice(0, 5)
        .map(({ plan }, at) => `\`${ids[at]}\`${isAlike ? ` of ${baseName(plan.path)}` : ''}`);
      const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
      const hint = isAlike ? 'name its document with --file' : 'name one of them';
      return { refused: `\`${name}\` may be ${shown.join(', ')}${more}; ${hint}` };
    }
  }
  const near = nearest(name, candidates, namesOf);
  const hint = near === undefined ? '`penstock plan` lists what there is' : `did you mean \`${near}\`?`;
  return { refused: `there is no ${what} \`${name}\`; ${hint}` };
}

/** The first name of what is called nearly so, as a whole or by a word of it. */
function nearest<Thing>(
  name: string,
  candidates: readonly Found<Thing>[],
  namesOf: (thing: Thing) => readonly string[],
): string | undefined {
  const first = new Map<string, string>();
  for (const { thing } of candidates) {
    const names = namesOf(thing);
    const words = names.flatMap((own) => own.match(/[\p{L}\p{N}]{4,}/gu) ?? []);
    for (const own of [...names, ...words]) if (!first.has(own)) first.set(own, names[0]!);
  }
  return first.get(closest(name, first.keys()) ?? '');
}
