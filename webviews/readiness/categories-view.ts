import { element } from '../shared/dom.ts';
import { evidenceAge } from './ago.ts';
import type { CategoryView, ReadinessView } from './protocol.ts';
import { provenText } from './proven-text.ts';
import { createLink, createSection, withCode, type Section } from './section.ts';
import { levelWords, nextLevel } from './state-looks.ts';

/** More needs of a level are counted. */
const mostNeeds = 3;

/** What each category claims beside what is proven of it, and what its next level needs. */
export class CategoriesView {
  readonly #section: Section = createSection('Categories', 'categories');
  readonly #open: (place: string) => void;

  constructor(open: (place: string) => void) {
    this.#open = open;
  }

  get element(): HTMLElement {
    return this.#section.element;
  }

  update({ categories, takenMs }: ReadinessView): void {
    this.#section.show(categories.length > 0);
    this.#section.note('claimed by the plan, proven by checks');
    const list = categories.map((each) => this.#category(each, takenMs));
    this.#section.body.replaceChildren(element('ul', { class: 'categories' }, ...list));
  }

  #category(category: CategoryView, nowMs: number): HTMLElement {
    const { name, place, level } = category;
    const title =
      place === undefined
        ? element('span', { class: 'category-name' }, name)
        : createLink(name, `Open ${name} in the plan`, () => this.#open(place));
    title.classList.add('category-name');
    return element(
      'li',
      { class: 'category', 'data-testid': 'category' },
      element(
        'div',
        { class: 'category-head' },
        title,
        element('span', { class: `level level-${level}` }, levelWords[level]),
        element('span', { class: 'category-age' }, evidenceAge(category, nowMs) ?? ''),
      ),
      bar('claimed', category.claimed, category.claimed === undefined ? 'no claim' : `${category.claimed} %`),
      bar('proven', category.proven, provenText(category)),
      ...needs(category),
    );
  }
}

function bar(kind: 'claimed' | 'proven', percent: number | undefined, text: string): HTMLElement {
  const share = Math.max(0, Math.min(100, percent ?? 0));
  // Nothing is drawn of nothing, not even an edge.
  const fill = element('span', { class: share === 0 ? 'fill' : `fill fill-${kind}` });
  fill.style.inlineSize = `${share}%`;
  return element(
    'div',
    { class: 'measure' },
    element('span', { class: 'measure-name' }, kind),
    element('span', { class: 'track', 'aria-hidden': 'true' }, fill),
    element('span', { class: 'measure-text' }, text),
  );
}

function needs({ level, needs: all }: CategoryView): readonly HTMLElement[] {
  if (all.length === 0) return [];
  const more = all.length > mostNeeds ? [`and ${all.length - mostNeeds} more`] : [];
  const listed = [...all.slice(0, mostNeeds), ...more].map((each) => element('li', {}, ...withCode(each)));
  return [
    element(
      'div',
      { class: 'needs' },
      element('span', { class: 'needs-name' }, `To reach ‘${nextLevel[level]}’`),
      element('ul', {}, ...listed),
    ),
  ];
}
