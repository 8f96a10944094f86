import type { Platform } from '../core/platform.ts';
import { finderOf } from '../core/told-options.ts';
import type { Location } from '../core/span.ts';
import type { Step } from '../core/step.ts';
import type { PlatformGraph, PlatformNode } from '../language/platform-graph.ts';
import { toFsPath } from '../files/node-files.ts';
import type { Went } from '../runs/last-runs.ts';
import { fileName } from './file-name.ts';
import type { GraphRuns } from './graph-runs.ts';

/** `penstock graph --format json`. Public: fields are added, never changed. */
export interface GraphJson {
  /** The systems that the nodes are of. */
  readonly systems: readonly { readonly id: string; readonly title: string }[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** The kind of name and the name, `dbt.node:fct_orders`; with `@project` behind it where several projects have one. */
  readonly id: string;
  readonly name: string;
  /** In the tool's word: `model`, `extractor`. */
  readonly kind: string;
  /** Ids of the systems that define it. */
  readonly systems: readonly string[];
  /** Where it stands, the widest first: its project, then shelves and folders. */
  readonly path: readonly string[];
  /** Relative to the working directory, with forward slashes. */
  readonly file?: string;
  /** One-based. */
  readonly line?: number;
  /** What `penstock run` takes to run it. */
  readonly step?: string;
  /** How it went when it last ran; absent where no run that is kept tells of it. */
  readonly run?: GraphRun;
}

export interface GraphRun {
  readonly status: Went['status'];
  /** The step that ran it, by its public name. */
  readonly step: string;
  /** When it began (ISO 8601); absent for what never did. */
  readonly startedAt?: string;
  /** What the tool said of it. */
  readonly message?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `data` flows from the one to the other; or the one sets the other to `work`. */
  readonly flow: 'data' | 'work';
}

interface Surroundings {
  readonly platform: Platform;
  readonly cwd: string;
  /** Given where somebody reads of runs. */
  readonly runs?: GraphRuns | undefined;
}

/** A platform's graph, or a part of it, as it is told outside. */
export function drawPlatform(
  { nodes, edges }: PlatformGraph,
  { platform, cwd, runs }: Surroundings,
): GraphJson {
  const ids = publicIds(nodes, cwd);
  return {
    systems: systemsOf(nodes, platform),
    nodes: nodes.map(({ label, definition, systems, shelves, step }, index): GraphNode => ({
      id: ids[index]!,
      name: label,
      kind: definition.what,
      systems,
      path: shelves,
      ...placeOf(definition, platform, cwd),
      ...(step === undefined ? {} : { step }),
      ...ran(runs?.of(definition, step)),
    })),
    edges: edges.map(({ from, to, flow }) => ({ from: ids[from]!, to: ids[to]!, flow })),
  };
}

/** The graph of a pipeline: its steps, and which waits for which. */
export function drawPipeline(pipeline: Step, { platform, cwd, runs }: Surroundings): GraphJson {
  const entries = pipeline.work.kind === 'pipeline' ? pipeline.work.steps : [];
  const went = runs?.ofPipeline(pipeline);
  const find = finderOf(platform);
  const nodes = entries.map(({ id, step }): GraphNode => {
    const meant = find(step, pipeline);
    return {
      id,
      name: id,
      kind: meant?.kind ?? 'step',
      systems: meant ? [meant.system] : [],
      path: [],
      ...(meant?.location ? placeOf(meant.location, platform, cwd) : {}),
      step,
      ...ran(went?.of(id)),
    };
  });
  const edges = entries.flatMap(({ id, needs }) =>
    needs.map((from) => ({ from, to: id, flow: 'work' as const })),
  );
  return { systems: systemsOf(nodes, platform), nodes, edges };
}

function ran(run: Went | undefined): Pick<GraphNode, 'run'> {
  return run ? { run } : {};
}

function systemsOf(nodes: readonly Pick<GraphNode, 'systems'>[], platform: Platform): GraphJson['systems'] {
  const named = new Set(nodes.flatMap(({ systems }) => systems));
  return platform.systems.filter(({ id }) => named.has(id)).map(({ id, title }) => ({ id, title }));
}

function placeOf(
  { path, span }: Location,
  platform: Platform,
  cwd: string,
): Pick<GraphNode, 'file' | 'line'> {
  const source = platform.source(path);
  return { file: shown(path, cwd), ...(source ? { line: source.positionAt(span.start).line + 1 } : {}) };
}

/** A name that is a path is told as it is seen from the working directory. */
function publicIds(nodes: readonly PlatformNode[], cwd: string): readonly string[] {
  const plain = nodes.map(({ definition: { namespace, name } }) => {
    return `${namespace}:${name.startsWith('/') ? shown(name, cwd) : name}`;
  });
  const count = new Map<string, number>();
  for (const id of plain) count.set(id, (count.get(id) ?? 0) + 1);
  return plain.map((id, index) => {
    const { project } = nodes[index]!;
    return count.get(id) === 1 || project === undefined ? id : `${id}@${shown(project, cwd)}`;
  });
}

function shown(path: string, cwd: string): string {
  return fileName(cwd, toFsPath(path)) || '.';
}
