import { createIconButton } from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { formatDuration } from '../shared/format.ts';
import type { Row } from '../shared/virtual-rows.ts';
import type { NodeView, StepView } from './protocol.ts';
import { countsText, recordsText } from './node-counts.ts';
import { lastEndWithin, spanWithin, type RunState, type TreeRow } from './state.ts';
import { faceOfPart } from './status.ts';

export interface RowActions {
  select(key: string): void;
  toggle(key: string): void;
  open(step: StepView, node: NodeView): void;
}

export function rowElementId(index: number): string {
  return `row-${index}`;
}

/** One step or node: state, title, what it is, records, time, and when it ran. */
export class TreeRowView implements Row {
  readonly element: HTMLElement;
  readonly #state: RunState;
  readonly #now: () => number;
  readonly #twistie = element('span', { 'aria-hidden': 'true' });
  readonly #icon = element('span', { 'aria-hidden': 'true' });
  readonly #title = element('span', { class: 'row-title' });
  readonly #what = element('span', { class: 'row-what' });
  readonly #records = element('span', { class: 'row-records' });
  readonly #duration = element('span', { class: 'row-duration' });
  readonly #bar = element('span', { class: 'bar' });
  readonly #last = element('span', { class: 'last' });
  readonly #open: HTMLElement;
  #row: TreeRow | undefined;

  constructor(state: RunState, now: () => number, actions: RowActions) {
    this.#state = state;
    this.#now = now;
    this.#open = createIconButton({
      label: 'Open File',
      icon: 'go-to-file',
      testId: 'open-file',
      onPress: () => {
        if (this.#row?.kind === 'node' && this.#row.node.path !== undefined) {
          actions.open(this.#row.step, this.#row.node);
        }
      },
    });
    this.#open.classList.add('row-open');
    // The tree holds the focus; Enter does the same as this button.
    this.#open.tabIndex = -1;
    this.element = element(
      'div',
      { class: 'tree-row', role: 'treeitem' },
      this.#twistie,
      this.#icon,
      element('span', { class: 'row-name' }, this.#title, this.#what),
      this.#open,
      this.#records,
      this.#duration,
      element('span', { class: 'timeline', 'aria-hidden': 'true' }, this.#bar, this.#last),
    );
    this.element.addEventListener('click', (event) => this.#onClick(event, actions));
  }

  update(index: number): void {
    const row = this.#state.rows[index];
    if (row === undefined) return;
    this.#row = row;
    const part = row.kind === 'step' ? row.step : row.node;
    const face = faceOfPart(part);
    const spin = part.status === 'running' ? ' codicon-modifier-spin' : '';
    setAttribute(this.element, 'id', rowElementId(index));
    setAttribute(this.element, 'data-testid', row.kind === 'step' ? 'step-row' : 'node-row');
    setAttribute(this.element, 'data-status', part.status);
    setAttribute(this.element, 'aria-level', row.kind === 'step' ? '1' : '2');
    setAttribute(this.element, 'aria-posinset', String(row.position));
    setAttribute(this.element, 'aria-setsize', String(row.siblings));
    setAttribute(this.element, 'aria-selected', String(row.key === this.#state.selectedKey));
    const expanded = row.kind === 'step' ? row.expanded : undefined;
    setAttribute(this.element, 'aria-expanded', expanded === undefined ? undefined : String(expanded));
    setAttribute(this.#twistie, 'class', twistieClass(row, expanded));
    setAttribute(this.#icon, 'class', `row-icon codicon codicon-${face.icon} tone-${face.tone}${spin}`);
    this.#updateTexts(row, part, face.word);
    this.#updateBar(part, face.tone);
  }

  #updateTexts(row: TreeRow, part: StepView | NodeView, word: string): void {
    const what = row.kind === 'step' ? this.#stepNote(row.step) : row.node.what;
    const duration = durationOf(part, this.#now());
    setText(this.#title, part.title);
    setText(this.#what, what);
    setText(this.#records, row.kind === 'node' ? recordsText(row.node) : '');
    setText(this.#duration, duration === undefined ? '' : formatDuration(duration));
    const path = row.kind === 'node' ? row.node.path : undefined;
    setVisible(this.#open, path !== undefined && (part.status === 'failed' || part.status === 'warned'));
    const last = part.lastMs === undefined ? '' : `${formatDuration(part.lastMs)} last time`;
    const said = [part.title, what, word, this.#records.textContent, this.#duration.textContent, last];
    setAttribute(this.element, 'aria-label', said.filter((text) => text !== '').join(', '));
    setAttribute(
      this.element,
      'title',
      [part.title, row.kind === 'step' ? this.#needsText(row.step) : countsText(row.node), last, part.message]
        .filter((text) => text !== undefined && text !== '')
        .join('\n'),
    );
  }

  /** What there is to say of a step in a few words. */
  #stepNote(step: StepView): string {
    if (step.pause === 'reached') return 'paused before it';
    if (step.pause === 'wanted') return 'the run pauses before it';
    if (step.status === 'waiting') return step.waitingFor ?? 'waiting';
    // In a list where each step waits for the one before it, the order says it all.
    if (step.status === 'pending') return this.#state.isChain ? '' : this.#needsText(step);
    if (step.timedOut) return 'timed out';
    if (step.exitCode !== undefined && step.exitCode !== 0) return `exit code ${step.exitCode}`;
    if (step.reusedFrom !== undefined) return 'succeeded before';
    const attempt = step.attempt === undefined || step.attempt === 1 ? '' : `attempt ${step.attempt}`;
    if (step.status !== 'running' || step.total === undefined) return attempt;
    const ended = step.nodes.filter((node) => node.status !== 'running').length;
    return [attempt, `${ended} of ${step.total}`].filter((text) => text !== '').join(', ');
  }

  /** `after Job load`: what the step waits for. */
  #needsText({ needs }: StepView): string {
    const titles = needs.map((id) => this.#state.run?.steps.find((step) => step.id === id)?.title ?? id);
    return titles.length === 0 ? '' : `after ${titles.join(', ')}`;
  }

  #updateBar(part: StepView | NodeView, tone: string): void {
    const { run } = this.#state;
    const span = run === undefined ? undefined : spanWithin(run, part, this.#now());
    const last = run === undefined ? undefined : lastEndWithin(run, part, this.#now());
    setVisible(this.#last, last !== undefined);
    if (last !== undefined) this.#last.style.left = `${(last * 100).toFixed(2)}%`;
    setVisible(this.#bar, span !== undefined);
    if (span === undefined) return;
    setAttribute(this.#bar, 'class', `bar tone-${tone}`);
    this.#bar.style.left = `${(span.left * 100).toFixed(2)}%`;
    this.#bar.style.width = `${(span.width * 100).toFixed(2)}%`;
  }

  #onClick(event: Event, actions: RowActions): void {
    const row = this.#row;
    if (row === undefined) return;
    const onTwistie = event.target === this.#twistie;
    if (onTwistie && row.kind === 'step' && row.expanded !== undefined) actions.toggle(row.key);
    else actions.select(row.key);
  }
}

function twistieClass(row: TreeRow, expanded: boolean | undefined): string {
  if (row.kind === 'node') return 'twistie indent';
  if (expanded === undefined) return 'twistie';
  return `twistie codicon codicon-chevron-${expanded ? 'down' : 'right'}`;
}

/** What was left out took no time. */
function durationOf(part: StepView | NodeView, now: number): number | undefined {
  if (part.status === 'skipped') return undefined;
  if (part.durationMs !== undefined) return part.durationMs;
  return part.status === 'running' && part.startedAt !== undefined ? now - part.startedAt : undefined;
}
