import type { Project } from '../../core/system.ts';

/** Which dbt a project is read with. `1.12` and `2.0` differ in what they refuse. */
export interface DbtVersion {
  readonly major: number;
  readonly minor: number;
}

/** What is assumed of a project whose dbt is not known: the newest of the line that accepts most. */
const newestOfFirstLine: DbtVersion = { major: 1, minor: 12 };

/** The version in force for the project. */
export function dbtVersion(project: Project): DbtVersion {
  const found = /^(\d+)\.(\d+)/.exec(project.version?.version ?? '');
  return found ? { major: Number(found[1]), minor: Number(found[2]) } : newestOfFirstLine;
}

/** True where dbt v2 (Fusion, or Core 2) reads the project. */
export function isSecondLine(project: Project): boolean {
  return dbtVersion(project).major >= 2;
}
