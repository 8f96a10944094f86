import { createButton } from '../shared/controls.ts';
import { element, setText, setVisible } from '../shared/dom.ts';
import { DetailBar } from '../shared/graph/detail-bar.ts';
import { runSentence, toneOf } from '../shared/graph/node-run.ts';
import type { Host } from '../shared/host.ts';
import { describe } from './graph-model.ts';
import { GraphPane } from './graph-pane.ts';
import { HeaderView } from './header-view.ts';
import type { FromWebview, GraphView, NodeView, PanelState, ToWebview } from './protocol.ts';

/** The lineage panel: draws what the extension sends and tells it what is wished. */
export class LineagePage {
  readonly #host: Host<ToWebview, FromWebview, PanelState>;
  readonly #header: HeaderView;
  readonly #pane: GraphPane;
  readonly #detail: DetailBar;
  readonly #focusButton: HTMLElement;
  readonly #main = element('main', { class: 'main' });
  readonly #notice = element('p', { class: 'notice', 'data-testid': 'notice' }, 'Reading the lineage…');
  /** Says to screen readers what the picture shows. */
  readonly #announcer = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  constructor(root: HTMLElement, host: Host<ToWebview, FromWebview, PanelState>) {
    this.#host = host;
    const current = (): string => this.#pane.current?.id ?? '';
    const open = (node: string): void => host.post({ kind: 'open', node });
    const focus = (node: string): void => host.post({ kind: 'focus', node });
    this.#header = new HeaderView({
      depth: (direction, depth) => host.post({ kind: 'depth', direction, depth }),
      zoom: (factor) => this.#pane.zoom(factor),
      fitAll: () => this.#pane.fitAll(),
      pin: (pinned) => host.post({ kind: 'pin', pinned }),
      export: () => this.#export(),
    });
    this.#pane = new GraphPane({
      moved: () => this.#tell(this.#pane.current),
      open,
      focus,
      expand: (node, direction, expanded) => host.post({ kind: 'expand', node, direction, expanded }),
      deepen: (by) => this.#deepen(by),
    });
    this.#focusButton = createButton({
      label: 'Show Its Lineage',
      icon: 'target',
      testId: 'focus',
      onPress: () => focus(current()),
    });
    const openButton = createButton({
      label: 'Open File',
      icon: 'go-to-file',
      testId: 'open',
      onPress: () => open(current()),
    });
    this.#detail = new DetailBar([this.#focusButton, openButton]);
    this.#main.append(this.#header.element, this.#pane.element, this.#detail.element);
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

  #receive(message: ToWebview): void {
    if (message.kind === 'graph') return this.#show(message.graph);
    this.#pane.clear();
    setText(this.#notice, message.message);
    setVisible(this.#notice, true);
    setVisible(this.#main, false);
  }

  #show(graph: GraphView): void {
    const before = this.#pane.model?.summary();
    setVisible(this.#notice, false);
    setVisible(this.#main, true);
    this.#header.update(graph);
    this.#pane.show(graph);
    const summary = this.#pane.model?.summary() ?? '';
    if (before !== summary) setText(this.#announcer, summary);
    const { focus, depth, expanded, pinned } = graph;
    this.#host.save({ focus, depth, expanded, pinned });
  }

  #tell(node: NodeView | undefined): void {
    setVisible(this.#focusButton, node !== undefined && node.side !== 'focus');
    this.#detail.update(
      node && {
        name: node.name,
        what: describe(node),
        ...(node.run ? { run: runSentence(node.run), tone: toneOf(node.run) } : {}),
      },
    );
  }

  #deepen(by: 1 | -1): void {
    const graph = this.#pane.model?.graph;
    if (!graph) return;
    for (const direction of ['upstream', 'downstream'] as const) {
      const depth = graph.depth[direction] + by;
      if (depth >= 0 && depth <= graph.deepest) this.#host.post({ kind: 'depth', direction, depth });
    }
  }

  #export(): void {
    const model = this.#pane.model;
    const svg = this.#pane.exportSvg();
    if (!model || svg === undefined) return;
    const name = model.node(model.graph.focus)?.name ?? 'lineage';
    this.#host.post({ kind: 'export', name: `${name}-lineage`, svg });
  }
}
