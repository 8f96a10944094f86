import type { Project, Tool, ToolVersion } from '../core/system.ts';
import { isInside } from '../core/path.ts';
import { toFsPath } from './node-files.ts';
import { findTool } from './tools.ts';

/** The version of a project's tool that is in force, read from the environment's folder; the tool is not run. */
export function toolVersion(tool: Tool, project: Project, place: ToolPlace): ToolVersion | undefined {
  const folder = place.folders.find((each) => isInside(project.root, each)) ?? project.root;
  const found = findTool(tool, toFsPath(project.root), toFsPath(folder), place.environments, process.env);
  if (found.path === undefined || found.version === undefined) return undefined;
  return { version: found.version, source: found.source };
}

export interface ToolPlace {
  /** Workspace folders (URI paths). */
  readonly folders: readonly string[];
  /** Environments that the user named, which are looked into first. */
  readonly environments: readonly string[];
}
