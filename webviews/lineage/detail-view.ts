import { createButton } from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { describe } from './graph-model.ts';
import type { NodeRun, NodeView } from './protocol.ts';

export interface DetailActions {
  readonly open: () => void;
  readonly focus: () => void;
}

const words: Readonly<Record<NodeRun['status'], string>> = {
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  warned: 'Warned',
  skipped: 'Skipped',
};

/** The node that the keyboard or the mouse is at: what it is, how it went, where to go from it. */
export class DetailView {
  readonly element: HTMLElement;
  readonly #name = element('span', { class: 'detail-name', 'data-testid': 'detail-name' });
  readonly #what = element('span', { class: 'note' });
  readonly #run = element('span', { class: 'detail-run', 'data-testid': 'detail-run' });
  readonly #focus: HTMLElement;

  constructor(actions: DetailActions) {
    this.#focus = createButton({
      label: 'Show Its Lineage',
      icon: 'target',
      testId: 'focus',
      onPress: actions.focus,
    });
    const open = createButton({
      label: 'Open File',
      icon: 'go-to-file',
      testId: 'open',
      onPress: actions.open,
    });
    this.element = element(
      'footer',
      { class: 'detail', 'data-testid': 'detail' },
      element('div', { class: 'detail-text' }, this.#name, this.#what, this.#run),
      this.#focus,
      open,
    );
  }

  update(node: NodeView | undefined): void {
    setVisible(this.element, node !== undefined);
    if (!node) return;
    setText(this.#name, node.name);
    setText(this.#what, describe(node));
    setText(this.#run, node.run ? sentence(node.run) : '');
    setAttribute(this.#run, 'title', node.run ? sentence(node.run) : undefined);
    setAttribute(this.#run, 'class', `detail-run ${node.run ? `tone-${toneOf(node.run)}` : ''}`.trim());
    setVisible(this.#focus, node.side !== 'focus');
  }
}

function sentence({ status, step, when, message }: NodeRun): string {
  const [first] = (message ?? '').split('\n').filter((line) => line.trim() !== '');
  const said = first === undefined || status === 'succeeded' ? '' : ` · ${first.trim()}`;
  return `${words[status]} in ${step}, ${when}${said}`;
}

/** Colour only for what asks for a look: as text, the colour of success is too light on a light ground. */
function toneOf({ status }: NodeRun): string {
  return status === 'failed' || status === 'warned' ? status : 'muted';
}
