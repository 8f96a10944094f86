import { createIconButton } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import type { ReadinessView, WaiverView } from './protocol.ts';
import { createLink, createSection, type Section } from './section.ts';
import { untilText } from './until-text.ts';

export interface WaiversActions {
  open(place: string): void;
  takeBack(check: string): void;
}

/** Which checks the team goes on without, why, and until when. */
export class WaiversView {
  readonly #section: Section = createSection('Waivers', 'waivers');
  readonly #actions: WaiversActions;

  constructor(actions: WaiversActions) {
    this.#actions = actions;
  }

  get element(): HTMLElement {
    return this.#section.element;
  }

  update({ waivers }: ReadinessView): void {
    this.#section.show(waivers.length > 0);
    this.#section.body.replaceChildren(
      element('ul', { class: 'items' }, ...waivers.map((each) => this.#waiver(each))),
    );
  }

  #waiver(waiver: WaiverView): HTMLElement {
    const isOver = waiver.daysLeft === undefined || waiver.daysLeft < 0;
    const { check, place, reason, by } = waiver;
    const takeBack = createIconButton({
      label: `Take Back the Waiver of ${check}`,
      icon: 'discard',
      testId: 'take-back',
      onPress: () => this.#actions.takeBack(check),
    });
    return element(
      'li',
      { class: 'item', 'data-testid': 'waiver' },
      element(
        'div',
        { class: 'item-text' },
        createLink(check, 'Open the waiver in penstock.yaml', () => this.#actions.open(place)),
        element('span', { class: isOver ? 'waiver-until tone-failed' : 'waiver-until' }, untilText(waiver)),
        element('div', { class: 'item-why' }, `${reason}${by === undefined ? '' : ` · ${by}`}`),
      ),
      element('div', { class: 'item-actions' }, takeBack),
    );
  }
}
