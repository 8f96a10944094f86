import type { StatusWords } from './plan.ts';
import type { Project, System } from './system.ts';

/** What the projects around a folder say of statuses is for those whose system reads plans; settings have the first word. */
export function withStatusWords(
  nearest: readonly (readonly [System, Project])[],
  chosen: StatusWords = {},
): readonly (readonly [System, Project])[] {
  const said = [chosen, ...nearest.map(([, { statusWords }]) => statusWords ?? {})];
  const statuses = new Set(said.flatMap((words) => Object.keys(words) as (keyof StatusWords)[]));
  if (statuses.size === 0) return nearest;
  const statusWords = Object.fromEntries(
    [...statuses].map((status) => [status, said.flatMap((words) => words[status] ?? [])]),
  );
  return nearest.map(([system, project]) => [
    system,
    system.readPlan ? { ...project, statusWords } : project,
  ]);
}
