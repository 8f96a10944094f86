import { baseName } from './path.ts';
import { pinnedVersion } from './pinned-version.ts';
import type { PlatformOptions } from './platform-options.ts';
import type { Project, Tool, ToolVersion, Versions } from './system.ts';

/** The version of a tool that a project is checked by, and why that one. */
export class VersionsInForce {
  readonly #options: Pick<PlatformOptions, 'versionOf' | 'versions'>;
  readonly #workspace: Parameters<typeof pinnedVersion>[1];

  constructor(
    options: Pick<PlatformOptions, 'versionOf' | 'versions'>,
    workspace: Parameters<typeof pinnedVersion>[1],
  ) {
    this.#options = options;
    this.#workspace = workspace;
  }

  /** What is installed, else what is pinned, else what is `required`, else what is `said`; undefined where nothing tells. */
  of(
    tool: Tool,
    project: Project,
    required: ToolVersion | undefined,
    said: () => Readonly<Record<string, ToolVersion>>,
  ): ToolVersion | undefined {
    const { root, vendored, system } = project;
    return (
      this.#options.versionOf?.(tool, project) ??
      // A package is read by whatever reads the project that it is installed in.
      (vendored ? undefined : pinnedVersion(root, this.#workspace, tool.distributions)) ??
      required ??
      said()[system]
    );
  }

  /** What the user, then the projects, the nearest first, say of versions, by system. */
  saidBy(projects: Iterable<Project>): Readonly<Record<string, ToolVersion>> {
    const found: Record<string, ToolVersion> = {};
    const add = (versions: Versions, source: string): void => {
      for (const [system, version] of Object.entries(versions)) found[system] ??= { version, source };
    };
    add(this.#options.versions?.() ?? {}, 'from the settings');
    for (const { versions, marker = '' } of projects) if (versions) add(versions, `from ${baseName(marker)}`);
    return found;
  }
}
