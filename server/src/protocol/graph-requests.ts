import type { Range } from '../core/span.ts';

/** What Penstock adds to LSP for the graph of a platform, beside `requests.ts`. Declarations only. */

/** Request, `GraphParams` → `GraphAnswer`: what leads to what over all systems, as far as it is open. */
export const graphRequest = 'penstock/graph';

/** Request, `GraphSearchParams` → `GraphFoundAnswer[]`: what bears a name, also in groups that are closed. */
export const graphSearchRequest = 'penstock/graphSearch';

/** Request, `PipelineGraphParams` → `PipelineGraphAnswer | null`: the steps of a pipeline; null where there is no such pipeline. */
export const pipelineGraphRequest = 'penstock/pipelineGraph';

export interface GraphParams {
  /** Ids of groups that somebody opened, or closed, by hand. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** Ids of systems that are left out. */
  readonly hidden: readonly string[];
  /** Id of the node of which only what leads to it and what it leads to is wanted. */
  readonly around?: string;
  /** Things that ask for a look, as tools name them; groups are told which of them they hold. */
  readonly attention?: readonly GraphThing[];
}

export interface GraphThing {
  readonly projectUri: string;
  readonly what: string;
  readonly name: string;
}

export interface GraphAnswer {
  /** All systems with something in the graph, those left out too. */
  readonly systems: readonly GraphSystemAnswer[];
  readonly boxes: readonly GraphBoxAnswer[];
  readonly edges: readonly GraphEdgeAnswer[];
  /** How many things there are, in closed groups too. */
  readonly total: number;
  /** What the node that was asked for by `around` is called; absent where it is not there. */
  readonly around?: { readonly id: string; readonly label: string };
}

export interface GraphSystemAnswer {
  readonly id: string;
  readonly title: string;
  /** A codicon's name. */
  readonly icon: string;
  readonly count: number;
}

export type GraphBoxAnswer = GraphNodeAnswer | GraphGroupAnswer;

interface BoxAnswer {
  /** To be given back as it is. */
  readonly id: string;
  readonly label: string;
  /** Ids of the systems that define it. */
  readonly systems: readonly string[];
  /** The project and the shelves it stands on, the widest first. */
  readonly path: readonly string[];
  /** Id of the group around it that can be closed; absent at the widest. */
  readonly group?: string;
}

export interface GraphNodeAnswer extends BoxAnswer, GraphThing {
  readonly kind: 'node';
  readonly uri: string;
  readonly range: Range;
  /** The listed step that runs it. */
  readonly step?: string;
}

export interface GraphGroupAnswer extends BoxAnswer {
  readonly kind: 'group';
  /** What is in it, in the tools' words, the most first. */
  readonly holds: readonly { readonly what: string; readonly count: number }[];
  /** Indexes of `GraphParams.attention`. */
  readonly attention: readonly number[];
}

export interface GraphEdgeAnswer {
  readonly from: string;
  readonly to: string;
  /** `data` flows from the one to the other; or the one sets the other to `work`. */
  readonly flow: 'data' | 'work';
  readonly count: number;
}

export interface GraphSearchParams {
  readonly text: string;
  readonly limit: number;
}

export interface GraphFoundAnswer {
  readonly id: string;
  readonly label: string;
  readonly what: string;
  readonly system: string;
  readonly path: readonly string[];
  /** The groups to open, so that it is seen. */
  readonly groups: readonly string[];
}

export interface PipelineGraphParams {
  readonly step: string;
  readonly folderUri?: string;
}

export interface PipelineGraphAnswer {
  readonly title: string;
  readonly folderUri: string;
  readonly uri?: string;
  readonly range?: Range;
  readonly systems: readonly GraphSystemAnswer[];
  readonly steps: readonly PipelineStepAnswer[];
}

export interface PipelineStepAnswer {
  /** Unique in the pipeline. */
  readonly id: string;
  readonly step: string;
  readonly title: string;
  /** `job`, `model`; `step` where it is not known. */
  readonly kind: string;
  readonly system?: string;
  readonly needs: readonly string[];
  readonly uri?: string;
  readonly range?: Range;
}
