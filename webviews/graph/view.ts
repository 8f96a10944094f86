import { createButton } from '../shared/controls.ts';
import { element, setText, setVisible } from '../shared/dom.ts';
import { DetailBar } from '../shared/graph/detail-bar.ts';
import { runSentence, toneOf } from '../shared/graph/node-run.ts';
import type { Host } from '../shared/host.ts';
import { placeOf } from './graph-model.ts';
import { GraphPane } from './graph-pane.ts';
import { HeaderView } from './header-view.ts';
import type { BoxView, FromWebview, GraphView, PanelState, ToWebview } from './protocol.ts';
import { SearchView } from './search-view.ts';
import { TableView } from './table-view.ts';

/** The graph panel: draws what the extension sends and tells it what is wished. */
export class GraphPage {
  readonly #host: Host<ToWebview, FromWebview, PanelState>;
  readonly #header: HeaderView;
  readonly #search: SearchView;
  readonly #pane: GraphPane;
  readonly #table: TableView;
  readonly #detail: DetailBar;
  readonly #buttons: Readonly<Record<'toggle' | 'around' | 'run' | 'open', HTMLElement>>;
  readonly #main = element('main', { class: 'main' });
  readonly #notice = element('p', { class: 'notice', 'data-testid': 'notice' }, 'Reading the platform…');
  /** Says to screen readers what the picture shows. */
  readonly #announcer = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  #isTable = false;

  constructor(root: HTMLElement, host: Host<ToWebview, FromWebview, PanelState>) {
    this.#host = host;
    this.#search = new SearchView({
      search: (text) => host.post({ kind: 'search', text }),
      choose: ({ id, groups }) => host.post({ kind: 'show', node: id, groups }),
      say: (text) => setText(this.#announcer, text),
      leave: () => this.#pane.focus(),
    });
    this.#header = new HeaderView(
      {
        filter: (system, hidden) => host.post({ kind: 'filter', system, hidden }),
        zoom: (factor) => this.#pane.zoom(factor),
        fitAll: () => this.#pane.fitAll(),
        reset: () => host.post({ kind: 'reset' }),
        everything: () => host.post({ kind: 'around' }),
        table: (shown) => this.#showTable(shown),
        export: () => this.#export(),
      },
      this.#search.element,
    );
    this.#pane = new GraphPane({
      moved: () => this.#tell(this.#pane.current),
      open: (box) => this.#open(box),
      toggle: (group, open) => host.post({ kind: 'toggle', group, open }),
      search: () => this.#search.focus(),
    });
    this.#table = new TableView((box) => this.#open(box));
    this.#buttons = this.#createButtons();
    this.#detail = new DetailBar(Object.values(this.#buttons));
    this.#main.append(this.#header.element, this.#pane.element, this.#table.element, this.#detail.element);
    root.append(this.#main, this.#notice, this.#announcer);
    setVisible(this.#main, false);
    // The editor writes its fonts and colours as variables into the root element whenever they change.
    new MutationObserver(() => this.#pane.redraw()).observe(document.documentElement, {
      attributeFilter: ['style'],
    });
  }

  /** Listens, and asks for the graph. */
  start(): void {
    this.#host.onMessage((message) => this.#receive(message));
    this.#host.post({ kind: 'ready' });
  }

  #createButtons(): Readonly<Record<'toggle' | 'around' | 'run' | 'open', HTMLElement>> {
    const withCurrent = (act: (box: BoxView) => void) => () => {
      const box = this.#pane.current;
      if (box) act(box);
    };
    const button = (label: string, icon: string, testId: string, act: (box: BoxView) => void): HTMLElement =>
      createButton({ label, icon, testId, onPress: withCurrent(act) });
    return {
      toggle: button('Expand', 'unfold', 'toggle', () => this.#pane.toggleCurrent()),
      around: button('Only Connected', 'filter', 'around-button', ({ id }) =>
        this.#host.post({ kind: 'around', node: id }),
      ),
      run: button('Show Run', 'output', 'run', ({ id }) => this.#host.post({ kind: 'run', node: id })),
      open: button('Open File', 'go-to-file', 'open', (box) => this.#open(box)),
    };
  }

  #receive(message: ToWebview): void {
    switch (message.kind) {
      case 'graph':
        return this.#show(message.graph);
      case 'found':
        return this.#search.show(message.text, message.found);
      case 'reveal':
        return this.#pane.reveal(message.box);
      case 'nothing':
        this.#pane.clear();
        setText(this.#notice, message.message);
        setVisible(this.#notice, true);
        setVisible(this.#main, false);
    }
  }

  #show(graph: GraphView): void {
    const before = this.#pane.model?.summary();
    setVisible(this.#notice, false);
    setVisible(this.#main, true);
    setVisible(this.#search.element, graph.pipeline === undefined);
    this.#header.update(graph, this.#isTable);
    this.#pane.show(graph);
    const { model } = this.#pane;
    if (model && this.#isTable) this.#table.show(model);
    const summary = model?.summary() ?? '';
    if (before !== summary) setText(this.#announcer, summary);
    const { pipeline, opened, closed, hidden, around } = graph;
    this.#host.save({
      opened,
      closed,
      hidden,
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(around === undefined ? {} : { around }),
    });
  }

  #showTable(shown: boolean): void {
    const { model } = this.#pane;
    this.#isTable = shown;
    setVisible(this.#pane.element, !shown);
    setVisible(this.#table.element, shown);
    setVisible(this.#detail.element, !shown);
    if (!model) return;
    this.#header.update(model.graph, shown);
    if (shown) this.#table.show(model);
    else this.#pane.redraw();
  }

  #open(box: BoxView): void {
    if (box.kind === 'group') this.#host.post({ kind: 'toggle', group: box.id, open: true });
    else if (box.hasFile) this.#host.post({ kind: 'open', node: box.id });
  }

  #tell(box: BoxView | undefined): void {
    if (!box) return this.#detail.update(undefined);
    const { model } = this.#pane;
    const what = [box.note, model?.systemTitle(box) ?? '', placeOf(box)].filter((part) => part !== '');
    const attention = box.attention?.map(({ status, count }) => `${count} ${status}`).join(', ');
    this.#detail.update({
      name: box.label,
      what: what.join(' · '),
      ...(attention ? { run: attention, tone: toneOf(box.attention![0]!) } : {}),
      ...(box.run ? { run: runSentence(box.run), tone: toneOf(box.run) } : {}),
    });
    if (this.#isTable) setVisible(this.#detail.element, false);
    const isGroup = box.kind === 'group';
    setVisible(this.#buttons.toggle, isGroup || box.group !== undefined);
    this.#buttons.toggle.lastChild!.textContent = isGroup ? 'Expand' : 'Collapse';
    const isPipeline = model?.graph.pipeline !== undefined;
    setVisible(this.#buttons.around, !isGroup && !isPipeline && model?.graph.around !== box.id);
    setVisible(this.#buttons.run, box.hasRun === true);
    setVisible(this.#buttons.open, box.hasFile === true);
  }

  #export(): void {
    const { model } = this.#pane;
    const svg = this.#pane.exportSvg();
    if (model && svg !== undefined) this.#host.post({ kind: 'export', name: model.graph.title, svg });
  }
}
