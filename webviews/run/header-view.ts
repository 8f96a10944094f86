import { asOneStop, createButton, createIconButton } from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { formatCount, formatDuration, formatElapsed } from '../shared/format.ts';
import type { RunView, Totals } from './protocol.ts';
import { faceOfRun } from './status.ts';

export interface HeaderActions {
  readonly cancel: () => void;
  readonly rerun: () => void;
  readonly resume: () => void;
  readonly copyCommands: () => void;
  readonly openLog: () => void;
}

interface CountFace {
  readonly key: keyof Totals;
  readonly icon: string;
  readonly tone: string;
  readonly word: string;
}

const countFaces: readonly CountFace[] = [
  { key: 'succeeded', icon: 'pass', tone: 'passed', word: 'succeeded' },
  { key: 'warned', icon: 'warning', tone: 'warned', word: 'warned' },
  { key: 'failed', icon: 'error', tone: 'failed', word: 'failed' },
  { key: 'stopped', icon: 'stop-circle', tone: 'muted', word: 'stopped' },
  { key: 'skipped', icon: 'circle-slash', tone: 'muted', word: 'skipped' },
];

/** Title, state, counts, time and the buttons of the run. */
export class HeaderView {
  readonly element: HTMLElement;
  readonly #icon = element('span', { 'aria-hidden': 'true' });
  readonly #title = element('h1', { class: 'title', 'data-testid': 'run-title' });
  readonly #status = element('span', { class: 'status', 'data-testid': 'run-status' });
  readonly #elapsed = element('span', { class: 'elapsed', 'data-testid': 'run-elapsed' });
  readonly #counts = element('ul', {
    class: 'counts',
    'aria-label': 'Outcomes',
    'data-testid': 'run-counts',
  });
  readonly #cancel: HTMLElement;
  readonly #rerun: HTMLElement;
  readonly #resume: HTMLElement;
  readonly #settings = element('span', { class: 'settings', 'data-testid': 'run-parameters' });
  readonly #countItems = new Map<
    keyof Totals,
    { readonly item: HTMLElement; readonly number: HTMLElement }
  >();
  /** Pressed here; the extension's own word for it comes a moment later. */
  #cancelling = false;
  #run: string | undefined;

  constructor(actions: HeaderActions) {
    this.#cancel = createButton({
      label: 'Cancel',
      icon: 'debug-stop',
      testId: 'cancel',
      onPress: () => {
        this.#cancelling = true;
        actions.cancel();
      },
    });
    this.#rerun = createButton({
      label: 'Rerun',
      icon: 'debug-restart',
      testId: 'rerun',
      onPress: actions.rerun,
    });
    this.#resume = createButton({
      label: 'Resume from Failed Step',
      icon: 'debug-continue',
      testId: 'resume',
      onPress: actions.resume,
    });
    for (const face of countFaces) this.#counts.append(this.#createCount(face));
    this.element = element(
      'header',
      { class: 'header' },
      element('div', { class: 'heading' }, this.#icon, this.#title, this.#status, this.#settings),
      this.#counts,
      this.#elapsed,
      asOneStop(
        element(
          'div',
          { class: 'actions', role: 'toolbar', 'aria-label': 'Run' },
          this.#cancel,
          this.#resume,
          this.#rerun,
          createIconButton({
            label: 'Copy Command Lines',
            icon: 'copy',
            testId: 'copy-command',
            onPress: actions.copyCommands,
          }),
          createIconButton({
            label: 'Open Log File',
            icon: 'output',
            testId: 'open-log',
            onPress: actions.openLog,
          }),
        ),
      ),
    );
  }

  update(run: RunView, now: number): void {
    const face = faceOfRun(run);
    const running = run.status === 'running';
    if (!running || run.id !== this.#run) this.#cancelling = false;
    this.#run = run.id;
    const cancelling = running && (this.#cancelling || run.cancelling);
    setAttribute(
      this.#icon,
      'class',
      `state codicon codicon-${face.icon} tone-${face.tone}${running ? ' codicon-modifier-spin' : ''}`,
    );
    setText(this.#title, nameOf(run));
    setAttribute(this.#title, 'title', run.title);
    setText(this.#status, cancelling ? 'Cancelling…' : wordOf(run, face.word));
    setAttribute(this.#status, 'class', `status tone-${face.tone}`);
    const elapsed =
      run.durationMs === undefined ? formatElapsed(now - run.startedAt) : formatDuration(run.durationMs);
    setText(this.#elapsed, elapsed);
    setVisible(this.#cancel, running);
    setVisible(this.#rerun, !running);
    setVisible(this.#resume, !running && isResumable(run));
    setText(this.#settings, settingsOf(run));
    setVisible(this.#settings, settingsOf(run) !== '');
    this.#updateCounts(run.totals);
  }

  #updateCounts(counts: Totals): void {
    for (const { key, word } of countFaces) {
      const shown = this.#countItems.get(key);
      if (shown === undefined) continue;
      const { [key]: count = 0 } = counts;
      setVisible(shown.item, count > 0);
      setText(shown.number, formatCount(count));
      setAttribute(shown.item, 'aria-label', `${count} ${word}`);
      setAttribute(shown.item, 'title', `${count} ${word}`);
    }
  }

  #createCount(face: CountFace): HTMLElement {
    const number = element('span', { 'aria-hidden': 'true' });
    const icon = element('span', {
      class: `codicon codicon-${face.icon} tone-${face.tone}`,
      'aria-hidden': 'true',
    });
    const item = element('li', { 'data-count': face.key }, icon, number);
    this.#countItems.set(face.key, { item, number });
    return item;
  }
}

/** A run is called by what was asked for, in the steps' public names, as everywhere else. */
function nameOf(run: RunView): string {
  return run.requested.length === 0 ? run.title : run.requested.join(', ');
}

/** What was set for it, and what it goes on with: `scope = marts · resumes 20261123-083245-120`. */
function settingsOf({ parameters = {}, resumes }: RunView): string {
  const set = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  return [set.join(', '), resumes === undefined ? '' : `resumes ${resumes}`]
    .filter((text) => text !== '')
    .join(' · ');
}

function wordOf({ status, steps }: RunView, word: string): string {
  const allowed = steps.filter((step) => step.allowed).length;
  return status === 'succeeded' && allowed > 0 ? `${word}, ${allowed} allowed to fail` : word;
}

/** True where something was done and something is left to do. */
function isResumable({ status, stopped, steps }: RunView): boolean {
  if (stopped) return false;
  const isDone = steps.some((step) => step.status === 'succeeded' || step.reusedFrom !== undefined);
  return isDone && (status === 'failed' || status === 'cancelled' || status === 'interrupted');
}
