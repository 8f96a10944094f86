import { fileNamespace, type Definition, type Fact, type Use } from '../../core/facts.ts';
import { folderOf, resolvePath } from '../../core/path.ts';
import {
  categoryKey,
  type Criterion,
  type Plan,
  type PlanItem,
  type PlanLink,
  type PlanRole,
} from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import { describeItem } from './describe.ts';
import type { ItemEntry, PlanModel } from './model.ts';

export const itemNamespace = 'plan.item';
/** Documents by their path, for whoever names one as the plan. */
export const documentNamespace = 'plan.document';
/** What a check may count in: the categories of readiness tables, and the groups of tasks. */
export const categoryNamespace = 'plan.category';
/** The same by their keys, over all plans, for whoever writes them in another case. */
const categoryKeyNamespace = 'plan.category-key';
/** That there is a table of a kind (`readiness`) in some plan. */
const tableNamespace = 'plan.table';

/** The document itself, its criteria, the files that it names and its `items`: last what is the same from edit to edit. */
export function factsOf(
  { plan }: PlanModel,
  project: Project,
  items: readonly Definition[],
): readonly Fact[] {
  return [documentFact(plan, project) as Fact].concat(
    plan.criteria.flatMap((criterion) => criterionFact(criterion, plan, project)),
    categoryFacts(plan, project),
    plan.links.flatMap((link) => linkFacts(link, plan, project)),
    items,
  );
}

function categoryFacts({ readiness, items }: Plan, { scope }: Project): readonly Definition[] {
  const groups = new Map<string, Span>();
  for (let at = 0; at < items.length; at++) {
    const { group, location } = items[at]!;
    if (items[at + 1]?.group !== group) groups.set(group, location.span);
  }
  const named = [
    ...readiness.map(({ category, span }) => ({ name: category, span, what: 'category' })),
    ...[...groups].map(([name, span]) => ({ name, span, what: 'group' })),
  ].filter(({ name }) => name !== '');
  const [first] = readiness;
  const common = { fact: 'definition', exclusive: false, implicit: true } as const;
  return [
    ...(first
      ? [
          {
            ...common,
            namespace: tableNamespace,
            scope: '',
            name: 'readiness',
            span: first.span,
            what: 'table',
          },
        ]
      : []),
    ...named.flatMap(({ name, span, what }) => [
      { ...common, namespace: categoryNamespace, scope, name, span, what },
      { ...common, namespace: categoryKeyNamespace, scope: '', name: categoryKey(name), span, what },
    ]),
  ];
}

function documentFact(plan: Plan, project: Project): Definition {
  const { path, title, role, updated, updatedSpan, review, links } = plan;
  const named = links.flatMap((link) => placesOfLink(link, path, project));
  return {
    fact: 'definition',
    namespace: documentNamespace,
    scope: '',
    name: path,
    span: { start: 0, end: 0 },
    what: 'planning document',
    implicit: true,
    data: {
      title,
      role,
      ...(updated === undefined || !updatedSpan
        ? {}
        : { updated, updatedSpan: `${updatedSpan.start} ${updatedSpan.end}` }),
      ...(review ? { review: review.text, reviewSpan: `${review.span.start} ${review.span.end}` } : {}),
      ...(named.length === 0 ? {} : { links: named.join('\n') }),
    },
  };
}

/** What a document says of one of its items; `about` where that is known. */
export function itemFact(
  { item }: ItemEntry,
  plan: Plan,
  { scope }: Project,
  about = describeItem(item),
): Definition {
  return {
    fact: 'definition',
    namespace: itemNamespace,
    scope,
    name: item.id,
    span: item.location.span,
    what: 'task',
    about,
    exclusive: false,
    implicit: true,
    data: dataOf(item, plan.role),
  };
}

/** A criterion is named as an item is, by whoever proves it. */
function criterionFact(
  { id, text, done, span }: Criterion,
  plan: Plan,
  { scope }: Project,
): readonly Definition[] {
  if (id === undefined) return [];
  const data = { title: text, group: 'criteria', status: done ? 'done' : 'planned', role: plan.role };
  return [
    {
      fact: 'definition',
      namespace: itemNamespace,
      scope,
      name: id,
      span,
      what: 'criterion',
      about: text,
      exclusive: false,
      implicit: true,
      data,
    },
  ];
}

function dataOf(
  { title, group, status, priority, effort, dependencies, parent, code }: PlanItem,
  role: PlanRole,
): Record<string, string> {
  const data: Record<string, string> = { title, group, status, role };
  if (priority !== undefined) data['priority'] = priority;
  if (effort !== undefined) data['effort'] = effort;
  if (parent !== undefined) data['parent'] = parent;
  if (code !== undefined) data['code'] = code;
  if (dependencies.length > 0) data['dependencies'] = dependencies.join('\n');
  return data;
}

/** Where a file that a document names may lie: as seen from the document, and a path in the text also as seen from the workspace folder. */
export function placesOfLink(
  { target, kind }: PlanLink,
  document: string,
  { root }: Pick<Project, 'root'>,
): readonly string[] {
  const written = decoded(target);
  if (written.startsWith('/')) return [resolvePath(root, `.${written}`)];
  const beside = resolvePath(folderOf(document), written);
  const below = resolvePath(root, written);
  return kind === 'link' || beside === below ? [beside] : [beside, below];
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** The role of the uses of files that say nothing by themselves. */
const namedRole = 'named';

function linkFacts(link: PlanLink, plan: Plan, project: Project): readonly Use[] {
  return placesOfLink(link, plan.path, project).map((name) => ({
    fact: 'use',
    namespaces: [fileNamespace],
    scope: '',
    name,
    span: link.span,
    role: namedRole,
  }));
}

/** The Markdown documents that a plan names. */
export function linkedFiles(facts: readonly Fact[]): readonly string[] {
  return facts
    .filter((fact): fact is Use => fact.fact === 'use' && fact.role === namedRole)
    .map(({ name }) => name)
    .filter((name) => /\.(?:md|markdown)$/i.test(name));
}
