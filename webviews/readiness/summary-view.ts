import { createButton, createIconButton, createIcon } from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { agoText } from './ago.ts';
import type { ReadinessView } from './protocol.ts';
import { checkLooks, checksText, checkStates, countsText, verdictLooks } from './state-looks.ts';

export interface SummaryActions {
  checkAll(costly: boolean): void;
  readonly writeFigures: () => void;
  readonly exportMarkdown: () => void;
  readonly exportHtml: () => void;
}

/** The top: one sentence, how the checks stand, and what can be done with all of them. */
export class SummaryView {
  readonly element: HTMLElement;
  readonly #icon = createIcon('question');
  readonly #sentence = element('h1', { class: 'sentence', 'data-testid': 'sentence' });
  readonly #counts = element('p', { class: 'counts', 'data-testid': 'counts' });
  readonly #bar = element('div', { class: 'counts-bar', role: 'img' });
  readonly #again: HTMLElement;
  readonly #everything: HTMLElement;
  readonly #figures: HTMLElement;

  constructor(actions: SummaryActions) {
    this.#again = createButton({
      label: 'Check Again',
      icon: 'refresh',
      testId: 'check-again',
      onPress: () => actions.checkAll(false),
    });
    this.#again.title = 'Looks at everything that costs next to nothing: facts and files';
    this.#everything = createButton({
      label: 'Check Everything',
      icon: 'run-all',
      testId: 'check-everything',
      onPress: () => actions.checkAll(true),
    });
    this.#figures = createIconButton({
      label: 'Write What Is Proven into the Plan…',
      icon: 'edit',
      testId: 'write-figures',
      onPress: actions.writeFigures,
    });
    const icons = element(
      'div',
      { class: 'action-icons' },
      this.#figures,
      createIconButton({
        label: 'Export as Markdown…',
        icon: 'markdown',
        testId: 'export-markdown',
        onPress: actions.exportMarkdown,
      }),
      createIconButton({
        label: 'Export as a Page to Print or Send…',
        icon: 'export',
        testId: 'export-html',
        onPress: actions.exportHtml,
      }),
    );
    this.element = element(
      'header',
      { class: 'summary' },
      element('div', { class: 'headline' }, this.#icon, this.#sentence),
      element(
        'div',
        { class: 'actions', role: 'toolbar', 'aria-label': 'Readiness' },
        this.#again,
        this.#everything,
        icons,
      ),
      element('div', { class: 'totals' }, this.#bar, this.#counts),
    );
  }

  update(view: ReadinessView): void {
    const look = verdictLooks[view.state];
    this.#icon.className = `codicon codicon-${look.icon} verdict-icon tone-${look.tone}`;
    // A number and its sign stay on one line.
    setText(this.#sentence, view.sentence.replaceAll(' %', '\u00A0%'));
    const total = view.checks.length;
    setText(this.#counts, `${checksText(view)}${newest(view)}`);
    setVisible(this.#counts, total > 0);
    setVisible(this.#bar, total > 0);
    setAttribute(this.#bar, 'aria-label', countsText(view.counts));
    this.#bar.replaceChildren(...segments(view));
    setVisible(this.#everything, view.costly !== undefined && view.trusted);
    this.#everything.title = `Also ${view.costly ?? ''}`;
    setVisible(this.#figures, view.hasFigures);
  }

  /** While something is looked at nobody can ask for it once more. */
  busy(isBusy: boolean): void {
    for (const button of [this.#again, this.#everything])
      setAttribute(button, 'disabled', isBusy ? '' : undefined);
    this.#again.querySelector('.codicon')?.classList.toggle('codicon-modifier-spin', isBusy);
  }
}

/** One piece for each state, as wide as it has checks; the sentence beside it says the same. */
function segments({ counts }: ReadinessView): readonly HTMLElement[] {
  return checkStates
    .toReversed()
    .filter((state) => counts[state] > 0)
    .map((state) => {
      const piece = element('span', { class: `segment segment-${state} tone-${checkLooks[state].tone}` });
      piece.style.flexGrow = String(counts[state]);
      return piece;
    });
}

function newest({ checks, takenMs }: ReadinessView): string {
  const times = checks.flatMap(({ checkedMs }) => checkedMs ?? []);
  return times.length === 0 ? '' : ` · looked at ${agoText(Math.max(...times), takenMs)}`;
}
