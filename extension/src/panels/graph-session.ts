import type { Range } from '../../../server/src/core/span.ts';
import type {
  GraphAnswer,
  GraphBoxAnswer,
  GraphFoundAnswer,
  GraphParams,
  PipelineGraphAnswer,
  PipelineGraphParams,
} from '../../../server/src/protocol/graph-requests.ts';
import type {
  BoxView,
  FromWebview,
  GraphView,
  PanelState,
  ToWebview,
} from '../../../webviews/graph/protocol.ts';
import type { KnownRun, RunPlace } from '../../../server/src/runs/last-runs.ts';
import { told, type NodeRuns } from '../runs/node-runs.ts';
import { PipelineRun } from '../../../server/src/runs/pipeline-run.ts';

/** What one graph panel asks of the outside. A server that cannot answer gives undefined. */
export interface GraphSessionOptions {
  readonly ask: (params: GraphParams) => Promise<GraphAnswer | undefined>;
  readonly askPipeline: (params: PipelineGraphParams) => Promise<PipelineGraphAnswer | null | undefined>;
  readonly find: (text: string) => Promise<readonly GraphFoundAnswer[] | undefined>;
  readonly runs: () => { readonly nodes: NodeRuns; readonly all: readonly KnownRun[] };
  readonly send: (message: ToWebview) => void;
  readonly open: (place: { readonly uri: string; readonly range: Range }) => void;
  readonly showRun: (place: RunPlace) => void;
  readonly export: (name: string, svg: string) => void;
  /** What is shown is now called this. */
  readonly titled: (name: string) => void;
  readonly state: PanelState;
}

type State = { -readonly [K in keyof PanelState]: PanelState[K] };

interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** Limit: more things that ask for a look are not told to the server. */
const mostAttention = 2000;

/** What one graph panel shows, a platform's graph or a pipeline's, and what becomes of what the page asks. Knows no editor. */
export class GraphSession {
  readonly #options: GraphSessionOptions;
  readonly #state: State;
  /** Where what is shown stands, and in which run it ran last, by the ids of boxes. */
  #places: ReadonlyMap<string, Place> = new Map();
  #runs: ReadonlyMap<string, RunPlace> = new Map();
  /** Counts what was asked, so that an answer that comes too late is dropped. */
  #asked = 0;

  constructor(options: GraphSessionOptions) {
    this.#options = options;
    this.#state = { ...options.state };
  }

  /** Something may have changed: files, or how things ran. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    const { pipeline } = this.#state;
    const draw = pipeline ? await this.#readPipeline(pipeline) : await this.#readPlatform();
    if (asked === this.#asked) draw?.();
  }

  async receive(message: FromWebview): Promise<void> {
    const state = this.#state;
    switch (message.kind) {
      case 'ready':
        return this.refresh();
      case 'toggle':
        this.#toggle([message.group], message.open);
        return this.refresh();
      case 'reset':
        state.opened = state.closed = [];
        return this.refresh();
      case 'filter': {
        const others = state.hidden.filter((id) => id !== message.system);
        state.hidden = message.hidden ? [...others, message.system] : others;
        return this.refresh();
      }
      case 'around':
        if (message.node === undefined) delete state.around;
        else state.around = message.node;
        return this.refresh();
      case 'search': {
        const found = await this.#options.find(message.text);
        if (found) this.#options.send({ kind: 'found', text: message.text, found });
        return;
      }
      case 'show':
        return this.#show(message.node, message.groups);
      case 'open':
      case 'run':
      case 'export':
        this.#act(message);
    }
  }

  #act(message: Extract<FromWebview, { kind: 'open' | 'run' | 'export' }>): void {
    if (message.kind === 'export') return this.#options.export(message.name, message.svg);
    // Only what is shown: a page must not be able to open anything else.
    if (message.kind === 'open') {
      const place = this.#places.get(message.node);
      if (place) this.#options.open(place);
      return;
    }
    const run = this.#runs.get(message.node);
    if (run) this.#options.showRun(run);
  }

  #toggle(groups: readonly string[], open: boolean): void {
    const state = this.#state;
    const others = (ids: readonly string[]): readonly string[] => ids.filter((id) => !groups.includes(id));
    state.opened = open ? [...others(state.opened), ...groups] : others(state.opened);
    state.closed = open ? others(state.closed) : [...others(state.closed), ...groups];
  }

  /** Brings something into the graph, whatever is left out or closed now. */
  async #show(node: string, groups: readonly string[]): Promise<void> {
    const state = this.#state;
    if (!this.#places.has(node)) {
      this.#toggle(groups, true);
      await this.refresh();
    }
    if (!this.#places.has(node)) {
      delete state.around;
      state.hidden = [];
      await this.refresh();
    }
    if (this.#places.has(node)) this.#options.send({ kind: 'reveal', box: node });
  }

  async #readPlatform(): Promise<(() => void) | undefined> {
    const { opened, closed, hidden, around } = this.#state;
    const attention = this.#options.runs().nodes.attention().slice(0, mostAttention);
    const answer = await this.#options.ask({
      opened,
      closed,
      hidden,
      ...(around === undefined ? {} : { around }),
      attention: attention.map(({ projectUri, what, name }) => ({ projectUri, what, name })),
    });
    if (!answer) return undefined;
    return () => {
      if (answer.systems.length === 0)
        return this.#nothing('No data platform was found here. The graph shows what its tools define.');
      this.#places = new Map(
        answer.boxes.flatMap((box) => (box.kind === 'node' ? [[box.id, box] as const] : [])),
      );
      this.#runs = new Map(
        answer.boxes.flatMap((box) => {
          const run = box.kind === 'node' ? this.#options.runs().nodes.placeOf(box, box.step) : undefined;
          return run ? [[box.id, run] as const] : [];
        }),
      );
      this.#send('Platform', {
        systems: answer.systems,
        boxes: answer.boxes.map((box) => this.#boxOf(box, attention)),
        edges: answer.edges,
        total: answer.total,
        ...(answer.around ? { aroundLabel: answer.around.label } : {}),
      });
    };
  }

  #boxOf(
    box: GraphBoxAnswer,
    attention: readonly { readonly status: NonNullable<BoxView['attention']>[number]['status'] }[],
  ): BoxView {
    const { id, kind, label, path, group, systems } = box;
    const [system, ...others] = systems;
    const head = {
      id,
      kind,
      label,
      path,
      ...(system === undefined || others.length > 0 ? {} : { system }),
      ...(group === undefined ? {} : { group }),
    };
    if (box.kind === 'group') {
      const asking = countBy(box.attention.flatMap((at) => attention[at]?.status ?? []));
      return { ...head, note: holdsText(box.holds), ...(asking.length > 0 ? { attention: asking } : {}) };
    }
    const { nodes } = this.#options.runs();
    const now = new Date();
    const run =
      nodes.of(box, now) ??
      (box.step === undefined ? undefined : nodes.ofStep(box.step, box.projectUri, now));
    return {
      ...head,
      note: box.what,
      hasFile: true,
      ...(run ? { run } : {}),
      ...(this.#runs.has(id) ? { hasRun: true } : {}),
    };
  }

  async #readPipeline(pipeline: NonNullable<PanelState['pipeline']>): Promise<(() => void) | undefined> {
    const answer = await this.#options.askPipeline(pipeline);
    if (answer === undefined) return undefined;
    return () => {
      if (answer === null)
        return this.#nothing(`There is no pipeline ${pipeline.step} in this workspace any more.`);
      const last = new PipelineRun(this.#options.runs().all, pipeline.step, answer.folderUri);
      const now = new Date();
      const places: [string, Place][] = [];
      const boxes = answer.steps.map(({ id, step, kind, system, uri, range }): BoxView => {
        if (uri !== undefined && range) places.push([id, { uri, range }]);
        const run = told(last.of(id), now);
        return {
          id,
          kind: 'node',
          label: id,
          note: id === step ? kind : `${kind} · ${step}`,
          path: [],
          hasFile: uri !== undefined,
          ...(system === undefined ? {} : { system }),
          ...(run ? { run, hasRun: true } : {}),
        };
      });
      this.#places = new Map(places);
      this.#runs = new Map(
        boxes.flatMap(({ id, hasRun }) => (hasRun && last.place ? [[id, last.place] as const] : [])),
      );
      const edges = answer.steps.flatMap(({ id, needs }) =>
        needs.map((from) => ({ from, to: id, flow: 'work' as const, count: 1 })),
      );
      this.#send(answer.title, { systems: answer.systems, boxes, edges, total: boxes.length });
    };
  }

  #send(title: string, graph: Omit<GraphView, keyof PanelState | 'title'>): void {
    this.#options.titled(title);
    this.#options.send({ kind: 'graph', graph: { ...this.#state, title, ...graph } });
  }

  #nothing(message: string): void {
    this.#places = new Map();
    this.#runs = new Map();
    this.#options.send({ kind: 'nothing', message });
  }
}

/** `12 models, 2 seeds`; of several kinds the rest is counted together. */
function holdsText(holds: readonly { readonly what: string; readonly count: number }[]): string {
  const [first, ...rest] = holds;
  if (!first) return '';
  const more = rest.reduce((sum, { count }) => sum + count, 0);
  const name = first.count === 1 ? first.what : `${first.what.replace(/y$/, 'ie')}s`;
  return `${first.count.toLocaleString('en')} ${name}${more > 0 ? `, ${more.toLocaleString('en')} more` : ''}`;
}

function countBy<Status extends string>(
  all: readonly Status[],
): readonly { status: Status; count: number }[] {
  const order = ['failed', 'running', 'warned'];
  const counts = new Map<Status, number>();
  for (const status of all) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .map(([status, count]) => ({ status, count }))
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}
