import {
  createDropdown,
  createIconButton,
  createTextField,
  createToggle,
  type Toggle,
} from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { formatCount } from '../shared/format.ts';
import type { LogModel } from './log-model.ts';
import type { LogLevel } from './protocol.ts';

/** What a person has set in the toolbar. */
export interface LogSettings {
  readonly search: string;
  readonly regex: boolean;
  readonly level: LogLevel;
  readonly onlySelected: boolean;
  readonly follow: boolean;
  readonly times: boolean;
}

export interface LogToolbarActions {
  changed(settings: LogSettings): void;
  step(direction: 1 | -1): void;
  copy(): void;
}

const levels: readonly { readonly value: LogLevel; readonly label: string }[] = [
  { value: 'debug', label: 'All levels' },
  { value: 'info', label: 'Info' },
  { value: 'warn', label: 'Warnings' },
  { value: 'error', label: 'Errors' },
];

type Switch = 'regex' | 'onlySelected' | 'times' | 'follow';

const switches: readonly { readonly name: Switch; readonly label: string; readonly icon: string }[] = [
  { name: 'regex', label: 'Use Regular Expression', icon: 'regex' },
  { name: 'onlySelected', label: 'Show Only the Selected Step or Node', icon: 'list-filter' },
  { name: 'times', label: 'Show Time Stamps', icon: 'clockface' },
  { name: 'follow', label: 'Follow the Output', icon: 'fold-down' },
];

/** Search, filters and switches of the output. */
export class LogToolbar {
  readonly element: HTMLElement;
  readonly #actions: LogToolbarActions;
  readonly #search;
  readonly #hits = element('span', { class: 'hits', 'data-testid': 'search-count', role: 'status' });
  readonly #steps = element('span', { class: 'group' });
  readonly #level;
  readonly #chip = element('button', { class: 'chip', type: 'button', 'data-testid': 'selection-chip' });
  readonly #chipText = element('span');
  readonly #toggles: readonly { readonly name: Switch; readonly toggle: Toggle }[];
  #settings: LogSettings;

  constructor(settings: LogSettings, actions: LogToolbarActions) {
    this.#settings = settings;
    this.#actions = actions;
    this.#search = createTextField({
      label: 'Search',
      testId: 'search',
      onInput: (search) => this.#change({ search }),
      onEnter: (backwards) => actions.step(backwards ? -1 : 1),
    });
    this.#search.value = settings.search;
    this.#level = createDropdown({
      label: 'Lowest Level Shown',
      testId: 'level',
      choices: levels,
      onChoose: (value) =>
        this.#change({ level: levels.find((level) => level.value === value)?.value ?? 'debug' }),
    });
    this.#toggles = switches.map(({ name, label, icon }) => {
      const onPress = (): void => this.#change({ [name]: !this.#settings[name] });
      return { name, toggle: createToggle({ label, icon, testId: name, onPress }) };
    });
    this.#steps.append(
      createIconButton({
        label: 'Previous Match',
        icon: 'arrow-up',
        testId: 'previous',
        onPress: () => actions.step(-1),
      }),
      createIconButton({
        label: 'Next Match',
        icon: 'arrow-down',
        testId: 'next',
        onPress: () => actions.step(1),
      }),
    );
    this.#chip.append(
      this.#chipText,
      element('span', { class: 'codicon codicon-close', 'aria-hidden': 'true' }),
    );
    this.#chip.addEventListener('click', () => this.#change({ onlySelected: false }));
    this.element = this.#layOut();
    this.set(settings);
    // The field and the list take their value only once the elements are defined and in the page.
    queueMicrotask(() => this.#level.set(settings.level));
  }

  /** Shows settings that something else than this toolbar changed. */
  set(settings: LogSettings): void {
    this.#settings = settings;
    for (const { name, toggle } of this.#toggles) toggle.set(settings[name]);
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  update(log: LogModel, selectedTitle: string | undefined): void {
    setText(this.#hits, hitText(log));
    setAttribute(this.#hits, 'title', log.searchProblem);
    this.#hits.classList.toggle('problem', log.searchProblem !== undefined);
    setVisible(this.#steps, log.hitCount > 0);
    const filtered = this.#settings.onlySelected && selectedTitle !== undefined;
    setVisible(this.#chip, filtered);
    setText(this.#chipText, selectedTitle ?? '');
    setAttribute(this.#chip, 'aria-label', `Shown: only ${selectedTitle ?? ''}. Show everything`);
  }

  #layOut(): HTMLElement {
    const [regex, ...others] = this.#toggles.map(({ toggle }) => toggle.element);
    return element(
      'div',
      { class: 'log-toolbar', role: 'toolbar', 'aria-label': 'Output' },
      element(
        'span',
        { class: 'group search' },
        this.#search.element,
        ...(regex === undefined ? [] : [regex]),
      ),
      this.#steps,
      this.#hits,
      element('span', { class: 'spring' }),
      this.#chip,
      this.#level.element,
      element(
        'span',
        { class: 'group' },
        ...others,
        createIconButton({
          label: 'Copy Output',
          icon: 'copy',
          testId: 'copy-log',
          onPress: () => this.#actions.copy(),
        }),
      ),
    );
  }

  #change(part: Partial<LogSettings>): void {
    this.set({ ...this.#settings, ...part });
    this.#actions.changed(this.#settings);
  }
}

function hitText(log: LogModel): string {
  if (log.searchProblem !== undefined) return 'Not a regular expression';
  if (!log.isSearching) return '';
  if (log.hitCount === 0) return 'No results';
  const total = formatCount(log.hitCount);
  return log.currentHit === undefined
    ? `${total} ${log.hitCount === 1 ? 'line' : 'lines'}`
    : `${formatCount(log.currentHit + 1)} of ${total}`;
}
