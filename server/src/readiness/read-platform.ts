import type { CancellationToken, Pause } from '../core/cancellation.ts';
import type { Plan } from '../core/plan.ts';
import type { Platform } from '../core/platform.ts';
import type { Project } from '../core/system.ts';
import { diagnose, type FindingSettings } from '../language/diagnose.ts';
import type { ProjectState } from './snapshot.ts';

/** Every planning document of the workspace, by path. */
export function plansOf(platform: Platform): readonly Plan[] {
  return [...platform.paths()].sort().flatMap((path) => {
    const file = platform.systemOf(path)?.readPlan && platform.parsed(path);
    const plan = file && platform.systemOf(path)?.readPlan?.(file);
    return plan ? [plan] : [];
  });
}

/** Every project of a tool with its findings; a plan is a claim, so its own findings prove nothing. */
export async function projectStates(
  platform: Platform,
  settings: FindingSettings,
  { pause, token }: { readonly pause: Pause; readonly token: CancellationToken },
): Promise<readonly ProjectState[]> {
  const counts = new Map<Project, { errors: number; warnings: number }>();
  for (const path of platform.paths()) {
    await pause(token);
    const project = platform.projectOf(path);
    if (!project || project.vendored || platform.systemOf(path)?.readPlan) continue;
    const own = counts.get(project) ?? { errors: 0, warnings: 0 };
    for (const { severity } of diagnose(platform, path, settings)) {
      if (severity === 'error') own.errors++;
      else if (severity === 'warning') own.warnings++;
    }
    counts.set(project, own);
  }
  return [...counts].map(([{ system, name, root }, own]) => ({
    system,
    title: platform.system(system)?.title ?? system,
    name,
    root,
    ...own,
  }));
}
