import type { FactReader } from '../../core/fact-index.ts';
import { PlanLinks } from '../../core/plan-links.ts';
import { touches } from '../../core/span.ts';
import type { Definitions, DocumentLink, ParsedFile } from '../../core/system.ts';
import { itemNamespace, placesOfLink } from './facts.ts';
import { toItem } from './item-facts.ts';
import type { PlanModel } from './model.ts';

/** The files that a plan names, to be followed: of the places where one may lie the first that a system reads, else the nearest. */
export function linksOf(
  { model, project }: ParsedFile<PlanModel>,
  facts: FactReader,
): readonly DocumentLink[] {
  const { plan } = model;
  return plan.links.flatMap((link) => {
    // Editors follow Markdown's own links by themselves.
    if (link.kind === 'link') return [];
    const places = placesOfLink(link, plan.path, project);
    const target = places.find((place) => facts.of(place).length > 0) ?? places.at(-1);
    return target === undefined ? [] : [{ span: link.span, target }];
  });
}

/** From what a task waits for to the items that are meant. */
export function defineDependency(
  { model, project }: ParsedFile<PlanModel>,
  offset: number,
  facts: FactReader,
): Definitions | undefined {
  for (const { item } of model.entries) {
    const at = (item.dependencySpans ?? []).findIndex((span) => touches(span, offset));
    if (at < 0) continue;
    const items = [...facts.all(itemNamespace, project.scope)].flatMap((each) => toItem(each) ?? []);
    const own = items.find(({ path, id }) => path === model.plan.path && id === item.id);
    const meaning = own && new PlanLinks(items).meaningOf(own, item.dependencies[at]!);
    if (meaning?.kind !== 'items') return undefined;
    const targets = meaning.items.map(({ path, definition }) => ({ path, span: definition.span }));
    return { origin: item.dependencySpans![at]!, targets };
  }
  return undefined;
}
