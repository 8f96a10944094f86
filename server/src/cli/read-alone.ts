import { baseName, folderOf, isInside } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Claim, ParsedFile, Project, System } from '../core/system.ts';

/** Reads one document by itself, in a project that holds nothing but its folder, and by the words for statuses of the nearest project of the platform. */
export function readAlone(
  system: System,
  source: SourceFile,
  { claim, platform }: { readonly claim: Claim; readonly platform: Platform },
): ParsedFile {
  const root = folderOf(source.path);
  const { statusWords } =
    platform
      .projects()
      .filter((each) => each.statusWords && isInside(source.path, each.root))
      .sort((a, b) => b.root.length - a.root.length)[0] ?? {};
  const project: Project = {
    ...(statusWords ? { statusWords } : {}),
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
