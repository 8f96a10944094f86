import type { FactReader } from '../../../core/fact-index.ts';
import { baseName } from '../../../core/path.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { includedNamespace } from '../../../core/services.ts';

/** Files that include each other: Compose reads none of them. Told once, where one leads back to the topmost of them. */
export const includeCycle: BetweenRule = {
  id: 'compose/include-cycle',
  severity: 'error',
  over: [includedNamespace],
  check({ facts, path }, known, report) {
    for (const fact of facts) {
      if (fact.fact !== 'definition' || fact.namespace !== includedNamespace) continue;
      const circle = wayBack(fact.name, path, known);
      const [top] = circle?.toSorted(byDepth) ?? [];
      if (!circle || top !== fact.name) continue;
      const chain = [path, ...circle].map((each) => `\`${baseName(each)}\``).join(' → ');
      report(fact, `${chain} include each other, and Compose reads none of them; remove one \`include\``);
    }
  },
};

function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : 1);
}

/** The files from one that is included to one that includes it; undefined where there is no way. */
function wayBack(
  from: string,
  to: string,
  known: FactReader,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  if (from === to) return [to];
  if (seen.has(from)) return undefined;
  for (const fact of known.of(from)) {
    if (fact.fact !== 'definition' || fact.namespace !== includedNamespace) continue;
    const way = wayBack(fact.name, to, known, new Set([...seen, from]));
    if (way) return [from, ...way];
  }
  return undefined;
}
