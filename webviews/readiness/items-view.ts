import { createIcon, createIconButton } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import type { ItemView } from './protocol.ts';
import { createLink, createSection, withCode, type Section } from './section.ts';

export interface ItemsActions {
  open(place: string): void;
  mark(item: string): void;
  rank(item: string): void;
  check(ids: readonly string[]): void;
}

const standings = {
  'ticked-but-failing': { icon: 'error', word: 'Ticked but failing', tone: 'failed' },
  'open-but-proven': { icon: 'lightbulb', word: 'Open but proven', tone: 'passed' },
} as const;

/** Tasks with the reason why they are listed. */
export class ItemsView {
  readonly #section: Section;
  readonly #actions: ItemsActions;

  constructor(title: string, name: string, actions: ItemsActions) {
    this.#section = createSection(title, name);
    this.#actions = actions;
  }

  get element(): HTMLElement {
    return this.#section.element;
  }

  update(items: readonly ItemView[]): void {
    this.#section.show(items.length > 0);
    this.#section.body.replaceChildren(
      element('ol', { class: 'items' }, ...items.map((item) => this.#row(item))),
    );
  }

  #row(item: ItemView): HTMLElement {
    const { title, place, standing, why, checks } = item;
    const look = standing && standings[standing];
    const link = createLink(title, `Open ${title} in the plan`, () => this.#actions.open(place));
    const buttons = [
      ...(item.kind === 'criterion'
        ? []
        : [
            createIconButton({
              label: `Mark ${title} As…`,
              icon: 'edit',
              testId: 'mark',
              onPress: () => this.#actions.mark(item.id),
            }),
            createIconButton({
              label: `Set Priority of ${title}…`,
              icon: 'list-ordered',
              testId: 'rank',
              onPress: () => this.#actions.rank(item.id),
            }),
          ]),
      ...(checks.length === 0
        ? []
        : [
            createIconButton({
              label: `Check ${title} Now`,
              icon: 'refresh',
              testId: 'check-item',
              onPress: () => this.#actions.check(checks),
            }),
          ]),
    ];
    return element(
      'li',
      { class: 'item', 'data-testid': 'item' },
      element(
        'div',
        { class: 'item-text' },
        link,
        element(
          'div',
          { class: 'item-why' },
          ...(look
            ? [element('span', { class: `state tone-${look.tone}` }, createIcon(look.icon), look.word), ' · ']
            : []),
          ...withCode(why.join(' · ')),
        ),
      ),
      element('div', { class: 'item-actions' }, ...buttons),
    );
  }
}
