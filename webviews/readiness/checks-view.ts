import { createButton, createDropdown, createIcon, createIconButton } from '../shared/controls.ts';
import { element, setAttribute, setVisible } from '../shared/dom.ts';
import { agoText } from './ago.ts';
import type { CheckFilter, CheckState, CheckView, PanelState, ReadinessView } from './protocol.ts';
import { createLink, createSection, createState, withCode, type Section } from './section.ts';
import { checkLooks, checkStates } from './state-looks.ts';
import { timeText } from './time-text.ts';

export interface ChecksActions {
  check(id: string): void;
  waive(id: string): void;
  takeBack(id: string): void;
  open(place: string): void;
  readonly changed: () => void;
}

const filters: readonly { readonly value: CheckFilter; readonly label: string }[] = [
  { value: 'all', label: 'All checks' },
  { value: 'attention', label: 'To look at' },
  { value: 'passed', label: 'Passed' },
];

const good: readonly CheckState[] = ['passed', 'not-applicable'];

const asks = { instant: '', seconds: '', network: 'connects to a service', command: 'starts a program' };

/** Every check with what was expected, what was seen, where and when, and what to do next. */
export class ChecksView {
  readonly #section: Section = createSection('Checks', 'checks');
  readonly #actions: ChecksActions;
  readonly #list = element('ul', { class: 'checks' });
  readonly #none = element('p', { class: 'none' });
  readonly #filter;
  readonly #opened: Set<string>;
  #chosen: CheckFilter;
  #checking: ReadonlySet<string> = new Set();
  #view: ReadinessView | undefined;

  constructor(actions: ChecksActions, { filter, opened }: PanelState) {
    this.#actions = actions;
    this.#chosen = filter;
    this.#opened = new Set(opened);
    this.#filter = createDropdown({
      label: 'Which checks are shown',
      testId: 'filter',
      choices: filters,
      onChoose: (value) => {
        this.#chosen = filters.find((each) => each.value === value)?.value ?? 'all';
        this.#draw();
        actions.changed();
      },
    });
    this.#filter.set(filter);
    this.#section.tools.append(this.#filter.element);
    this.#section.body.append(this.#list, this.#none);
  }

  get element(): HTMLElement {
    return this.#section.element;
  }

  get state(): PanelState {
    return { filter: this.#chosen, opened: [...this.#opened] };
  }

  update(view: ReadinessView): void {
    this.#view = view;
    const known = new Set(view.checks.map(({ id }) => id));
    for (const id of this.#opened) if (!known.has(id)) this.#opened.delete(id);
    this.#draw();
  }

  /** Marks the checks that are being looked at. */
  checking(ids: ReadonlySet<string>): void {
    this.#checking = ids;
    this.#draw();
  }

  #draw(): void {
    const view = this.#view;
    if (!view) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-check]')?.dataset['check'];
    const role = document.activeElement?.getAttribute('data-role');
    const shown = view.checks.filter((check) => this.#isShown(check)).toSorted(byGravity);
    // Where there is none, the beginning of the page says what to do about it.
    this.#section.show(view.checks.length > 0);
    this.#section.note(`${shown.length} of ${view.checks.length}`);
    this.#list.replaceChildren(...shown.map((check) => this.#row(check, view)));
    setVisible(this.#list, shown.length > 0);
    setVisible(this.#none, shown.length === 0);
    this.#none.replaceChildren(
      this.#chosen === 'passed'
        ? 'No check has passed yet.'
        : 'There is nothing to look at: every check has passed.',
    );
    // Rows are made anew; whoever was in one with the keyboard still is.
    if (focused !== undefined && role !== null && role !== undefined)
      this.#list
        .querySelector<HTMLElement>(`[data-check="${CSS.escape(focused)}"] [data-role="${CSS.escape(role)}"]`)
        ?.focus();
  }

  #isShown({ state }: CheckView): boolean {
    if (this.#chosen === 'all') return true;
    return good.includes(state) === (this.#chosen === 'passed');
  }

  #row(check: CheckView, view: ReadinessView): HTMLElement {
    const { id, title, state } = check;
    const isOpen = this.#opened.has(id);
    const isBusy = this.#checking.has(id);
    const details = element('div', { class: 'check-details' });
    const toggle = element('button', {
      class: 'check-toggle',
      type: 'button',
      'aria-expanded': String(isOpen),
      'data-role': 'toggle',
    });
    toggle.append(
      createIcon(isOpen ? 'chevron-down' : 'chevron-right'),
      createState(
        isBusy
          ? { icon: 'loading codicon-modifier-spin', word: 'Checking', tone: 'active' }
          : checkLooks[state],
      ),
      element('span', { class: 'check-title' }, title),
      element('span', { class: 'check-seen' }, ...withCode(check.seen)),
    );
    toggle.addEventListener('click', () => this.#toggle(id));
    const now = createIconButton({
      label: `Check ${id} Now${asks[check.cost] === '' ? '' : ` (${asks[check.cost]})`}`,
      icon: 'refresh',
      testId: 'check-now',
      onPress: () => this.#actions.check(id),
    });
    now.dataset['role'] = 'check';
    const canCheck = view.trusted || asks[check.cost] === '';
    setAttribute(now, 'disabled', isBusy || !canCheck ? '' : undefined);
    if (isOpen) details.append(...this.#details(check, view));
    setVisible(details, isOpen);
    return element(
      'li',
      { class: `check check-${state}`, 'data-testid': 'check', 'data-check': id },
      element('div', { class: 'check-line' }, toggle, now),
      details,
    );
  }

  #toggle(id: string): void {
    if (!this.#opened.delete(id)) this.#opened.add(id);
    this.#draw();
    this.#actions.changed();
  }

  #details(check: CheckView, { takenMs }: ReadinessView): readonly HTMLElement[] {
    const { expected, seen, where, wherePlace, sinceMs, checkedMs, next, waiver, place, without } = check;
    const at = sinceMs ?? checkedMs;
    const open = (text: string, to: string | undefined, hint: string): Node | string =>
      to === undefined ? text : createLink(text, hint, () => this.#actions.open(to));
    const facts: (readonly [string, readonly (Node | string)[]])[] = [
      ...(place === undefined ? [] : [['Check', withCode(`\`${check.id}\``)] as const]),
      ['Expected', withCode(expected)],
      ['Seen', withCode(seen)],
      ...(where === undefined ? [] : [['Where', [open(where, wherePlace, `Open ${where}`)]] as const]),
      ...(at === undefined ? [] : [['When', [`${agoText(at, takenMs)} (${timeText(at)})`]] as const]),
      ...(waiver
        ? [
            [
              'Waived',
              [
                `${without === undefined ? '' : `${checkLooks[without].word.toLowerCase()}, but `}until ${waiver.until ?? 'an unreadable day'}${waiver.by === undefined ? '' : ` by ${waiver.by}`}: `,
                open(waiver.reason, waiver.place, 'Open the waiver'),
              ],
            ] as const,
          ]
        : []),
      ...(next === undefined || waiver ? [] : [['Next', withCode(next)] as const]),
      ...(check.items.length === 0 ? [] : [['Proves', [check.items.join('; ')]] as const]),
      ...(check.categories.length === 0
        ? []
        : [
            [
              'Counts in',
              [`${check.categories.join(', ')}${check.weight === 1 ? '' : `, weight ${check.weight}`}`],
            ] as const,
          ]),
    ];
    const list = facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, ...value)]);
    return [
      element('dl', {}, ...list),
      element('div', { class: 'check-actions' }, ...this.#buttons(check, place)),
    ];
  }

  #buttons({ id, state, waiver }: CheckView, place: string | undefined): readonly HTMLElement[] {
    const source =
      place === undefined
        ? [element('span', { class: 'note' }, `${id}: proved without being asked`)]
        : [
            createButton({
              label: 'Open in penstock.yaml',
              icon: 'go-to-file',
              testId: 'open-check',
              onPress: () => this.#actions.open(place),
            }),
          ];
    if (waiver) {
      const label = 'Take Back the Waiver';
      const onPress = (): void => this.#actions.takeBack(id);
      return [...source, createButton({ label, icon: 'discard', testId: 'take-back', onPress })];
    }
    if (good.includes(state)) return source;
    const onPress = (): void => this.#actions.waive(id);
    return [...source, createButton({ label: 'Waive…', icon: 'law', testId: 'waive', onPress })];
  }
}

function byGravity(a: CheckView, b: CheckView): number {
  return checkStates.indexOf(a.state) - checkStates.indexOf(b.state);
}
