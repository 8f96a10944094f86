import { createIcon } from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { countsText } from './node-counts.ts';
import type { ArtifactView, NodeView, RunView, StepAsk, StepView, ToWebview } from './protocol.ts';
import { faceOfPart } from './status.ts';

export interface DetailActions {
  readonly open: (step: StepView, node: NodeView) => void;
  readonly openArtifact: (path: string) => void;
  /** What the tool made of the file. */
  readonly showCompiled: (path: string) => void;
  /** Asks for the rows for which the selected node failed. */
  readonly showRows: () => void;
  /** Asks for something about the selected step. */
  readonly askOf: (ask: StepAsk, step: string) => void;
}

export type FailingRows = Extract<ToWebview, { readonly kind: 'failing-rows' }>;

const controls: readonly { readonly ask: StepAsk; readonly label: string; readonly icon: string }[] = [
  { ask: 'continue', label: 'Go On', icon: 'debug-continue' },
  { ask: 'pause', label: 'Pause Before This Step', icon: 'debug-pause' },
  { ask: 'cancel', label: 'Cancel This Step', icon: 'debug-stop' },
];

/** What there is to say of the selected step or node beyond its row: why it failed, and where. */
export class DetailView {
  readonly element: HTMLElement;
  readonly #icon = element('span', { 'aria-hidden': 'true' });
  readonly #title = element('span', { class: 'detail-title' });
  readonly #message = element('pre', { class: 'detail-message' });
  readonly #open = element('button', { class: 'link', type: 'button', 'data-testid': 'detail-open' });
  readonly #openText = element('span');
  readonly #compiled = element('button', { class: 'link', type: 'button', 'data-testid': 'detail-compiled' });
  readonly #rows = element('button', { class: 'link', type: 'button', 'data-testid': 'detail-rows' });
  readonly #artifacts = element('span', {
    class: 'detail-artifacts',
    role: 'group',
    'aria-label': 'Left behind',
    'data-testid': 'artifacts',
  });
  #shownArtifacts = '';
  readonly #rowsText = element('pre', {
    class: 'detail-rows',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Failing rows',
    'aria-live': 'polite',
    'data-testid': 'failing-rows',
  });
  readonly #controls: readonly { readonly ask: StepAsk; readonly button: HTMLElement }[];
  #step: StepView | undefined;
  #node: NodeView | undefined;

  readonly #openArtifact: (path: string) => void;

  constructor({ open, openArtifact, showCompiled, showRows, askOf }: DetailActions) {
    this.#openArtifact = openArtifact;
    this.#controls = controls.map(({ ask, label, icon }) => {
      const button = element('button', { class: 'link', type: 'button', 'data-testid': `step-${ask}` });
      button.append(createIcon(icon), label);
      button.addEventListener('click', () => {
        if (this.#step !== undefined) askOf(ask, this.#step.id);
      });
      return { ask, button };
    });
    this.#open.append(createIcon('go-to-file'), this.#openText);
    this.#open.addEventListener('click', () => {
      if (this.#step !== undefined && this.#node !== undefined) open(this.#step, this.#node);
    });
    this.#compiled.append(createIcon('open-preview'), 'Compiled SQL');
    this.#compiled.addEventListener('click', () => {
      if (this.#node?.path !== undefined) showCompiled(this.#node.path);
    });
    this.#rows.append(createIcon('table'), 'Failing Rows');
    this.#rows.addEventListener('click', () => {
      if (this.#rows.ariaDisabled !== 'true') showRows();
    });
    this.element = element(
      'section',
      { class: 'detail', 'aria-label': 'Selected', 'data-testid': 'detail' },
      element(
        'div',
        { class: 'detail-head' },
        this.#icon,
        this.#title,
        this.#open,
        this.#compiled,
        this.#rows,
        this.#artifacts,
        ...this.#controls.map(({ button }) => button),
      ),
      this.#message,
      this.#rowsText,
    );
  }

  update(
    selected: { readonly step: StepView; readonly node: NodeView | undefined } | undefined,
    run: RunView,
    rows: FailingRows | undefined,
  ): void {
    const asks = selected?.node === undefined ? asksFor(selected?.step, run) : [];
    this.#step = selected?.step;
    this.#node = selected?.node;
    const artifacts = (selected?.step.artifacts ?? []).filter(({ node }) => node === selected?.node?.node);
    for (const { ask, button } of this.#controls) setVisible(button, asks.includes(ask));
    const part = selected?.node ?? selected?.step;
    const counts = selected?.node && countsText(selected.node);
    const message =
      part?.message ??
      (counts === '' ? undefined : counts) ??
      (selected?.node === undefined ? standingOf(selected?.step) : undefined);
    const path = selected?.node?.path;
    const worth =
      part !== undefined &&
      (message !== undefined ||
        asks.length > 0 ||
        artifacts.length > 0 ||
        (path !== undefined && part.status === 'failed'));
    setVisible(this.element, worth);
    if (!worth) return;
    const face = faceOfPart(part);
    setAttribute(this.#icon, 'class', `codicon codicon-${face.icon} tone-${face.tone}`);
    setText(this.#title, `${face.word}: ${part.title}`);
    setText(this.#message, (message ?? '').trim());
    setVisible(this.#message, message !== undefined);
    setVisible(this.#open, path !== undefined);
    setVisible(this.#rows, selected?.node?.rowsStep !== undefined);
    // Not taken away while it is asked: the keyboard is at it.
    setAttribute(this.#rows, 'aria-disabled', String(rows?.isRunning === true));
    setVisible(this.#rowsText, rows !== undefined);
    setText(this.#rowsText, rows?.isRunning === true ? 'Asking for the rows…' : (rows?.text ?? ''));
    // What ran is worth more than what would be made of the file now.
    setVisible(this.#compiled, path?.endsWith('.sql') === true && artifacts.length === 0);
    this.#updateArtifacts(artifacts);
    const line = selected?.node?.line;
    setText(
      this.#openText,
      `${selected?.node?.shownPath ?? path ?? ''}${line === undefined ? '' : `:${line}`}`,
    );
  }

  /** Made anew only where they changed, so that the keyboard stays at one. */
  #updateArtifacts(artifacts: readonly ArtifactView[]): void {
    setVisible(this.#artifacts, artifacts.length > 0);
    const shown = JSON.stringify(artifacts);
    if (shown === this.#shownArtifacts) return;
    this.#shownArtifacts = shown;
    this.#artifacts.replaceChildren(
      ...artifacts.map(({ title, path, shownPath, state }) => {
        const button = element('button', { class: 'link', type: 'button', 'data-testid': 'artifact' });
        button.title = shownPath;
        button.append(createIcon(state === 'current' ? 'file' : 'warning'), `${title}${doubts[state]}`);
        setAttribute(button, 'aria-disabled', state === 'gone' ? 'true' : undefined);
        button.addEventListener('click', () => {
          if (state !== 'gone') this.#openArtifact(path);
        });
        return button;
      }),
    );
  }
}

/** Whether it still is what the run wrote, in words behind its name. */
const doubts: Readonly<Record<ArtifactView['state'], string>> = {
  current: '',
  overwritten: ' (written again since)',
  gone: ' (not there any more)',
};

/** What there is to say of a step that says nothing itself; in its row there may be no room for it. */
function standingOf(step: StepView | undefined): string | undefined {
  if (step?.pause === 'wanted') return 'The run pauses before this step.';
  if (step?.status === 'failed' && step.exitCode !== undefined)
    return `Ended with exit code ${step.exitCode}.`;
  return step?.waitingFor;
}

/** What can be asked of a step now. */
function asksFor(step: StepView | undefined, run: RunView): readonly StepAsk[] {
  if (step === undefined || run.status !== 'running' || run.cancelling) return [];
  if (step.status === 'running') return ['cancel'];
  if (step.status === 'waiting') return step.pause === 'reached' ? ['continue', 'cancel'] : ['cancel'];
  if (step.status === 'pending') return [step.pause === undefined ? 'pause' : 'continue', 'cancel'];
  return [];
}
