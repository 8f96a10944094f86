import { byRank, matchName, type Ranked } from './match-name.ts';
import type { PlatformGraph, PlatformNode } from './platform-graph.ts';

/** The nodes of a graph whose names fit what was typed, the best first. */
export function findNodes({ nodes }: PlatformGraph, typed: string, limit: number): readonly PlatformNode[] {
  if (typed.trim() === '') return [];
  const found = nodes.flatMap((item): readonly Ranked<PlatformNode>[] => {
    const rank = matchName(item.label, typed.trim());
    return rank === undefined ? [] : [{ item, name: item.label, rank }];
  });
  return found
    .sort(byRank)
    .slice(0, limit)
    .map(({ item }) => item);
}
