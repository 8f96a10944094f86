import { parseAnsi } from '../shared/ansi.ts';
import { LogRows } from './log-rows.ts';
import { settingsOf, type LogSettings } from './log-settings.ts';
import { LogToolbar } from './log-toolbar.ts';
import { LogView } from './log-view.ts';
import type { FromWebview, LogQuery, LogTarget, PanelState, RunView, ToWebview } from './protocol.ts';
import type { RunState } from './state.ts';

export interface LogPaneOptions {
  readonly state: RunState;
  readonly saved: PanelState | undefined;
  readonly post: (message: FromWebview) => void;
  /** Something is to be drawn. */
  readonly schedule: () => void;
  /** Something is to be remembered. */
  readonly save: () => void;
}

/** The output of the run with all that is set for it: filters, search, folds, following. */
export class LogPane {
  readonly #options: LogPaneOptions;
  readonly #rows: LogRows;
  readonly #toolbar: LogToolbar;
  readonly #view: LogView;
  readonly elements: readonly HTMLElement[];
  #settings: LogSettings;
  #folded: Set<string>;
  /** The line to come back to after a reload. */
  #savedTop: number | undefined;
  #selectedKey: string | undefined;
  #hit: { readonly position: number; readonly index: number } | undefined;
  #refresh = false;

  constructor(options: LogPaneOptions) {
    const { saved, post, state } = options;
    this.#options = options;
    this.#settings = settingsOf(saved);
    this.#folded = new Set(saved?.folded);
    this.#savedTop = this.#settings.follow ? undefined : saved?.topLine;
    this.#rows = new LogRows(this.#query(), post);
    this.#toolbar = new LogToolbar(this.#settings, {
      changed: (settings) => this.#settingsChanged(settings),
      step: (direction) => this.#stepHit(direction),
      leaveSearch: () => this.#view.focus(),
      foldAll: () => this.#fold(this.#stepKeys()),
      unfoldAll: () => this.#fold([]),
      copy: () => this.#copyAll(),
      save: () => post({ kind: 'save-output', times: this.#settings.times }),
    });
    this.#view = new LogView({
      rows: this.#rows,
      isFolded: (key) => this.#folded.has(key) && this.#settings.search.text === '',
      times: () => this.#settings.times,
      began: () => state.run?.startedAt ?? 0,
      isSelected: (row) => this.#isOfSelected(row.step, row.node),
      currentHit: () => this.#hit?.position,
      follow: (link) =>
        link.kind === 'url'
          ? post({ kind: 'open-url', url: link.url })
          : post({
              kind: 'open',
              path: link.path,
              ...(link.line === undefined ? {} : { line: link.line }),
              ...(link.column === undefined ? {} : { column: link.column }),
            }),
      toggleFold: (key) => this.#toggleFold(key),
      onFollow: (follow) => this.#setFollow(follow),
      onScroll: () => options.save(),
      onCopyLine: (position) => this.#copyLine(position),
      onCopyAll: () => this.#copyAll(),
      onClearFilters: () => this.#clearFilters(),
    });
    this.elements = [this.#toolbar.element, this.#view.element];
    this.#applyLook();
  }

  /** What the first message to the extension says. */
  get ready(): FromWebview {
    return this.#rows.ready;
  }

  /** What is to be remembered of it. */
  get saved(): Omit<PanelState, 'folder' | 'run' | 'collapsed'> {
    const topLine = this.#savedTop ?? this.#rows.at(this.#view.topPosition)?.number;
    return {
      ...this.#settings,
      folded: [...this.#folded],
      ...(this.#settings.follow || topLine === undefined ? {} : { topLine }),
    };
  }

  receive(message: Extract<ToWebview, { readonly kind: 'log' | 'rows' | 'located' }>): void {
    const folds = message.kind === 'log' && message.folds.length > 0;
    if (!this.#rows.receive(message)) return;
    this.#refresh ||= folds;
    if (this.#savedTop !== undefined && message.kind === 'log') this.#returnTo(this.#savedTop);
    // Which line is at the top edge is known only once it has come.
    if (message.kind === 'rows' && !this.#settings.follow) this.#options.save();
    this.#options.schedule();
  }

  /** Another run is shown; what is set stays, where in the output one was does not. */
  forget(): void {
    this.#rows.clear();
    this.#folded.clear();
    this.#savedTop = undefined;
    this.#hit = undefined;
    this.#view.activate(undefined);
    this.#setFollow(true);
  }

  /** Comes back to where the page was left: the first lines are there to be looked at. */
  #returnTo(number: number): void {
    this.#rows.locate({ kind: 'line', number }, (position) => {
      this.#savedTop = undefined;
      if (position !== undefined) this.#reveal(position, 'top');
    });
  }

  update(run: RunView, selectedTitle: string | undefined): void {
    this.#toolbar.setBusy(!this.#rows.isCurrent);
    this.#toolbar.update(this.#rows.status, {
      currentHit: this.#hit?.index,
      selectedTitle,
      isFolded: this.#folded.size > 0,
    });
    this.#view.update({ refresh: this.#refresh, emptyText: this.#emptyText(run) });
    this.#refresh = false;
  }

  /** Another step or node is selected; its lines are shown where a person chose it. */
  selectionChanged(show: boolean): void {
    const { selected, selectedKey } = this.#options.state;
    this.#refresh ||= selectedKey !== this.#selectedKey;
    this.#selectedKey = selectedKey;
    this.#applyQuery();
    if (selected === undefined || this.#settings.onlySelected || !show) return;
    const node = selected.node?.node;
    this.#jump({ kind: 'part', step: selected.step.id, ...(node === undefined ? {} : { node }) });
  }

  focusSearch(): void {
    this.#toolbar.focusSearch();
  }

  measure(): void {
    this.#view.measure();
  }

  #jump(what: LogTarget): void {
    this.#rows.locate(what, (position, hit) => {
      if (position === undefined) return;
      if (hit !== undefined) this.#hit = { position, index: hit };
      this.#view.activate(position);
      this.#setFollow(false);
      this.#reveal(position, 'center');
    });
  }

  /** What was found may lie among lines that the page has not heard of yet: drawn first, gone to then. */
  #reveal(position: number, place: 'center' | 'top'): void {
    this.#refresh = true;
    this.#options.schedule();
    requestAnimationFrame(() => this.#view.reveal(position, place));
  }

  #settingsChanged(settings: LogSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    if (before.follow !== settings.follow) this.#view.setFollow(settings.follow);
    if (before.search !== settings.search) this.#hit = undefined;
    this.#applyLook(before);
    this.#applyQuery();
    this.#options.save();
    this.#options.schedule();
  }

  #applyLook(before?: LogSettings): void {
    this.#view.setTimes(this.#settings.times !== 'off');
    if (before?.wrap !== this.#settings.wrap) this.#view.setWrap(this.#settings.wrap);
    if (before === undefined) this.#view.setFollow(this.#settings.follow);
    this.#refresh = true;
  }

  #applyQuery(): void {
    const before = this.#rows.query;
    this.#rows.setQuery(this.#query());
    if (this.#rows.query === before) return;
    this.#toolbar.setBusy(true);
    this.#hit = undefined;
    this.#view.activate(undefined);
    this.#refresh = true;
  }

  #query(): LogQuery {
    const { level, onlySelected, search, onlyMatching } = this.#settings;
    const selected = onlySelected ? this.#options.state.selected : undefined;
    const node = selected?.node?.node;
    return {
      level,
      search,
      onlyMatching,
      folded: [...this.#folded],
      ...(selected === undefined ? {} : { step: selected.step.id }),
      ...(node === undefined ? {} : { node }),
    };
  }

  #stepHit(direction: 1 | -1): void {
    const top = this.#view.topPosition;
    const from = this.#hit?.position ?? this.#view.activePosition ?? (direction === 1 ? top - 1 : top);
    this.#jump({ kind: 'hit', from, direction });
  }

  #toggleFold(key: string): void {
    if (!this.#folded.delete(key)) this.#folded.add(key);
    this.#fold(this.#folded);
  }

  #fold(keys: Iterable<string>): void {
    this.#folded = new Set(keys);
    this.#setFollow(false);
    this.#applyQuery();
    this.#refresh = true;
    this.#options.save();
    this.#options.schedule();
  }

  #stepKeys(): readonly string[] {
    return this.#options.state.run?.steps.map(({ id }) => id) ?? [];
  }

  #setFollow(follow: boolean): void {
    if (this.#settings.follow === follow) return;
    this.#settings = { ...this.#settings, follow };
    this.#toolbar.set(this.#settings);
    this.#view.setFollow(follow);
    this.#options.save();
  }

  /** What is searched for stays, for it leaves nothing out any more. */
  #clearFilters(): void {
    const settings: LogSettings = {
      ...this.#settings,
      level: 'debug',
      onlyMatching: false,
      onlySelected: false,
    };
    this.#toolbar.set(settings);
    this.#settingsChanged(settings);
    // The button that had the focus is gone.
    this.#view.focus();
  }

  #copyAll(): void {
    this.#options.post({ kind: 'copy-output', times: this.#settings.times });
  }

  #copyLine(position: number): void {
    const line = this.#rows.at(position);
    if (line === undefined) return;
    const text = parseAnsi(line.text)
      .map((segment) => segment.text)
      .join('');
    this.#options.post({ kind: 'copy', text, what: 'line' });
  }

  #emptyText(run: RunView): string {
    if (this.#rows.status.lines > 0) return 'No line passes the filter.';
    return run.status === 'running' ? 'Nothing printed yet.' : 'Nothing was printed.';
  }

  #isOfSelected(step: string, node: string | undefined): boolean {
    const { selected } = this.#options.state;
    if (this.#settings.onlySelected) return false;
    return selected?.node !== undefined && selected.step.id === step && selected.node.node === node;
  }
}
