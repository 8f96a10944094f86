import type { FindStep, Step } from './step.ts';

/** The shortest way from a step through what it runs to what it is a part of itself, both included; undefined where there is none. */
export function wayBack(from: Step, to: Step, find: FindStep): readonly Step[] | undefined {
  const queue: (readonly Step[])[] = [[from]];
  const seen = new Set([keyOf(from)]);
  for (const way of queue) {
    const last = way.at(-1)!;
    if (keyOf(last) === keyOf(to)) return way;
    for (const next of partsOf(last, find)) {
      if (!seen.has(keyOf(next))) queue.push([...way, next]);
      seen.add(keyOf(next));
    }
  }
  return undefined;
}

function partsOf({ work, project }: Step, find: FindStep): readonly Step[] {
  if (work.kind !== 'pipeline') return [];
  return work.steps.flatMap(({ step }) => find(step, { project }) ?? []);
}

function keyOf({ id, project }: Step): string {
  return `${project}\n${id}`;
}
