import type { Plan, PlanRole, PlanStatus, StatusWords } from '../core/plan.ts';
import type { Severity } from '../core/finding.ts';
import type { Parameter } from '../core/step.ts';
import type { Position, Range } from '../core/span.ts';

/**
 * What Penstock adds to LSP. Names, parameters and answers; declarations only.
 * Every answer is a complete snapshot. URIs are strings.
 */

/** Request, no parameters → `PlanAnswer[]`: every planning document of the workspace. */
export const planRequest = 'penstock/plan';

/** Request, no parameters → `SystemAnswer[]`. */
export const systemsRequest = 'penstock/systems';

/** Request, no parameters → `StepAnswer[]`. */
export const stepsRequest = 'penstock/steps';

/** Request, `LineageParams` → `LineageAnswer | null`: what data flows into a thing and out of it; null where there is no such thing. */
export const lineageRequest = 'penstock/lineage';

/** Request, `FileStepsParams` → `StepAnswer[]`: what can be done with the things of one file, unlisted forms of steps too. */
export const fileStepsRequest = 'penstock/fileSteps';

/** Request, `StepParams` → `StepOptionsAnswer | null`: what may be set for a run of a step, listed or not; null where there is none. */
export const stepOptionsRequest = 'penstock/stepOptions';

/** A client's command: shows places. Its arguments: a URI, a position, `Location[]`. */
export const showReferencesCommand = 'penstock.showReferences';

/** Request, `PreviewParams` → `PreviewAnswer`: what a tool makes of a file, and the step that makes it. */
export const previewRequest = 'penstock/preview';

/** Request, `MaskParams` → string, or null where nobody knows the secrets: a text that a tool made, as it may be shown. */
export const maskRequest = 'penstock/mask';

/** Notification from the server, `ChangedParams`: plan, systems or steps may differ now. Sent at most every 200 ms. */
export const changedNotification = 'penstock/changed';

export interface PlanAnswer extends Omit<
  Plan,
  | 'path'
  | 'items'
  | 'criteria'
  | 'blockers'
  | 'risks'
  | 'readiness'
  | 'role'
  | 'review'
  | 'updatedSpan'
  | 'links'
  | 'phases'
  | 'facts'
> {
  readonly uri: string;
  /** The version of the open document that it was read from; null where the document is not open. */
  readonly version: number | null;
  /** What the document is among those of one plan. */
  readonly role?: PlanRole;
  readonly items: readonly PlanItemAnswer[];
  readonly readiness: readonly {
    readonly category: string;
    readonly claimed: number;
    readonly status: PlanStatus;
    readonly statusText: string;
    readonly next?: string;
    readonly line: number;
  }[];
  readonly criteria: readonly { readonly text: string; readonly done: boolean; readonly line: number }[];
  readonly blockers: readonly { readonly text: string; readonly line: number }[];
  readonly risks: readonly {
    readonly text: string;
    readonly impact?: string;
    readonly probability?: string;
    readonly mitigation?: string;
    readonly line: number;
  }[];
}

export interface PlanItemAnswer {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly status: PlanStatus;
  readonly statusText: string;
  readonly priority?: string;
  readonly effort?: string;
  readonly dependencies: readonly string[];
  /** Zero-based. */
  readonly line: number;
  readonly range: Range;
  /** The id of the item that this one is a part of. */
  readonly parent?: string;
  readonly owner?: string;
  readonly due?: string;
  readonly finished?: string;
  /** Not begun, and everything that it waits for is there. */
  readonly ready?: boolean;
  /** Open items that it waits for. */
  readonly blockedBy?: readonly ItemRef[];
  /** How soon it is to be done, compared number by number, the lowest first; alike ones in the order of their documents. Absent where it cannot be begun. */
  readonly next?: readonly number[];
}

/** An item's id is unique in its document. */
export interface ItemRef {
  readonly uri: string;
  readonly id: string;
  readonly title: string;
}

export interface SystemAnswer {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly projects: readonly ProjectAnswer[];
}

export interface ProjectAnswer {
  readonly name: string;
  readonly uri: string;
  /** The marker file, or the folder. */
  readonly openUri: string;
  readonly version?: string;
  readonly versionSource?: string;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly files: number;
  /** Why some names are not checked here, in sentences. */
  readonly silent: readonly string[];
}

export interface StepAnswer {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly system: string;
  readonly systemTitle: string;
  readonly icon: string;
  readonly kind: string;
  /** What a button says; `Run` where absent. */
  readonly verb?: string;
  readonly projectUri: string;
  /** Workspace folder whose `.penstock/` takes the run's log. */
  readonly folderUri: string;
  readonly uri?: string;
  readonly range?: Range;
  /** True where its tool has options, which `stepOptionsRequest` tells. */
  readonly hasOptions?: true;
  /** True where its button should ask for its options first. */
  readonly asksFirst?: true;
  /** What is gone when it has run, in a sentence. */
  readonly destroys?: string;
  /** What may be set for a run besides the options of its tool; absent where there is nothing. */
  readonly parameters?: readonly Parameter[];
  /** Of a pipeline: its entries, each after those it needs. */
  readonly entries?: readonly PipelineEntryAnswer[];
}

export interface PipelineEntryAnswer {
  readonly id: string;
  /** The step that it runs, by its name. */
  readonly step: string;
  readonly needs: readonly string[];
}

/** The node that is meant: one that was shown before by its id, else what a place in a file is about. */
export interface LineageParams {
  readonly node?: string;
  readonly uri?: string;
  readonly position?: Position;
  /** How many edges to follow each way. */
  readonly upstream: number;
  readonly downstream: number;
  /** Ids of nodes whose neighbours are shown whatever the depth. */
  readonly expanded?: { readonly upstream: readonly string[]; readonly downstream: readonly string[] };
}

export interface LineageAnswer {
  /** Id of the node in question, which is the first of `nodes`. */
  readonly focus: string;
  readonly nodes: readonly LineageNodeAnswer[];
  /** Data flows `from` → `to`. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface LineageNodeAnswer {
  /** To be given back as it is. */
  readonly id: string;
  readonly name: string;
  /** In the tool's word: `model`, `seed`. */
  readonly what: string;
  /** How it comes to be, where that is known: `view`, `incremental`. */
  readonly detail?: string;
  readonly system: string;
  readonly systemTitle: string;
  readonly projectUri: string;
  readonly uri: string;
  readonly range: Range;
  readonly side: 'focus' | 'upstream' | 'downstream' | 'beside';
  /** Edges from the focus. */
  readonly distance: number;
  /** How many neighbours are not among `nodes`. */
  readonly hidden: { readonly upstream: number; readonly downstream: number };
}

export interface StepParams {
  /** Its public name. */
  readonly step: string;
  readonly folderUri: string;
}

export interface StepOptionsAnswer {
  readonly title: string;
  /** Its own parameters, those of all that it is made of, and the options of its tool. */
  readonly parameters: readonly Parameter[];
}

export interface FileStepsParams {
  readonly uri: string;
}

export interface PreviewParams {
  readonly uri: string;
}

export interface MaskParams {
  /** Of the file that the text was made of: its project's secrets are masked. */
  readonly uri: string;
  readonly text: string;
}

export type PreviewAnswer =
  | {
      readonly kind: 'made';
      /** What it is made of, `fct_orders`. */
      readonly name: string;
      /** The step to run; the file is then at `resultUri`. */
      readonly step: string;
      readonly folderUri: string;
      readonly resultUri: string;
      readonly language: string;
    }
  /** There is nothing to be had, and why, in a sentence for a person. */
  | { readonly kind: 'nothing'; readonly message: string };

/** What a `changedNotification` says: each part that is true should be asked for again. Plans are told of first, and alone. */
export interface ChangedParams {
  readonly plan: boolean;
  readonly systems: boolean;
  readonly steps: boolean;
}

/** `initializationOptions`; each part may be absent. Clients that answer `workspace/configuration` need only `trusted`. */
export interface InitializationOptions {
  readonly settings?: Partial<ServerSettings>;
  /** Commands that the client carries out when an answer names them; what needs another one is not offered. */
  readonly commands?: readonly string[];
  /** Whether somebody vouches for the workspace, so that checks may connect and start programs when asked; false where absent. */
  readonly trusted?: boolean;
}

/** The settings of section `penstock` that the server reads. */
export interface ServerSettings {
  /** A code or `system/*` to `off`, `error`, `warning`, `information` or `hint`. */
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  /** Globs, relative to the workspace folder, of what is not looked at. */
  readonly exclude: readonly string[];
  /** Folders of virtual environments to look for tools in first; relative to the workspace folder. */
  readonly python: { readonly environments: readonly string[] };
  /** Hosts besides this machine that checks may connect to. */
  readonly readiness: { readonly allowHosts: readonly string[] };
  /** Versions of tools that nothing else tells, by the id of their systems. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Documents that are the plan, relative to the workspace folder, and the team's own words for statuses. */
  readonly plan?: { readonly documents: readonly string[]; readonly statusWords: StatusWords };
}
