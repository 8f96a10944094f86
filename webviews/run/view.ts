import { element, setText, setVisible } from '../shared/dom.ts';
import type { Host } from '../shared/host.ts';
import { createSplitter } from '../shared/splitter.ts';
import { DetailView } from './detail-view.ts';
import { HeaderView } from './header-view.ts';
import { LogModel } from './log-model.ts';
import { LogToolbar, type LogSettings } from './log-toolbar.ts';
import { LogView } from './log-view.ts';
import { PathLinks } from './path-links.ts';
import type { FromWebview, PanelState, RunView, ToWebview } from './protocol.ts';
import { RunState } from './state.ts';
import { faceOf } from './status.ts';
import { TreeView } from './tree-view.ts';

const tickMs = 500;
const minListWidth = 180;
const minLogWidth = 240;

/** The run panel: takes messages, keeps the models, draws at most once a frame. */
export class RunPage {
  readonly #host: Host<ToWebview, FromWebview, PanelState>;
  readonly #state: RunState;
  readonly #log = new LogModel();
  readonly #header: HeaderView;
  readonly #tree: TreeView;
  readonly #detail: DetailView;
  readonly #toolbar: LogToolbar;
  readonly #logView: LogView;
  readonly #list = element('div', { class: 'list' });
  readonly #main = element('main', { class: 'panes' });
  readonly #notice = element('p', { class: 'notice', 'data-testid': 'notice' }, 'Opening the run…');
  /** Says to screen readers what the pictures show. */
  readonly #announcer = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  #settings: LogSettings;
  #listWidth: number | undefined;
  #links = new PathLinks(undefined);
  /** What is to be added to this page's clock to read the extension's. */
  #clockOffset = 0;
  #isScheduled = false;
  #refreshLog = false;
  #waitingForLines = false;

  constructor(root: HTMLElement, host: Host<ToWebview, FromWebview, PanelState>) {
    this.#host = host;
    const saved = host.saved;
    this.#settings = {
      search: saved?.search ?? '',
      regex: saved?.regex ?? false,
      // What a terminal would show; dbt's debug lines are many times the rest.
      level: saved?.level ?? 'info',
      onlySelected: saved?.onlySelected ?? false,
      follow: saved?.follow ?? true,
      times: saved?.times ?? false,
    };
    this.#listWidth = saved?.listWidth;
    this.#state = new RunState(saved === undefined ? undefined : pick(saved));
    const open = (path: string, line: number | undefined): void => this.#open(path, line);
    this.#header = new HeaderView({
      cancel: () => this.#cancel(),
      rerun: () => host.post({ kind: 'rerun' }),
      resume: () => host.post({ kind: 'resume' }),
      copyCommands: () => this.#copyCommands(),
      openLog: () => host.post({ kind: 'open-log' }),
    });
    this.#tree = new TreeView(this.#state, { changed: () => this.#selectionChanged(), open });
    this.#detail = new DetailView(open);
    this.#toolbar = new LogToolbar(this.#settings, {
      changed: (settings) => this.#settingsChanged(settings),
      step: (direction) => this.#stepHit(direction),
      copy: () => host.post({ kind: 'copy', text: this.#log.text(), what: 'output' }),
    });
    this.#logView = new LogView({
      log: this.#log,
      links: () => this.#links,
      isSelected: (line) => this.#isOfSelected(line.step, line.node),
      open,
      onFollow: (follow) => this.#setFollow(follow),
    });
    this.#layOut(root);
    this.#applySettings();
  }

  /** Listens, and asks for the run. */
  start(): void {
    this.#host.onMessage((message) => this.#receive(message));
    this.#host.post({ kind: 'ready' });
  }

  #layOut(root: HTMLElement): void {
    const splitter = createSplitter({
      label: 'Width of the List',
      width: () => this.#list.offsetWidth,
      setWidth: (width) => this.#setListWidth(width),
      onDone: () => this.#save(),
    });
    this.#list.append(this.#tree.element);
    const right = element(
      'section',
      { class: 'right' },
      this.#detail.element,
      this.#toolbar.element,
      this.#logView.element,
    );
    this.#main.append(this.#list, splitter, right);
    root.append(this.#header.element, this.#main, this.#notice, this.#announcer);
    setVisible(this.#header.element, false);
    setVisible(this.#main, false);
    if (this.#listWidth !== undefined) this.#setListWidth(this.#listWidth);
    window.addEventListener('keydown', (event) => this.#onKey(event));
    // The editor writes its fonts and colours as variables into the root element whenever they change.
    new MutationObserver(() => this.#logView.measure()).observe(document.documentElement, {
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
      case 'lines':
        if (message.run !== this.#state.run?.id) return;
        if (message.from === 0) this.#waitingForLines = false;
        if (!this.#log.append(message.from, message.lines)) this.#askAgain();
        return this.#schedule();
      case 'unavailable':
        setText(this.#notice, message.message);
        setVisible(this.#notice, true);
        setVisible(this.#header.element, false);
        setVisible(this.#main, false);
    }
  }

  #takeRun(run: RunView, now: number): void {
    const before = this.#state.run;
    const another = before === undefined ? this.#host.saved?.run !== run.id : before.id !== run.id;
    if (another) {
      this.#state.forget();
      this.#log.clear();
      this.#setFollow(true);
    }
    this.#clockOffset = now - Date.now();
    this.#state.setRun(run);
    const links = new PathLinks(run);
    this.#refreshLog ||= links.size !== this.#links.size;
    this.#links = links;
    this.#applyFilter();
    if (before !== undefined && before.status !== run.status) this.#announce(run);
    setVisible(this.#notice, false);
    setVisible(this.#header.element, true);
    setVisible(this.#main, true);
    if (before === undefined) this.#logView.measure();
    if (before === undefined || another) this.#save();
    this.#schedule();
  }

  /** Lines went missing between two messages; everything is sent again, asked for once. */
  #askAgain(): void {
    if (this.#waitingForLines) return;
    this.#waitingForLines = true;
    this.#host.post({ kind: 'ready' });
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
    this.#detail.update(selected);
    this.#toolbar.update(this.#log, selected?.node?.title ?? selected?.step.title);
    this.#logView.update({ refresh: this.#refreshLog, emptyText: this.#emptyText(run) });
    this.#refreshLog = false;
  }

  #emptyText(run: RunView): string {
    if (this.#log.lineCount > 0) return 'No line passes the filter.';
    return run.status === 'running' ? 'Nothing printed yet.' : 'Nothing was printed.';
  }

  #selectionChanged(): void {
    this.#applyFilter();
    const { selected } = this.#state;
    this.#refreshLog = true;
    if (selected !== undefined && !this.#settings.onlySelected) {
      const position = this.#log.findFirst(selected.step.id, selected.node?.node);
      if (position !== undefined) {
        this.#setFollow(false);
        this.#logView.reveal(position);
      }
    }
    this.#save();
    this.#schedule();
  }

  #settingsChanged(settings: LogSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    this.#applySettings(before);
    this.#save();
    this.#schedule();
  }

  #applySettings(before?: LogSettings): void {
    const { search, regex, follow, times } = this.#settings;
    if (before?.search !== search || before.regex !== regex) this.#log.setSearch({ text: search, regex });
    if (before?.follow !== follow) this.#logView.setFollow(follow);
    this.#logView.setTimes(times);
    this.#applyFilter();
    this.#refreshLog = true;
  }

  #applyFilter(): void {
    const { level, onlySelected } = this.#settings;
    const selected = onlySelected ? this.#state.selected : undefined;
    const step = selected?.step.id;
    const node = selected?.node?.node;
    const { filter } = this.#log;
    if (filter.level === level && filter.step === step && filter.node === node) return;
    this.#log.setFilter({
      level,
      ...(step === undefined ? {} : { step }),
      ...(node === undefined ? {} : { node }),
    });
    this.#refreshLog = true;
  }

  #stepHit(direction: 1 | -1): void {
    const position = this.#log.step(direction, this.#logView.topPosition);
    if (position === undefined) return;
    this.#setFollow(false);
    this.#logView.reveal(position);
    this.#refreshLog = true;
    this.#schedule();
  }

  #setFollow(follow: boolean): void {
    if (this.#settings.follow === follow) return;
    this.#settings = { ...this.#settings, follow };
    this.#toolbar.set(this.#settings);
    this.#logView.setFollow(follow);
    this.#save();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'F8') {
      event.preventDefault();
      if (!this.#state.selectFailure(event.shiftKey ? -1 : 1)) return;
      this.#selectionChanged();
      // The row exists only once it is drawn.
      requestAnimationFrame(() => this.#tree.revealSelected());
    } else if (event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      this.#toolbar.focusSearch();
    }
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

  #open(path: string, line: number | undefined): void {
    this.#host.post({ kind: 'open', path, ...(line === undefined ? {} : { line }) });
  }

  #isOfSelected(step: string, node: string | undefined): boolean {
    const { selected } = this.#state;
    if (this.#settings.onlySelected) return false;
    return selected?.node !== undefined && selected.step.id === step && selected.node.node === node;
  }

  #announce(run: RunView): void {
    setText(this.#announcer, `${run.title}: ${faceOf(run.status).word}`);
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
      ...this.#settings,
      collapsed,
      ...(isChosen && selectedKey !== undefined ? { selected: selectedKey } : {}),
      ...(this.#listWidth === undefined ? {} : { listWidth: this.#listWidth }),
    });
  }
}

function pick(saved: PanelState): { readonly collapsed: readonly string[]; readonly selected?: string } {
  return {
    collapsed: saved.collapsed,
    ...(saved.selected === undefined ? {} : { selected: saved.selected }),
  };
}
