import {
  asOneStop,
  createDropdown,
  createIconButton,
  createTextField,
  createToggle,
  type Toggle,
} from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { formatCount } from '../shared/format.ts';
import type { LogSettings } from './log-settings.ts';
import type { LogLevel, LogStatus, TimeStamps } from './protocol.ts';

export interface LogToolbarActions {
  readonly changed: (settings: LogSettings) => void;
  readonly step: (direction: 1 | -1) => void;
  /** Away from the search, to what it has found. */
  readonly leaveSearch: () => void;
  readonly foldAll: () => void;
  readonly unfoldAll: () => void;
  readonly copy: () => void;
  readonly save: () => void;
}

/** What the toolbar tells of beyond what is set in it. */
export interface ToolbarState {
  /** Which hit is the current one, from 0. */
  readonly currentHit: number | undefined;
  readonly selectedTitle: string | undefined;
  /** Something is folded. */
  readonly isFolded: boolean;
}

const levels: readonly { readonly value: LogLevel; readonly label: string }[] = [
  { value: 'debug', label: 'All levels' },
  { value: 'info', label: 'Info' },
  { value: 'warn', label: 'Warnings' },
  { value: 'error', label: 'Errors' },
];

const stamps: readonly { readonly value: TimeStamps; readonly label: string }[] = [
  { value: 'off', label: 'No times' },
  { value: 'clock', label: 'Clock' },
  { value: 'elapsed', label: 'Since start' },
];

type SearchSwitch = 'matchCase' | 'wholeWord' | 'regex';
type Switch = 'onlyMatching' | 'onlySelected' | 'wrap' | 'follow';

const searchSwitches: readonly {
  readonly name: SearchSwitch;
  readonly label: string;
  readonly icon: string;
}[] = [
  { name: 'matchCase', label: 'Match Case', icon: 'case-sensitive' },
  { name: 'wholeWord', label: 'Match Whole Word', icon: 'whole-word' },
  { name: 'regex', label: 'Use Regular Expression', icon: 'regex' },
];

const switches: readonly { readonly name: Switch; readonly label: string; readonly icon: string }[] = [
  { name: 'onlyMatching', label: 'Show Only Matching Lines', icon: 'filter' },
  { name: 'onlySelected', label: 'Show Only the Selected Step or Node', icon: 'list-selection' },
  { name: 'wrap', label: 'Wrap Lines', icon: 'word-wrap' },
  { name: 'follow', label: 'Follow the Output', icon: 'fold-down' },
];

/** Search, filters and switches of the output. */
export class LogToolbar {
  readonly element: HTMLElement;
  readonly #actions: LogToolbarActions;
  readonly #search;
  readonly #hits = element('span', { class: 'hits', 'data-testid': 'search-count', role: 'status' });
  readonly #steps: HTMLElement;
  readonly #foldAll: HTMLElement;
  readonly #unfoldAll: HTMLElement;
  readonly #level;
  readonly #times;
  readonly #chip = element('button', { class: 'chip', type: 'button', 'data-testid': 'selection-chip' });
  readonly #chipText = element('span');
  readonly #searchToggles: readonly { readonly name: SearchSwitch; readonly toggle: Toggle }[];
  readonly #toggles: ReadonlyMap<Switch, Toggle>;
  #settings: LogSettings;

  constructor(settings: LogSettings, actions: LogToolbarActions) {
    this.#settings = settings;
    this.#actions = actions;
    this.#search = createTextField({
      label: 'Search',
      testId: 'search',
      onInput: (text) => this.#change({ search: { ...this.#settings.search, text } }),
      onEnter: (backwards) => actions.step(backwards ? -1 : 1),
      onEscape: actions.leaveSearch,
    });
    this.#search.value = settings.search.text;
    this.#level = createDropdown({
      label: 'Lowest Level Shown',
      testId: 'level',
      choices: levels,
      onChoose: (value) =>
        this.#change({ level: levels.find((level) => level.value === value)?.value ?? 'debug' }),
    });
    this.#times = createDropdown({
      label: 'Time Stamps',
      testId: 'times',
      choices: stamps,
      onChoose: (value) =>
        this.#change({ times: stamps.find((stamp) => stamp.value === value)?.value ?? 'off' }),
    });
    this.#searchToggles = searchSwitches.map(({ name, label, icon }) => {
      const onPress = (): void => {
        const { search } = this.#settings;
        this.#change({ search: { ...search, [name]: !search[name] } });
      };
      return { name, toggle: createToggle({ label, icon, testId: name, onPress }) };
    });
    this.#toggles = new Map(
      switches.map(({ name, label, icon }) => {
        const onPress = (): void => this.#change({ [name]: !this.#settings[name] });
        return [name, createToggle({ label, icon, testId: name, onPress })];
      }),
    );
    this.#foldAll = this.#button('Fold All Steps', 'collapse-all', 'fold-all', actions.foldAll);
    this.#unfoldAll = this.#button('Unfold All', 'expand-all', 'unfold-all', actions.unfoldAll);
    this.#steps = element(
      'span',
      { class: 'group' },
      this.#button('Previous Match', 'arrow-up', 'previous', () => actions.step(-1)),
      this.#button('Next Match', 'arrow-down', 'next', () => actions.step(1)),
    );
    this.#chip.append(
      this.#chipText,
      element('span', { class: 'codicon codicon-close', 'aria-hidden': 'true' }),
    );
    this.#chip.addEventListener('click', () => this.#change({ onlySelected: false }));
    this.element = this.#layOut();
    this.set(settings);
    // The field and the lists take their values only once the elements are defined and in the page.
    queueMicrotask(() => {
      this.#level.set(settings.level);
      this.#times.set(settings.times);
    });
  }

  /** Shows settings that something else than this toolbar changed. */
  set(settings: LogSettings): void {
    if (settings.level !== this.#settings.level) this.#level.set(settings.level);
    this.#settings = settings;
    for (const [name, toggle] of this.#toggles) toggle.set(settings[name]);
    for (const { name, toggle } of this.#searchToggles) toggle.set(settings.search[name]);
  }

  /** While what was found is still of what was asked for before: nothing to read out yet. */
  setBusy(isBusy: boolean): void {
    setAttribute(this.#hits, 'aria-busy', isBusy ? 'true' : undefined);
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  update(status: LogStatus, shown: ToolbarState): void {
    const { currentHit, selectedTitle, isFolded } = shown;
    setVisible(this.#foldAll, !isFolded);
    setVisible(this.#unfoldAll, isFolded);
    const problem = status.search?.problem;
    setText(this.#hits, this.#hitText(status, currentHit));
    setAttribute(this.#hits, 'title', problem);
    this.#hits.classList.toggle('problem', problem !== undefined);
    setVisible(this.#hits, this.#hits.textContent !== '');
    setVisible(this.#steps, (status.search?.hits ?? 0) > 0);
    const filtered = this.#settings.onlySelected && selectedTitle !== undefined;
    setVisible(this.#chip, filtered);
    setText(this.#chipText, selectedTitle ?? '');
    setAttribute(this.#chip, 'aria-label', `Shown: only ${selectedTitle ?? ''}. Show everything`);
  }

  #layOut(): HTMLElement {
    const { copy, save } = this.#actions;
    const toggleOf = (name: Switch): Node[] => {
      const toggle = this.#toggles.get(name);
      return toggle === undefined ? [] : [toggle.element];
    };
    return element(
      'div',
      { class: 'log-toolbar', role: 'toolbar', 'aria-label': 'Output' },
      element(
        'span',
        { class: 'find' },
        element(
          'span',
          { class: 'group search' },
          this.#search.element,
          asOneStop(
            element('span', { class: 'group' }, ...this.#searchToggles.map(({ toggle }) => toggle.element)),
          ),
        ),
        asOneStop(this.#steps),
        element('span', { class: 'group' }, ...toggleOf('onlyMatching')),
        this.#hits,
      ),
      element(
        'span',
        { class: 'look' },
        this.#chip,
        element('span', { class: 'group' }, this.#level.element, this.#times.element),
        asOneStop(
          element(
            'span',
            { class: 'group' },
            ...toggleOf('onlySelected'),
            ...toggleOf('wrap'),
            ...toggleOf('follow'),
            this.#foldAll,
            this.#unfoldAll,
            this.#button('Copy Output', 'copy', 'copy-log', copy),
            this.#button('Save Output As…', 'save-as', 'save-log', save),
          ),
        ),
      ),
    );
  }

  #button(label: string, icon: string, testId: string, onPress: () => void): HTMLElement {
    return createIconButton({ label, icon, testId, onPress });
  }

  #change(part: Partial<LogSettings>): void {
    this.set({ ...this.#settings, ...part });
    this.#actions.changed(this.#settings);
  }

  #hitText({ search }: LogStatus, currentHit: number | undefined): string {
    if (search === undefined || this.#settings.search.text === '') return '';
    if (search.problem !== undefined)
      return search.problem.startsWith('Invalid') ? 'Not a regular expression' : search.problem;
    const more = search.isDone ? '' : ' so far';
    if (search.hits === 0) return search.isDone ? 'No results' : 'Searching…';
    const total = formatCount(search.hits);
    return currentHit === undefined
      ? `${total} ${search.hits === 1 ? 'line' : 'lines'}${more}`
      : `${formatCount(currentHit + 1)} of ${total}${more}`;
  }
}
