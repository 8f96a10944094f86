import { createIcon } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import type { NoteView, ReadinessView, RiskView } from './protocol.ts';
import { createLink, createSection, type Section } from './section.ts';

const levels = ['Low', 'Medium', 'High'] as const;

/** Blockers as a list, risks as a matrix of impact and probability, and the risks that tell neither below it. */
export class RisksView {
  readonly #section: Section = createSection('Blockers and Risks', 'risks');
  readonly #open: (place: string) => void;

  constructor(open: (place: string) => void) {
    this.#open = open;
  }

  get element(): HTMLElement {
    return this.#section.element;
  }

  update({ blockers, risks }: ReadinessView): void {
    this.#section.show(blockers.length + risks.length > 0);
    const placed = risks.filter(isPlaced);
    const others = risks.filter((risk) => !isPlaced(risk));
    const numbers = new Map(risks.map((risk, at) => [risk, at + 1]));
    this.#section.body.replaceChildren(
      ...(blockers.length === 0
        ? []
        : [element('ul', { class: 'notes' }, ...blockers.map((each) => this.#blocker(each)))]),
      ...(placed.length === 0 ? [] : [this.#matrix(placed, numbers)]),
      ...(risks.length === 0
        ? []
        : [
            element(
              'ul',
              { class: 'notes' },
              ...[...placed, ...others].map((risk) => this.#risk(risk, numbers.get(risk)!)),
            ),
          ]),
    );
  }

  #blocker(note: NoteView): HTMLElement {
    const head = element('span', { class: 'state tone-failed' }, createIcon('circle-slash'), 'Blocker');
    return element('li', {}, head, ' ', this.#link(note));
  }

  #risk(risk: RiskView, number: number): HTMLElement {
    const facts = [
      risk.impact === undefined ? '' : `impact ${risk.impact.toLowerCase()}`,
      risk.probability === undefined ? '' : `probability ${risk.probability.toLowerCase()}`,
      risk.mitigation ?? '',
    ].filter((part) => part !== '');
    return element(
      'li',
      {},
      element('span', { class: 'risk-number' }, String(number)),
      ' ',
      this.#link(risk),
      element('div', { class: 'item-why' }, facts.join(' · ')),
    );
  }

  /** A table, so that a screen reader tells row and column of each risk. */
  #matrix(risks: readonly Placed[], numbers: ReadonlyMap<RiskView, number>): HTMLElement {
    const cell = (impact: number, probability: number): HTMLElement => {
      const here = risks.filter(
        (risk) => risk.impactLevel === impact && risk.probabilityLevel === probability,
      );
      const links = here.map((risk) => {
        const link = createLink(String(numbers.get(risk)), risk.text, () => this.#open(risk.place));
        link.setAttribute('aria-label', `Risk ${numbers.get(risk)}: ${risk.text}`);
        link.className = 'risk-number link';
        return link;
      });
      return element('td', { class: `grave-${impact + probability}` }, ...links);
    };
    const rows = [2, 1, 0].map((impact) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, levels[impact]!),
        ...[0, 1, 2].map((probability) => cell(impact, probability)),
      ),
    );
    const heads = levels.map((level) => element('th', { scope: 'col' }, level));
    return element(
      'table',
      { class: 'matrix', 'data-testid': 'matrix' },
      element('caption', {}, 'Impact (upwards) by probability (rightwards)'),
      element('tbody', {}, ...rows),
      element('tfoot', {}, element('tr', {}, element('td', {}), ...heads)),
    );
  }

  #link({ text, place }: NoteView): HTMLElement {
    return createLink(text, 'Open it in the plan', () => this.#open(place));
  }
}

type Placed = RiskView & { readonly impactLevel: number; readonly probabilityLevel: number };

function isPlaced(risk: RiskView): risk is Placed {
  return risk.impactLevel !== undefined && risk.probabilityLevel !== undefined;
}
