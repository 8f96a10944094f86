import type { Problem } from '../system.ts';
import type { Layout } from './layout.ts';
import type { YamlVersion } from './yaml-options.ts';

export const tabMessage = 'a tab cannot indent YAML; use spaces';

/** The first tab that stands where the tool takes only spaces; YAML's own rules would let some of them pass. */
export function refusedTabs(
  { tabs, blockTabs, plainTabs }: Layout,
  version: YamlVersion,
): Problem | undefined {
  const others = version === '1.1' ? blockTabs : plainTabs;
  const start = Math.min(tabs[0] ?? Infinity, others[0] ?? Infinity);
  if (start === Infinity) return undefined;
  const isPlain = version === '1.2' && start === plainTabs[0];
  let end = start + 1;
  while (tabs.includes(end) || others.includes(end)) end++;
  const message = isPlain
    ? 'a tab cannot stand in unquoted text here; use spaces, or put the text in quotes'
    : tabMessage;
  return { code: 'yaml/syntax', span: { start, end }, message };
}
