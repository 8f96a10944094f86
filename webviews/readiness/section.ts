import { createIcon } from '../shared/controls.ts';
import { element, setText, setVisible } from '../shared/dom.ts';

/** A part of the page below a heading of its own. */
export interface Section {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  /** Besides the heading, on its line. */
  readonly tools: HTMLElement;
  /** Says something beside the heading: a count. */
  note(text: string): void;
  show(isShown: boolean): void;
}

/** `name` names the section for tests and for screen readers. */
export function createSection(title: string, name: string): Section {
  const note = element('span', { class: 'section-note' });
  const tools = element('div', { class: 'section-tools' });
  const body = element('div', { class: 'section-body' });
  const id = `section-${name}`;
  const made = element(
    'section',
    { class: `section section-${name}`, 'aria-labelledby': id, 'data-testid': name },
    element('div', { class: 'section-head' }, element('h2', { id }, title), note, tools),
    body,
  );
  return {
    element: made,
    body,
    tools,
    note: (text) => setText(note, text),
    show: (isShown) => setVisible(made, isShown),
  };
}

/** A button that looks like text and leads to a place. */
export function createLink(text: string, hint: string, onPress: () => void): HTMLElement {
  const button = element('button', { class: 'link', type: 'button', title: hint }, ...withCode(text));
  button.addEventListener('click', onPress);
  return button;
}

/** An icon and a word in the colour of a state. */
export function createState(look: {
  readonly icon: string;
  readonly word: string;
  readonly tone: string;
}): HTMLElement {
  return element('span', { class: `state tone-${look.tone}` }, createIcon(look.icon), look.word);
}

/** Text between backticks is shown as code, as messages have it. */
export function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, at) => (at % 2 === 1 ? element('code', {}, part) : part));
}
