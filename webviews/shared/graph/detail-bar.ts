import { element, setAttribute, setText, setVisible } from '../dom.ts';

/** What a detail bar says of a node. */
export interface DetailText {
  readonly name: string;
  readonly what: string;
  /** How it went, and in which tone. */
  readonly run?: string;
  readonly tone?: string;
}

/** The node that the keyboard or the mouse is at: what it is, how it went, and buttons for where to go from it. */
export class DetailBar {
  readonly element: HTMLElement;
  readonly #name = element('span', { class: 'detail-name', 'data-testid': 'detail-name' });
  readonly #what = element('span', { class: 'note detail-what', 'data-testid': 'detail-what' });
  readonly #run = element('span', { class: 'detail-run', 'data-testid': 'detail-run' });

  constructor(buttons: readonly HTMLElement[]) {
    this.element = element(
      'footer',
      { class: 'detail', 'data-testid': 'detail' },
      element('div', { class: 'detail-text' }, this.#name, this.#what, this.#run),
      ...buttons,
    );
  }

  update(text: DetailText | undefined): void {
    setVisible(this.element, text !== undefined);
    if (!text) return;
    const { name, what, run = '', tone } = text;
    setText(this.#name, name);
    setAttribute(this.#name, 'title', name);
    setText(this.#what, what);
    setAttribute(this.#what, 'title', what);
    setText(this.#run, run);
    setAttribute(this.#run, 'title', run === '' ? undefined : run);
    setAttribute(this.#run, 'class', `detail-run ${tone === undefined ? '' : `tone-${tone}`}`.trim());
  }
}
