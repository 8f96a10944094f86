import type {
  LineageAnswer,
  LineageNodeAnswer,
  LineageParams,
} from '../../../server/src/protocol/requests.ts';
import type {
  Direction,
  FromWebview,
  NodeView,
  PanelState,
  ToWebview,
} from '../../../webviews/lineage/protocol.ts';

/** A place in a file, whose lineage is asked for. */
export interface LineagePlace {
  readonly uri: string;
  readonly position?: { readonly line: number; readonly character: number };
}

export interface LineageSessionOptions {
  /** The server's answer; undefined while it cannot answer, null where there is no lineage. */
  readonly ask: (params: LineageParams) => Promise<LineageAnswer | null | undefined>;
  /** How a node's last run went. */
  readonly runOf: (node: LineageNodeAnswer) => NodeView['run'];
  readonly send: (message: ToWebview) => void;
  readonly open: (node: LineageNodeAnswer) => void;
  readonly export: (name: string, svg: string) => void;
  /** What is shown is now called this. */
  readonly titled: (name: string) => void;
  readonly saved?: PanelState;
}

const deepest = 10;
const none: PanelState['expanded'] = { upstream: [], downstream: [] };

/** What one lineage panel shows: follows places unless it is pinned, and does what the page asks. Knows no editor. */
export class LineageSession {
  readonly #options: LineageSessionOptions;
  /** What is shown, or to be shown: a node, or what a place is about. */
  #target: { readonly node?: string; readonly place?: LineagePlace } = {};
  #depth: Readonly<Record<Direction, number>> = { upstream: 2, downstream: 2 };
  #expanded = none;
  #pinned = false;
  #shown: LineageAnswer | undefined;
  /** Counts what was asked, so that an answer that comes too late is dropped. */
  #asked = 0;
  #refreshes = 0;

  constructor(options: LineageSessionOptions) {
    this.#options = options;
    const { saved } = options;
    if (!saved) return;
    this.#target = { node: saved.focus };
    this.#depth = saved.depth;
    this.#expanded = saved.expanded;
    this.#pinned = saved.pinned;
  }

  /** Shows what a place is about, as somebody asked, pinned or not. */
  async show(place: LineagePlace): Promise<void> {
    await this.#go({ place }, nameOf(place));
  }

  /** The user is at another place now. What has no lineage leaves what is shown. */
  async follow(place: LineagePlace): Promise<void> {
    if (this.#pinned) return;
    await this.#go({ place }, this.#shown ? undefined : nameOf(place));
  }

  /** Something may have changed. */
  async refresh(): Promise<void> {
    const target = this.#target;
    const { node, place } = target;
    if (node === undefined && place === undefined) return this.#nothing(undefined);
    // Who goes elsewhere meanwhile gets there.
    const asked = ++this.#refreshes;
    const known = node === undefined ? null : await this.#ask({ node });
    // What it was called may be another name now; the file is still the same.
    const answer = known === null && place ? await this.#ask(place) : known;
    if (asked !== this.#refreshes || answer === undefined) return;
    if (this.#target !== target) return this.refresh();
    if (answer) this.#take(answer);
    else this.#nothing(place && nameOf(place));
  }

  async receive(message: FromWebview): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.refresh();
      case 'focus':
        return this.#go({ node: message.node }, undefined);
      case 'depth':
        this.#depth = { ...this.#depth, [message.direction]: Math.min(deepest, message.depth) };
        return this.refresh();
      case 'expand':
        this.#expand(message.direction, message.node, message.expanded);
        return this.refresh();
      case 'pin':
        this.#pinned = message.pinned;
        return this.#draw();
      case 'open': {
        // Only what is shown: a page must not be able to open anything else.
        const node = this.#shown?.nodes.find(({ id }) => id === message.node);
        return node && this.#options.open(node);
      }
      case 'export':
        return this.#options.export(message.name, message.svg);
    }
  }

  /** Draws what is known already anew: runs went on. */
  redraw(): void {
    this.#draw();
  }

  /** Another focus begins with nothing expanded; `whenNothing` names what has no lineage, where that is to be said. */
  async #go(target: { node?: string; place?: LineagePlace }, whenNothing: string | undefined): Promise<void> {
    const asked = ++this.#asked;
    const wanted = target.place ?? { node: target.node ?? '' };
    const answer = await this.#ask(wanted, none);
    if (asked !== this.#asked || answer === undefined) return;
    if (answer === null) {
      if (whenNothing !== undefined) this.#nothing(whenNothing);
      return;
    }
    const isSame = answer.focus === this.#shown?.focus;
    if (!isSame) this.#expanded = none;
    this.#target = { node: answer.focus, ...(target.place ? { place: target.place } : {}) };
    if (isSame) await this.refresh();
    else this.#take(answer);
  }

  #ask(
    target: LineagePlace | { readonly node: string },
    expanded = this.#expanded,
  ): Promise<LineageAnswer | null | undefined> {
    return this.#options.ask({ ...target, ...this.#depth, expanded });
  }

  #expand(direction: Direction, node: string, expanded: boolean): void {
    const others = this.#expanded[direction].filter((each) => each !== node);
    this.#expanded = { ...this.#expanded, [direction]: expanded ? [...others, node] : others };
  }

  #take(answer: LineageAnswer): void {
    this.#shown = answer;
    this.#target = { ...this.#target, node: answer.focus };
    this.#options.titled(answer.nodes[0]?.name ?? '');
    this.#draw();
  }

  #nothing(name: string | undefined): void {
    this.#shown = undefined;
    const message =
      name === undefined
        ? 'Open a model, a seed or a source to see its lineage.'
        : `${name} has no lineage. Open a model, a seed or a source.`;
    this.#options.send({ kind: 'nothing', message });
  }

  #draw(): void {
    const answer = this.#shown;
    if (!answer) return;
    this.#options.send({
      kind: 'graph',
      graph: {
        focus: answer.focus,
        nodes: answer.nodes.map((node) => this.#viewOf(node)),
        edges: answer.edges,
        depth: this.#depth,
        expanded: this.#expanded,
        pinned: this.#pinned,
        deepest,
      },
    });
  }

  #viewOf(node: LineageNodeAnswer): NodeView {
    const { id, name, what, detail, systemTitle, side, distance, hidden } = node;
    const run = this.#options.runOf(node);
    return {
      id,
      name,
      what,
      system: systemTitle,
      side,
      distance,
      hidden,
      ...(detail === undefined ? {} : { detail }),
      ...(run === undefined ? {} : { run }),
    };
  }
}

function nameOf({ uri }: LineagePlace): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
