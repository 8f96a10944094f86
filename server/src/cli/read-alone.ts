import { baseName, folderOf } from '../core/path.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Claim, ParsedFile, Project, System } from '../core/system.ts';

/** Reads one document by itself, in a project that holds nothing but its folder. */
export function readAlone(system: System, source: SourceFile, claim: Claim): ParsedFile {
  const root = folderOf(source.path);
  const project: Project = {
    root,
    files: new Set(),
    system: system.id,
    name: baseName(root),
    marker: undefined,
    scope: root,
    vendored: false,
    plans: [],
    data: undefined,
  };
  return { ...system.parse(source, claim, project), source, claim, project };
}
