import { anyScope } from '../core/facts.ts';
import type { TextEdit } from '../core/finding.ts';
import { knownThings } from '../core/known-things.ts';
import { baseName } from '../core/path.ts';
import type { Plan } from '../core/plan.ts';
import { orderPlan, type StandingItem } from '../core/plan-next.ts';
import { joinPlans, sameItemKey } from '../core/plan-set.ts';
import type { Platform } from '../core/platform.ts';
import { touches, type Span } from '../core/span.ts';
import { editedFile, planDocument } from './edit-plan.ts';
import { whatIsWrong, writeName } from './name-text.ts';
import { platformPlan } from './platform-plan.ts';

const itemNamespace = 'plan.item';

/** The item of a plan that is named at a place: by its title, by the dependency of another one, or by its id. */
export interface NamedItem {
  /** What stands at the place. */
  readonly span: Span;
  readonly item: StandingItem;
}

/** Finds the item that is named at an offset of a plan, or of a file that names items by their ids. */
export function planItemAt(platform: Platform, path: string, offset: number): NamedItem | undefined {
  const isPlan = platform.systemOf(path)?.readPlan !== undefined;
  const use = platform.facts
    .of(path)
    .find(
      (fact) => fact.fact === 'use' && fact.namespaces.includes(itemNamespace) && touches(fact.span, offset),
    );
  if (!isPlan && use?.fact !== 'use') return undefined;
  const items = itemsOf(platform, [...platformPlan(platform).sources.keys()]);
  if (use?.fact === 'use') {
    const named = items.filter(({ id }) => id === use.name);
    return named.length === 1 ? { span: use.span, item: named[0]! } : undefined;
  }
  for (const item of items) {
    if (item.path !== path) continue;
    const span = titleSpan(platform, item);
    if (span && touches(span, offset)) return { span, item };
    const at = (item.item.dependencySpans ?? []).findIndex((each) => touches(each, offset));
    const other = at < 0 ? undefined : onlyItem(item, at);
    if (other) return { span: item.item.dependencySpans![at]!, item: other };
  }
  return undefined;
}

interface Refusal {
  readonly refused: string;
}

/**
 * Gives an item of a plan another title: in its document, in the dependencies that name it, and by its new id wherever the
 * id is written. Nothing is renamed where the plan would not read back as it is meant.
 */
export function renamePlanItem(
  platform: Platform,
  { item }: NamedItem,
  newTitle: string,
): { readonly edits: readonly TextEdit[] } | Refusal {
  const wrong = whatIsWrong(newTitle, { namespace: itemNamespace, title: 'task', pattern: /^[^|]*$/u });
  if (wrong !== undefined) return { refused: wrong };
  if (newTitle === item.title) return { edits: [] };
  const twin = item.plan.items.find(
    ({ id, title, group }) =>
      id !== item.id && group === item.group && sameItemKey(title) === sameItemKey(newTitle),
  );
  if (twin)
    return {
      refused: `there is a task \`${twin.title}\` under \`${twin.group}\` already; choose another name`,
    };
  const span = titleSpan(platform, item);
  if (!span) return unsafe(`\`${item.title}\` is written`);

  const plans = [...platformPlan(platform).sources.keys()];
  const title: TextEdit = { path: item.path, span, newText: newTitle };
  const before = itemsOf(platform, plans);
  const half = itemsOf(platform, withEdits(platform, plans, [title]));
  const place = before.findIndex((each) => isSame(each, item));
  if (before.length !== half.length || half[place]?.title.includes(newTitle) !== true)
    return { refused: `the plan would read \`${newTitle}\` as something else; choose plainer words` };
  const dependencies = rewordDependencies(platform, { before, half, place, newTitle });
  if ('refused' in dependencies) return dependencies;

  const texts = [title, ...dependencies];
  const after = itemsOf(platform, withEdits(platform, plans, texts));
  const isKept = before.every((each, at) =>
    each.dependencies.every(
      (_, which) => !isSame(onlyItem(each, which), item) || onlyItem(after[at]!, which) === after[place],
    ),
  );
  if (after.length !== before.length || !isKept)
    return { refused: `what waits for the task could not name \`${newTitle}\`; choose plainer words` };
  const ids = rewriteIds(platform, before, after);
  return 'refused' in ids ? ids : { edits: [...texts, ...ids].sort(byPlace) };
}

function unsafe(what: string): Refusal {
  return { refused: `${what} in a form that cannot be changed safely; write it plainly first` };
}

/** Of the dependencies that mean the item those that would not any more once it has the new title, in its words. */
function rewordDependencies(
  platform: Platform,
  {
    before,
    half,
    place,
    newTitle,
  }: {
    readonly before: readonly StandingItem[];
    /** The same with the new title alone. */
    readonly half: readonly StandingItem[];
    readonly place: number;
    readonly newTitle: string;
  },
): readonly TextEdit[] | Refusal {
  const renamed = before[place]!;
  const edits: TextEdit[] = [];
  for (const [at, each] of before.entries())
    for (const [which, written] of each.dependencies.entries()) {
      if (onlyItem(each, which) !== renamed || onlyItem(half[at]!, which) === half[place]) continue;
      const span = each.item.dependencySpans?.[which];
      if (!span || platform.source(each.path)?.slice(span) !== written)
        return unsafe(`\`${each.title}\` waits for it`);
      const from = written.toLowerCase().indexOf(renamed.title.toLowerCase());
      const behind = written.slice(from + renamed.title.length);
      const newText = from < 0 ? newTitle : `${written.slice(0, from)}${newTitle}${behind}`;
      edits.push({ path: each.path, span, newText });
    }
  return edits;
}

/** The ids that are others now, wherever they are written: numbers behind those of one title may go on to the next. */
function rewriteIds(
  platform: Platform,
  before: readonly StandingItem[],
  after: readonly StandingItem[],
): readonly TextEdit[] | Refusal {
  const edits: TextEdit[] = [];
  for (const [at, { id }] of before.entries()) {
    const now = after[at]!.id;
    if (now === id) continue;
    for (const use of platform.facts.uses({ namespace: itemNamespace, scope: anyScope, name: id })) {
      const source = platform.source(use.path);
      if (source?.slice(use.span) !== id) return unsafe(`\`${id}\` is written in ${baseName(use.path)}`);
      edits.push({ path: use.path, span: use.span, newText: writeName(now, source.text, use.span) });
    }
  }
  return edits;
}

function isSame(a: StandingItem | undefined, b: StandingItem): boolean {
  return a?.path === b.path && a.id === b.id;
}

/** The items of all plans, document by document, with what they wait for. */
function itemsOf(platform: Platform, plans: readonly Plan[]): readonly StandingItem[] {
  const { standings } = orderPlan(joinPlans(plans), knownThings(platform.facts, platform.systems));
  return standings.map(({ item }) => item);
}

function onlyItem({ meanings }: StandingItem, which: number): StandingItem | undefined {
  const meaning = meanings[which];
  return meaning?.kind === 'items' && meaning.items.length === 1 ? meaning.items[0] : undefined;
}

/** Where the title itself is written; undefined where signs stand in it that are not shown. */
function titleSpan(platform: Platform, { path, title, item }: StandingItem): Span | undefined {
  const { start, end } = item.location.span;
  const at = platform.source(path)?.text.slice(start, end).indexOf(title) ?? -1;
  return at < 0 ? undefined : { start: start + at, end: start + at + title.length };
}

function withEdits(platform: Platform, plans: readonly Plan[], edits: readonly TextEdit[]): readonly Plan[] {
  return plans.map((plan) => {
    const own = edits.filter(({ path }) => path === plan.path);
    const document = own.length === 0 ? undefined : planDocument(platform, plan.path);
    return (document && document.system.readPlan?.(editedFile(document.system, document.file, own))) ?? plan;
  });
}

function byPlace(a: TextEdit, b: TextEdit): number {
  return a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1;
}
