import type { NodeRun, RunStatus } from '../shared/graph/node-run.ts';

/**
 * The graph panel's door: everything that crosses between the extension and the page.
 * The extension holds what is shown; the page asks for changes and draws the answer.
 */

export type ToWebview =
  /** The graph as it stands; the page draws it and forgets the one before. */
  | { readonly kind: 'graph'; readonly graph: GraphView }
  /** What bears the name that was searched for. */
  | { readonly kind: 'found'; readonly text: string; readonly found: readonly FoundView[] }
  /** The graph that was sent last holds what somebody wants to see. */
  | { readonly kind: 'reveal'; readonly box: string }
  /** There is nothing to show, and why. */
  | { readonly kind: 'nothing'; readonly message: string };

export type FromWebview =
  /** The page listens. */
  | { readonly kind: 'ready' }
  /** Opens or closes a group. */
  | { readonly kind: 'toggle'; readonly group: string; readonly open: boolean }
  /** Forgets what was opened and closed by hand. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'filter'; readonly system: string; readonly hidden: boolean }
  /** Shows only what leads to a node and what it leads to; everything again without one. */
  | { readonly kind: 'around'; readonly node?: string }
  | { readonly kind: 'search'; readonly text: string }
  /** Opens these groups, so that something that was found is seen. */
  | { readonly kind: 'show'; readonly node: string; readonly groups: readonly string[] }
  /** Opens the file of a node that is shown. */
  | { readonly kind: 'open'; readonly node: string }
  /** Shows the run in which a node that is shown ran last. */
  | { readonly kind: 'run'; readonly node: string }
  /** `name` is the proposed name of the file, without ending. */
  | { readonly kind: 'export'; readonly name: string; readonly svg: string };

/** What the page remembers over a reload, for the extension to begin with. */
export interface PanelState {
  /** The pipeline whose graph it is; absent for the platform's. */
  readonly pipeline?: { readonly step: string; readonly folderUri?: string };
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  readonly hidden: readonly string[];
  readonly around?: string;
}

export interface GraphView extends PanelState {
  readonly title: string;
  /** In the order in which their colours are given out. */
  readonly systems: readonly SystemView[];
  readonly boxes: readonly BoxView[];
  readonly edges: readonly EdgeView[];
  /** How many things there are, in closed groups too. */
  readonly total: number;
  /** What the node is called around which the graph lies. */
  readonly aroundLabel?: string;
}

export interface SystemView {
  readonly id: string;
  readonly title: string;
  /** A codicon's name. */
  readonly icon: string;
  readonly count: number;
}

export interface EdgeView {
  readonly from: string;
  readonly to: string;
  readonly flow: 'data' | 'work';
  /** How many edges between things it stands for. */
  readonly count: number;
}

export interface BoxView {
  readonly id: string;
  readonly kind: 'node' | 'group';
  readonly label: string;
  /** `model`; `12 models` of a group. */
  readonly note: string;
  /** Absent where several systems share it. */
  readonly system?: string;
  /** Where it stands, the widest first. */
  readonly path: readonly string[];
  /** The group around it that can be closed. */
  readonly group?: string;
  /** How a node went when it last ran. */
  readonly run?: NodeRun;
  /** How many things in a group ask for a look, the worst first. */
  readonly attention?: readonly { readonly status: RunStatus; readonly count: number }[];
  /** True where its run can be shown. */
  readonly hasRun?: boolean;
  /** True where it stands in a file. */
  readonly hasFile?: boolean;
}

export interface FoundView {
  readonly id: string;
  readonly label: string;
  readonly what: string;
  readonly system: string;
  readonly path: readonly string[];
  readonly groups: readonly string[];
}
