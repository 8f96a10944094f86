import { createIcon } from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { countsText } from './node-counts.ts';
import type { NodeView, StepView } from './protocol.ts';
import { faceOfPart } from './status.ts';

export interface DetailActions {
  readonly open: (path: string, line: number | undefined) => void;
  /** What the tool made of the file. */
  readonly showCompiled: (path: string) => void;
}

/** What there is to say of the selected step or node beyond its row: why it failed, and where. */
export class DetailView {
  readonly element: HTMLElement;
  readonly #icon = element('span', { 'aria-hidden': 'true' });
  readonly #title = element('span', { class: 'detail-title' });
  readonly #message = element('pre', { class: 'detail-message' });
  readonly #open = element('button', { class: 'link', type: 'button', 'data-testid': 'detail-open' });
  readonly #openText = element('span');
  readonly #compiled = element('button', { class: 'link', type: 'button', 'data-testid': 'detail-compiled' });
  #place: { readonly path: string; readonly line: number | undefined } | undefined;

  constructor({ open, showCompiled }: DetailActions) {
    this.#open.append(createIcon('go-to-file'), this.#openText);
    this.#open.addEventListener('click', () => {
      if (this.#place !== undefined) open(this.#place.path, this.#place.line);
    });
    this.#compiled.append(createIcon('open-preview'), 'Compiled SQL');
    this.#compiled.addEventListener('click', () => {
      if (this.#place !== undefined) showCompiled(this.#place.path);
    });
    this.element = element(
      'section',
      { class: 'detail', 'aria-label': 'Selected', 'data-testid': 'detail' },
      element('div', { class: 'detail-head' }, this.#icon, this.#title, this.#open, this.#compiled),
      this.#message,
    );
  }

  update(selected: { readonly step: StepView; readonly node: NodeView | undefined } | undefined): void {
    const part = selected?.node ?? selected?.step;
    const counts = selected?.node && countsText(selected.node);
    const message =
      part?.message ??
      (counts === '' ? undefined : counts) ??
      (selected?.node === undefined ? selected?.step.waitingFor : undefined);
    const path = selected?.node?.path;
    const worth =
      part !== undefined && (message !== undefined || (path !== undefined && part.status === 'failed'));
    setVisible(this.element, worth);
    if (!worth) return;
    const face = faceOfPart(part);
    setAttribute(this.#icon, 'class', `codicon codicon-${face.icon} tone-${face.tone}`);
    setText(this.#title, `${face.word}: ${part.title}`);
    setText(this.#message, (message ?? '').trim());
    setVisible(this.#message, message !== undefined);
    setVisible(this.#open, path !== undefined);
    setVisible(this.#compiled, path?.endsWith('.sql') === true);
    const line = selected?.node?.line;
    this.#place = path === undefined ? undefined : { path, line };
    setText(
      this.#openText,
      `${selected?.node?.shownPath ?? path ?? ''}${line === undefined ? '' : `:${line}`}`,
    );
  }
}
