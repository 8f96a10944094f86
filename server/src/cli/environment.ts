import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FactReader } from '../core/fact-index.ts';
import { environmentNamespace } from '../core/environment.ts';
import { isInside } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { SetUpFile, SetUpPlace } from '../core/set-up.ts';
import type { Project, Tool, ToolVersion } from '../core/system.ts';
import { placeOf } from '../core/where.ts';
import { homeOf } from '../files/environment-folders.ts';
import { toFsPath } from '../files/node-files.ts';
import { pythonOf, type Python } from '../files/python-of.ts';
import { findTool } from '../files/tools.ts';
import { environmentText } from './environment-text.ts';
import type { CliHost } from './host.ts';

export interface EnvironmentOptions {
  readonly format: 'text' | 'json';
  /** Environments, folders or programs that are looked into first. */
  readonly environments: readonly string[];
  /** The process's own where absent. */
  readonly env?: NodeJS.ProcessEnv;
}

/** `penstock environment --format json`. Public: fields are added, never changed. */
export interface EnvironmentJson {
  readonly projects: readonly ProjectEnvironment[];
}

/** What is in force in one project. All paths are those of the file system, and of variables there are names alone. */
export interface ProjectEnvironment {
  readonly system: string;
  readonly name: string;
  readonly folder: string;
  readonly executable: FoundExecutable | MissingExecutable;
  /** The version that the project's files are checked by; absent where nothing tells one. */
  readonly checkedBy?: ToolVersion;
  /** Absent where the program belongs to no Python environment that is known. */
  readonly interpreter?: Python;
  /** The compose services that the tool is at home in. */
  readonly services: readonly string[];
  /** Where a step of it runs when nobody says where. */
  readonly runs: 'local' | 'service' | 'nowhere';
  readonly files: readonly FileInForce[];
  readonly variables: readonly VariableRead[];
}

export interface FoundExecutable {
  readonly name: string;
  readonly path: string;
  /** 'from .venvs/dbt'. */
  readonly source: string;
  readonly version?: string;
  /** Where it was looked for, in order; the last one is where it was. */
  readonly searched: readonly string[];
}

export interface MissingExecutable {
  readonly name: string;
  readonly path: null;
  readonly searched: readonly string[];
  /** The command that installs it. */
  readonly install: string;
}

export interface FileInForce {
  /** `profiles`, `variables`. */
  readonly what: string;
  /** Null where none of the places has it. */
  readonly path: string | null;
  /** Why this one, in a sentence's second half. */
  readonly because: string;
}

/** A variable that files of the project read. */
export interface VariableRead {
  readonly name: string;
  /** True where the environment of this command has it. */
  readonly inEnvironment: boolean;
  /** Files that set it. */
  readonly setIn: readonly string[];
}

/** Tells what is in force. Exit status: 0 every tool was found or has a service, 1 one is missing. */
export async function runEnvironment(
  { format, environments, env = process.env }: EnvironmentOptions,
  { io, openWorkspace }: CliHost,
): Promise<number> {
  const platform = await openWorkspace(io.cwd);
  const projects = platform
    .projects()
    .filter(({ vendored }) => !vendored)
    .flatMap((project) => {
      const tool = platform.system(project.system)?.tool;
      return tool ? [inForce(project, tool, platform, { environments, env })] : [];
    });
  io.out(
    format === 'json'
      ? `${JSON.stringify({ projects } satisfies EnvironmentJson, undefined, 2)}\n`
      : environmentText(projects, io.cwd),
  );
  return projects.some(({ runs }) => runs === 'nowhere') ? 1 : 0;
}

type Given = Required<Pick<EnvironmentOptions, 'environments' | 'env'>>;

function inForce(
  project: Project,
  tool: Tool,
  platform: Platform,
  { environments, env }: Given,
): ProjectEnvironment {
  const folder = toFsPath(project.root);
  const around = toFsPath(platform.folders.find((each) => isInside(project.root, each)) ?? project.root);
  const { environment, ...found } = {
    environment: undefined,
    ...findTool(tool, folder, around, environments, env),
  };
  const interpreter = environment === undefined ? undefined : pythonOf(environment);
  const name = tool.executable;
  const place = placeOf(project, platform.facts);
  const services = place.kind === 'service' ? place.services.map((service) => service.name) : [];
  const setUp = platform.system(project.system)?.setUp?.(project) ?? [];
  return {
    system: project.system,
    name: project.name,
    folder,
    executable:
      found.path === undefined ? { name, ...found, path: null, install: tool.install } : { name, ...found },
    ...(project.version ? { checkedBy: project.version } : {}),
    ...(interpreter ? { interpreter } : {}),
    services,
    runs: found.path !== undefined ? 'local' : services.length > 0 ? 'service' : 'nowhere',
    files: setUp.map((file) => fileInForce(file, folder, env)),
    variables: variablesOf(project, platform, env),
  };
}

function fileInForce({ what, places }: SetUpFile, folder: string, env: NodeJS.ProcessEnv): FileInForce {
  for (const place of places) {
    const { path, because, decides } = lookAt(place, folder, env);
    if (path !== undefined && existsSync(path)) return { what, path, because };
    if (decides) return { what, path: null, because: `${because}, and it is not there` };
  }
  const looked = places.map((place) => lookAt(place, folder, env)).flatMap(({ path }) => path ?? []);
  return { what, path: null, because: `there is none at ${looked.join(', ')}` };
}

interface Look {
  readonly path: string | undefined;
  readonly because: string;
  /** True where nobody looks any further. */
  readonly decides?: boolean;
}

function lookAt(place: SetUpPlace, folder: string, env: NodeJS.ProcessEnv): Look {
  if ('path' in place) return { path: toFsPath(place.path), because: 'it lies in the project' };
  if ('atHome' in place) {
    const home = homeOf(env);
    return {
      path: home === undefined ? undefined : join(home, place.atHome),
      because: "it lies in the user's home",
    };
  }
  const named = env[place.variable];
  if (!named) return { path: undefined, because: '' };
  return {
    path: join(resolve(folder, named), place.file),
    because: `\`${place.variable}\` names its folder`,
    decides: true,
  };
}

function variablesOf({ root }: Project, platform: Platform, env: NodeJS.ProcessEnv): readonly VariableRead[] {
  const { facts } = platform;
  const names = new Set<string>();
  for (const path of platform.paths()) {
    if (!isInside(path, root)) continue;
    for (const fact of facts.of(path))
      if (fact.fact === 'use' && fact.namespaces.includes(environmentNamespace)) names.add(fact.name);
  }
  return [...names].sort().map((name) => ({
    name,
    inEnvironment: env[name] !== undefined,
    setIn: filesThatSet(name, facts),
  }));
}

function filesThatSet(name: string, facts: FactReader): readonly string[] {
  const definitions = facts.definitions({ namespace: environmentNamespace, scope: '', name });
  return [...new Set(definitions.map(({ path }) => toFsPath(path)))];
}
