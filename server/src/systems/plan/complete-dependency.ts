import type { FactReader } from '../../core/fact-index.ts';
import { PlanLinks } from '../../core/plan-links.ts';
import { allServices } from '../../core/services.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { allOf } from '../../core/vocabulary.ts';
import { splitDependencies } from './dependencies.ts';
import { itemNamespace } from './facts.ts';
import { toItem, type FactItem } from './item-facts.ts';
import type { PlanModel } from './model.ts';
import { statusName } from './describe.ts';

/** Limit: nobody reads further. */
const mostItems = 200;

/**
 * What a task may wait for: other items by their number or title, those of its own section first, then services and tools.
 * Only what reads back as what is meant is offered.
 */
export function completeDependency(
  { model, source, project }: ParsedFile<PlanModel>,
  { cell, row, offset }: { readonly cell: Span; readonly row: Span; readonly offset: number },
  facts: FactReader,
): readonly Suggestion[] {
  const { path } = model.plan;
  const span = partAt(cell, offset, source.text);
  const typed = source.text.slice(span.start, offset).toLowerCase();
  const items = [...facts.all(itemNamespace, project.scope)].flatMap((each) => toItem(each) ?? []);
  const own = items.find((item) => item.path === path && item.at >= row.start && item.at <= row.end);
  if (!own) return [];
  const links = new PlanLinks(items);
  const means = (words: string, other: FactItem): boolean => {
    const meaning = links.meaningOf(own, words);
    return meaning.kind === 'items' && meaning.items.length === 1 && meaning.items[0] === other;
  };
  const found: Suggestion[] = [];
  for (const other of byDistance(items, own)) {
    if (found.length >= mostItems) break;
    if (other === own || !calledOf(other).toLowerCase().includes(typed)) continue;
    const words = [...namesOf(other)].find((name) => isOneCellPart(name) && means(name, other));
    if (words === undefined) continue;
    const detail = `${statusName(other.status)} · ${other.group}`;
    found.push({ label: other.title, kind: 'value', detail, insertText: words, span });
  }
  const services = allServices(facts).map(({ name }) => ({
    label: `${name} service running`,
    detail: 'service',
  }));
  const tools = allOf(facts, 'tool').flatMap(({ name, data }) =>
    name === data.system ? [{ label: name, detail: 'tool' }] : [],
  );
  const things = [...services, ...tools].filter(({ label }) => label.toLowerCase().includes(typed));
  return [...found, ...things.map((thing) => ({ ...thing, kind: 'value' as const, span }))];
}

/** What is typed of an item: its title, or the code before it. */
function calledOf({ title, code }: FactItem): string {
  return code === undefined ? title : `${code} ${title}`;
}

/** 'Step 2 completion' where the item counts, or its code; else its title, else what stands before the title's colon. */
function* namesOf({ title, code }: FactItem): Iterable<string> {
  const [counted] = /^\p{L}+\s+#?\d+(?:\.\d+)*[a-z]?(?=\s*[:.)–—-])/u.exec(title) ?? [];
  if (counted !== undefined) yield `${counted} completion`;
  if (code !== undefined) yield code.includes(' ') ? `${code} completion` : code;
  yield title;
  const [head] = title.split(/\s*[:(]/, 1);
  if (head !== undefined && head !== title) yield head;
}

function isOneCellPart(words: string): boolean {
  return !/[|\r\n]/.test(words) && splitDependencies(words).length === 1;
}

function byDistance(items: readonly FactItem[], own: FactItem): readonly FactItem[] {
  const far = ({ path, group }: FactItem): number => (path !== own.path ? 2 : group === own.group ? 0 : 1);
  return items.toSorted(
    (a, b) => far(a) - far(b) || (a.path === b.path ? a.at - b.at : a.path < b.path ? -1 : 1),
  );
}

/** The part of a cell or an aside, between commas, that the cursor is in. */
function partAt(cell: Span, offset: number, text: string): Span {
  const before = text.slice(cell.start, offset);
  const start = cell.start + (/[^,;]*$/.exec(before)?.index ?? 0);
  const blanks = /^\s*/.exec(text.slice(start, offset))![0].length;
  const after = /^[^,;]*/.exec(text.slice(offset, Math.max(offset, cell.end)))![0];
  return { start: start + blanks, end: offset + after.trimEnd().length };
}
