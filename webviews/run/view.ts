import { element, setText, setVisible } from '../shared/dom.ts';
import type { Host } from '../shared/host.ts';
import { createSplitter } from '../shared/splitter.ts';
import { DetailView, type FailingRows } from './detail-view.ts';
import { HeaderView } from './header-view.ts';
import { LogPane } from './log-pane.ts';
import { PageFocus } from './page-focus.ts';
import type { FromWebview, NodeView, PanelState, RunView, StepView, ToWebview } from './protocol.ts';
import { RunState } from './state.ts';
import { faceOf, faceOfRun } from './status.ts';
import { TreeView } from './tree-view.ts';

const tickMs = 500;
const minListWidth = 180;
const minLogWidth = 240;

/** The run panel: takes messages, keeps the models, draws at most once a frame. */
export class RunPage {
  readonly #host: Host<ToWebview, FromWebview, PanelState>;
  readonly #state: RunState;
  readonly #log: LogPane;
  readonly #header: HeaderView;
  readonly #tree: TreeView;
  readonly #detail: DetailView;
  readonly #focus: PageFocus;
  readonly #list = element('div', { class: 'list' });
  readonly #main = element('main', { class: 'panes' });
  readonly #notice = element('p', { class: 'notice', 'data-testid': 'notice' }, 'Opening the run…');
  /** Says to screen readers what the pictures show. */
  readonly #announcer = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  #listWidth: number | undefined;
  /** What is to be added to this page's clock to read the extension's. */
  #clockOffset = 0;
  #isScheduled = false;
  #rows: FailingRows | undefined;
  /** The search was asked for before there was a run to search in. */
  #isSearchWanted = false;

  constructor(root: HTMLElement, host: Host<ToWebview, FromWebview, PanelState>) {
    this.#host = host;
    const saved = host.saved;
    this.#listWidth = saved?.listWidth;
    this.#state = new RunState(saved === undefined ? undefined : pick(saved));
    const open = (step: StepView, node: NodeView): void => this.#open(step, node);
    this.#header = new HeaderView({
      cancel: () => this.#cancel(),
      rerun: () => host.post({ kind: 'rerun' }),
      resume: () => host.post({ kind: 'resume' }),
      copyCommands: () => this.#copyCommands(),
      openLog: () => host.post({ kind: 'open-log' }),
    });
    this.#tree = new TreeView(this.#state, { changed: () => this.#selectionChanged(), open });
    this.#focus = new PageFocus(() => this.#tree.focus());
    this.#detail = new DetailView({
      open,
      openArtifact: (path) => host.post({ kind: 'open-artifact', path }),
      showCompiled: (path) => host.post({ kind: 'show-compiled', path }),
      showRows: () => {
        const { step, node } = this.#state.selected ?? {};
        if (step && node) host.post({ kind: 'show-rows', step: step.id, node: node.node });
      },
      askOf: (ask, step) => host.post({ kind: 'step', ask, step }),
    });
    this.#log = new LogPane({
      state: this.#state,
      saved,
      post: (message) => host.post(message),
      schedule: () => this.#schedule(),
      save: () => this.#save(),
    });
    this.#layOut(root);
  }

  /** Listens, and asks for the run. */
  start(): void {
    this.#host.onMessage((message) => this.#receive(message));
    this.#host.post(this.#log.ready);
  }

  #layOut(root: HTMLElement): void {
    const splitter = createSplitter({
      label: 'Width of the List',
      width: () => this.#list.offsetWidth,
      setWidth: (width) => this.#setListWidth(width),
      onDone: () => this.#save(),
    });
    this.#list.append(this.#tree.element);
    const right = element('section', { class: 'right' }, this.#detail.element, ...this.#log.elements);
    this.#main.append(this.#list, splitter, right);
    root.append(this.#header.element, this.#main, this.#notice, this.#announcer);
    this.#showRun(false);
    if (this.#listWidth !== undefined) this.#setListWidth(this.#listWidth);
    document.addEventListener('keydown', (event) => this.#onKey(event));
    window.addEventListener('focus', () => this.#schedule());
    // The editor writes its fonts and colours as variables into the root element whenever they change.
    new MutationObserver(() => this.#log.measure()).observe(document.documentElement, {
      attributeFilter: ['style'],
    });
    setInterval(() => {
      if (this.#state.run?.status === 'running') this.#schedule();
    }, tickMs);
  }

  #receive(message: ToWebview): void {
    switch (message.kind) {
      case 'run':
        return this.#takeRun(message.run, message.now);
      case 'log':
      case 'rows':
      case 'located':
        if (message.run === this.#state.run?.id) this.#log.receive(message);
        return;
      case 'failing-rows':
        if (message.run === this.#state.run?.id) this.#rows = message;
        return this.#schedule();
      case 'reading':
        return this.#showNotice(`Reading the run… ${Math.floor(message.part * 100)} %`);
      case 'unavailable':
        return this.#showNotice(message.message);
      case 'search':
        return this.#search();
    }
  }

  /** In place of a run. */
  #showNotice(text: string): void {
    setText(this.#notice, text);
    this.#showRun(false);
  }

  get #isShown(): boolean {
    return !this.#main.hidden;
  }

  #showRun(isShown: boolean): void {
    setVisible(this.#notice, !isShown);
    setVisible(this.#header.element, isShown);
    setVisible(this.#main, isShown);
  }

  #takeRun(run: RunView, now: number): void {
    const before = this.#state.run;
    const another = before === undefined ? this.#host.saved?.run !== run.id : before.id !== run.id;
    if (another) {
      this.#rows = undefined;
      this.#state.forget();
      this.#log.forget();
      this.#focus.forget();
    }
    this.#clockOffset = now - Date.now();
    const selected = this.#state.selectedKey;
    this.#state.setRun(run);
    // Who opens a run that failed wants to see why.
    this.#log.selectionChanged(another && run.status !== 'running');
    if (before?.id === run.id) this.#announce(before, run);
    this.#showRun(true);
    if (this.#isSearchWanted) this.#search();
    if (before === undefined) this.#log.measure();
    if (before === undefined || another) this.#save();
    this.#schedule();
    if (this.#state.selectedKey !== selected || endedNow(before, run)) this.#revealSelected();
  }

  /** Once it is drawn. */
  #revealSelected(): void {
    requestAnimationFrame(() => this.#tree.revealSelected());
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { run } = this.#state;
    if (run === undefined) return;
    const now = Date.now() + this.#clockOffset;
    this.#header.update(run, now);
    this.#tree.update(now);
    const { selected } = this.#state;
    const isOfSelected = this.#rows?.node === selected?.node?.node && this.#rows?.step === selected?.step.id;
    this.#detail.update(selected, run, isOfSelected ? this.#rows : undefined);
    this.#log.update(run, selected?.node?.title ?? selected?.step.title);
    this.#focus.keep();
  }

  #selectionChanged(): void {
    this.#log.selectionChanged(true);
    this.#save();
    this.#schedule();
  }

  /** What is done here is not told to the editor, which has keys of its own for it. */
  #onKey(event: KeyboardEvent): void {
    const isSearch = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!isSearch && event.key !== 'F8') return;
    event.preventDefault();
    event.stopPropagation();
    if (isSearch) this.#search();
    else this.#showFailure(event.shiftKey ? -1 : 1);
  }

  #showFailure(direction: 1 | -1): void {
    if (!this.#state.selectFailure(direction)) return;
    this.#selectionChanged();
    this.#tree.focus();
    this.#revealSelected();
  }

  #search(): void {
    this.#isSearchWanted = !this.#isShown;
    if (this.#isShown) this.#log.focusSearch();
  }

  #cancel(): void {
    this.#host.post({ kind: 'cancel' });
    this.#schedule();
  }

  #copyCommands(): void {
    const commands =
      this.#state.run?.steps.flatMap((step) => (step.command === undefined ? [] : [step.command])) ?? [];
    this.#host.post({ kind: 'copy', text: commands.join('\n'), what: 'command lines' });
  }

  #open({ id }: StepView, { node, path, line }: NodeView): void {
    if (line === undefined) this.#host.post({ kind: 'open-node', step: id, node });
    else if (path !== undefined) this.#host.post({ kind: 'open', path, line });
  }

  /** What changed that a person would look up for: the run's state, and what has failed since. */
  #announce(before: RunView, run: RunView): void {
    const known = new Set(failedNodes(before));
    const failed = failedNodes(run).filter((title) => !known.has(title));
    const more = failed.length > 1 ? `, and ${failed.length - 1} more` : '';
    const news = [
      failed[0] === undefined ? '' : `${failed[0]}: ${faceOf('failed').word}${more}`,
      before.status === run.status ? '' : `${run.title}: ${faceOfRun(run).word}`,
    ].filter((text) => text !== '');
    if (news.length > 0) setText(this.#announcer, news.join('. '));
  }

  #setListWidth(width: number): void {
    const most = Math.max(minListWidth, window.innerWidth - minLogWidth);
    this.#listWidth = Math.round(Math.min(most, Math.max(minListWidth, width)));
    this.#list.style.setProperty('--list-width', `${this.#listWidth}px`);
  }

  #save(): void {
    const { run, selectedKey, isChosen, collapsed } = this.#state;
    if (run === undefined) return;
    this.#host.save({
      folder: run.folder,
      run: run.id,
      ...this.#log.saved,
      collapsed,
      ...(isChosen && selectedKey !== undefined ? { selected: selectedKey } : {}),
      ...(this.#listWidth === undefined ? {} : { listWidth: this.#listWidth }),
    });
  }
}

/** True where the picture says for the first time that the run is over. */
function endedNow(before: RunView | undefined, run: RunView): boolean {
  return before?.status === 'running' && run.status !== 'running';
}

function failedNodes({ steps }: RunView): readonly string[] {
  return steps.flatMap(({ nodes }) =>
    nodes.filter(({ status }) => status === 'failed').map(({ title }) => title),
  );
}

function pick(saved: PanelState): { readonly collapsed: readonly string[]; readonly selected?: string } {
  return {
    collapsed: saved.collapsed,
    ...(saved.selected === undefined ? {} : { selected: saved.selected }),
  };
}
