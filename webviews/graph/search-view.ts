import { createTextField, type TextField } from '../shared/controls.ts';
import { element, setVisible } from '../shared/dom.ts';
import type { FoundView } from './protocol.ts';

/** What is typed quickly is asked for once. */
const waitMs = 120;

export interface SearchActions {
  search(text: string): void;
  choose(found: FoundView): void;
  /** Says to screen readers which of what was found is chosen: they are in the field. */
  say(text: string): void;
  readonly leave: () => void;
}

/** A field, and below it what bears the name that is typed; also what lies in closed groups. */
export class SearchView {
  readonly element: HTMLElement;
  readonly #field: TextField;
  readonly #list = element('ul', { class: 'found', role: 'listbox', 'data-testid': 'found' });
  readonly #actions: SearchActions;
  #found: readonly FoundView[] = [];
  #at = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(actions: SearchActions) {
    this.#actions = actions;
    this.#field = createTextField({
      label: 'Search (/)',
      testId: 'search',
      onInput: (text) => this.#ask(text),
      onEnter: () => this.#choose(this.#at),
    });
    const field = this.#field.element;
    field.addEventListener('keydown', (event) => this.#onKey(event));
    field.addEventListener('focusout', () => this.#close());
    field.addEventListener('focusin', () => {
      if (this.#field.value !== '') this.#ask(this.#field.value);
    });
    // A press must not take the focus from the field before it has chosen something.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('[data-at]') : null;
      if (row) this.#choose(Number(row.getAttribute('data-at')));
    });
    this.element = element('div', { class: 'search' }, field, this.#list);
    this.#close();
  }

  focus(): void {
    this.#field.focus();
    this.#field.select();
  }

  /** Shows an answer, unless something else has been typed since. */
  show(text: string, found: readonly FoundView[]): void {
    if (text !== this.#field.value.trim()) return;
    this.#found = found;
    this.#at = 0;
    this.#draw();
  }

  #ask(text: string): void {
    clearTimeout(this.#timer);
    if (text.trim() === '') return this.#close();
    this.#timer = setTimeout(() => this.#actions.search(text.trim()), waitMs);
  }

  #onKey(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && this.#found.length > 0) {
      this.#at = (this.#at + step + this.#found.length) % this.#found.length;
      this.#draw();
    } else if (event.key === 'Escape') {
      const wasOpen = !this.#list.hidden;
      this.#close();
      if (!wasOpen) this.#actions.leave();
    } else return;
    event.preventDefault();
  }

  #choose(at: number): void {
    const found = this.#found[at];
    if (!found) return;
    this.#close();
    this.#actions.choose(found);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#found = [];
    setVisible(this.#list, false);
  }

  #spoken(): string {
    const found = this.#found[this.#at];
    if (!found) return 'Nothing found';
    return `${found.label}, ${found.what}, ${found.system}, ${this.#at + 1} of ${this.#found.length}`;
  }

  #draw(): void {
    const rows = this.#found.map(({ label, what, system, path }, at) =>
      element(
        'li',
        { role: 'option', 'data-at': String(at), 'aria-selected': String(at === this.#at) },
        element('span', { class: 'found-name' }, label),
        element('span', { class: 'note' }, [what, system, ...path.slice(0, 3)].join(' · ')),
      ),
    );
    const none = element('li', { class: 'found-none note' }, 'Nothing bears this name.');
    this.#list.replaceChildren(...(rows.length > 0 ? rows : [none]));
    setVisible(this.#list, true);
    this.#actions.say(this.#spoken());
    rows[this.#at]?.scrollIntoView({ block: 'nearest' });
  }
}
