import { createButton } from '../shared/controls.ts';
import { element, setVisible } from '../shared/dom.ts';
import type { Lacking, ReadinessView } from './protocol.ts';

const texts: Readonly<Record<Lacking, { readonly text: string; readonly button: string }>> = {
  plan: {
    text: 'No planning document was found: nothing says yet what the platform still needs.',
    button: 'Create a Plan',
  },
  checks: {
    text: 'No check is written yet: what the plan claims stays a claim until penstock.yaml says how it is proved.',
    button: 'Create or Open penstock.yaml',
  },
};

/** Says what is still to be written before claims and evidence can stand side by side, and begins it. */
export class StartView {
  readonly element = element('div', { class: 'start', 'data-testid': 'start' });
  readonly #create: (what: Lacking) => void;

  constructor(create: (what: Lacking) => void) {
    this.#create = create;
  }

  update({ lacks }: ReadinessView): void {
    setVisible(this.element, lacks.length > 0);
    this.element.replaceChildren(
      ...lacks.map((what) => {
        const { text, button } = texts[what];
        const press = createButton({
          label: button,
          icon: 'new-file',
          testId: `create-${what}`,
          onPress: () => this.#create(what),
        });
        return element('p', {}, element('span', {}, text), press);
      }),
    );
  }
}
