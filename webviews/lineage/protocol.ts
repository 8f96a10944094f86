import type { NodeRun } from '../shared/graph/node-run.ts';

/**
 * The lineage panel's door: everything that crosses between the extension and the page.
 * The extension holds what is shown and how far; the page asks for changes and draws the answer.
 */

export type ToWebview =
  /** The graph as it stands; the page draws it and forgets the one before. */
  | { readonly kind: 'graph'; readonly graph: GraphView }
  /** There is nothing to show, and why. */
  | { readonly kind: 'nothing'; readonly message: string };

export type FromWebview =
  /** The page listens. */
  | { readonly kind: 'ready' }
  /** Shows the lineage of another node. */
  | { readonly kind: 'focus'; readonly node: string }
  | { readonly kind: 'depth'; readonly direction: Direction; readonly depth: number }
  /** Shows or hides the neighbours of one node, whatever the depth. */
  | {
      readonly kind: 'expand';
      readonly node: string;
      readonly direction: Direction;
      readonly expanded: boolean;
    }
  /** Pinned: stays where it is, whichever file is active. */
  | { readonly kind: 'pin'; readonly pinned: boolean }
  /** Opens the file of a node that is shown. */
  | { readonly kind: 'open'; readonly node: string }
  /** `name` is the proposed name of the file, without ending. */
  | { readonly kind: 'export'; readonly name: string; readonly svg: string };

/** What the page remembers over a reload, for the extension to begin with. */
export interface PanelState {
  readonly focus: string;
  readonly depth: Readonly<Record<Direction, number>>;
  readonly expanded: Readonly<Record<Direction, readonly string[]>>;
  readonly pinned: boolean;
}

/** Against the flow of the data, or with it. */
export type Direction = 'upstream' | 'downstream';

export interface GraphView extends PanelState {
  /** The focus is among them. */
  readonly nodes: readonly NodeView[];
  /** Data flows `from` → `to`. */
  readonly edges: readonly EdgeView[];
  /** The deepest that can be asked for. */
  readonly deepest: number;
}

export interface EdgeView {
  readonly from: string;
  readonly to: string;
}

export interface NodeView {
  readonly id: string;
  readonly name: string;
  /** In the tool's word: `model`, `seed`. */
  readonly what: string;
  /** How it comes to be: `view`, `incremental`. */
  readonly detail?: string;
  readonly system: string;
  readonly side: Direction | 'focus' | 'beside';
  readonly distance: number;
  /** Neighbours that are not shown. */
  readonly hidden: Readonly<Record<Direction, number>>;
  /** How it went when it last ran. */
  readonly run?: NodeRun;
}
