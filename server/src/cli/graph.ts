import { closest } from '../core/closest.ts';
import type { Platform } from '../core/platform.ts';
import { fromFsPath } from '../files/node-files.ts';
import { partOf, withoutImplied } from '../language/graph-part.ts';
import { platformGraph, type PlatformGraph } from '../language/platform-graph.ts';
import { findStep } from '../core/find-step.ts';
import { graphDot } from './graph-dot.ts';
import { drawPipeline, drawPlatform, type GraphJson } from './graph-drawing.ts';
import { graphMermaid } from './graph-mermaid.ts';
import { graphText } from './graph-text.ts';
import { GraphRuns } from './graph-runs.ts';
import type { CliHost } from './host.ts';

/** What a graph is written as. */
export const graphFormats = {
  text: graphText,
  json: (graph: GraphJson): string => `${JSON.stringify(graph, undefined, 2)}\n`,
  mermaid: graphMermaid,
  dot: graphDot,
} as const;

export type GraphFormat = keyof typeof graphFormats;

export interface GraphOptions {
  readonly format: GraphFormat;
  /** The step of a pipeline, whose graph is wanted instead of the platform's. */
  readonly pipeline?: string;
  /** Names that a part begins with, ends with, or lies around. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly around: readonly string[];
  readonly depth?: number;
  readonly systems: readonly string[];
  /** Whether pictures show how things went when they last ran. */
  readonly states?: boolean;
}

/** Tells what the systems of a platform define and use. Exit status: 0; 2 where a name is not there. */
export async function runGraphCommand(options: GraphOptions, host: CliHost): Promise<number> {
  const { io } = host;
  const platform = await host.openWorkspace(io.cwd);
  const runs =
    options.format === 'json' || options.states === true ? await GraphRuns.read(platform) : undefined;
  const around = { platform, cwd: io.cwd, runs };
  const made =
    options.pipeline === undefined ? platformPart(options, around) : pipelineGraph(options.pipeline, around);
  if (typeof made === 'string') {
    io.err(`penstock: ${made}\n`);
    return 2;
  }
  io.out(graphFormats[options.format](made));
  return 0;
}

interface Around {
  readonly platform: Platform;
  readonly cwd: string;
  /** Pictures tell of runs only where that is asked for: by the time that somebody looks at them others may have run. */
  readonly runs: GraphRuns | undefined;
}

function pipelineGraph(name: string, around: Around): GraphJson | string {
  const { platform, cwd } = around;
  const steps = platform.steps();
  const folder = platform.folders[0] ?? fromFsPath(cwd);
  const found = findStep(name, steps, { folder, cwd: fromFsPath(cwd) });
  if (!found.step) return found.message;
  if (found.step.work.kind !== 'pipeline')
    return `\`${name}\` is no pipeline; \`--around\` shows what lies around anything else`;
  return drawPipeline(found.step, around);
}

/** The part that is asked for, or why there is none. */
function platformPart(options: GraphOptions, around: Around): GraphJson | string {
  const { platform } = around;
  const graph = platformGraph(platform);
  for (const system of options.systems) {
    if (platform.system(system)) continue;
    const all = platform.systems.map(({ id }) => `\`${id}\``).join(', ');
    return `there is no system \`${system}\`; there are ${all}`;
  }
  const names = new Names(graph);
  for (const name of [...options.from, ...options.to, ...options.around])
    if (names.indexes([name]).length === 0) return names.missing(name);
  const part = partOf(graph, {
    ...(options.from.length > 0 ? { from: names.indexes(options.from) } : {}),
    ...(options.to.length > 0 ? { to: names.indexes(options.to) } : {}),
    ...(options.around.length > 0 ? { around: names.indexes(options.around) } : {}),
    ...depthOf(options),
    ...(options.systems.length > 0 ? { systems: new Set(options.systems) } : {}),
  });
  // Programs get everything; a picture is read more easily without what follows from the rest.
  return drawPlatform(options.format === 'json' ? part : withoutImplied(part), around);
}

/** Around a thing lie its neighbours, unless more is asked for. */
function depthOf({ depth, around }: GraphOptions): { readonly depth?: number } {
  if (depth !== undefined) return { depth };
  return around.length > 0 ? { depth: 1 } : {};
}

/** The nodes by what a person calls them: their name, or the step that runs them. */
class Names {
  readonly #at = new Map<string, number[]>();

  constructor({ nodes }: PlatformGraph) {
    for (const [index, { label, definition, step }] of nodes.entries()) {
      for (const name of new Set([label, definition.name, ...(step === undefined ? [] : [step])])) {
        const list = this.#at.get(name);
        if (list) list.push(index);
        else this.#at.set(name, [index]);
      }
    }
  }

  indexes(names: readonly string[]): readonly number[] {
    return names.flatMap((name) => this.#at.get(name) ?? []);
  }

  missing(name: string): string {
    const guess = closest(name, this.#at.keys());
    const hint = guess === undefined ? '`penstock graph` lists what there is' : `did you mean \`${guess}\`?`;
    return `nothing is named \`${name}\`; ${hint}`;
  }
}
