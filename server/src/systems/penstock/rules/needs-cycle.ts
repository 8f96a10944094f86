import type { Rule } from '../../../core/rule.ts';
import { needsOf, type PenstockModel } from '../model.ts';

/** Entries that wait for each other never start: `needs: [b]` in `a` and `needs: [a]` in `b`. */
export const needsCycle: Rule<PenstockModel> = {
  id: 'penstock/needs-cycle',
  severity: 'error',
  check({ model }, report) {
    for (const pipeline of model.pipelines) {
      const edges = new Map(pipeline.entries.map((entry, at) => [entry.key, needsOf(pipeline, at)]));
      for (const entry of pipeline.entries) {
        const way = wayBack(entry.key, edges);
        if (!way) continue;
        const at = entry.needs?.find((need) => need.text === way[1]) ?? entry.idNode ?? entry.node;
        const through = way.map((id) => `\`${id}\``).join(' → ');
        report(at, `\`${entry.id}\` waits for itself (${through}); take one of these needs out`);
      }
    }
  },
};

/** The shortest way from a name back to itself; undefined where there is none. */
function wayBack(from: string, edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const queue: (readonly string[])[] = [[from]];
  const seen = new Set<string>();
  for (const way of queue) {
    for (const next of edges.get(way.at(-1)!) ?? []) {
      if (next === from) return [...way, next];
      if (!seen.has(next)) queue.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
