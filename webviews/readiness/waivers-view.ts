import { element } from '../shared/dom.ts';
import type { ReadinessView, WaiverView } from './protocol.ts';
import { createLink, createSection, type Section } from './section.ts';
import { untilText } from './until-text.ts';

/** Which checks the team goes on without, why, and until when. */
export class WaiversView {
  readonly #section: Section = createSection('Waivers', 'waivers');
  readonly #open: (place: string) => void;

  constructor(open: (place: string) => void) {
    this.#open = open;
  }

  get element(): HTMLElement {
    return this.#section.element;
  }

  update({ waivers }: ReadinessView): void {
    this.#section.show(waivers.length > 0);
    this.#section.body.replaceChildren(
      element('ul', { class: 'notes' }, ...waivers.map((each) => this.#waiver(each))),
    );
  }

  #waiver(waiver: WaiverView): HTMLElement {
    const isOver = waiver.daysLeft === undefined || waiver.daysLeft < 0;
    return element(
      'li',
      { 'data-testid': 'waiver' },
      createLink(waiver.check, 'Open the waiver in penstock.yaml', () => this.#open(waiver.place)),
      element('span', { class: isOver ? 'waiver-until tone-failed' : 'waiver-until' }, untilText(waiver)),
      element(
        'div',
        { class: 'item-why' },
        `${waiver.reason}${waiver.by === undefined ? '' : ` · ${waiver.by}`}`,
      ),
    );
  }
}
