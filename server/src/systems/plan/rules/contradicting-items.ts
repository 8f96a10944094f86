import type { FactReader } from '../../../core/fact-index.ts';
import { baseName, folderOf, pathFrom } from '../../../core/path.ts';
import { isOpen } from '../../../core/plan-next.ts';
import { groupDocuments, saysEnough } from '../../../core/plan-set.ts';
import type { BetweenRule, FactFile } from '../../../core/rule.ts';
import { statusName } from '../describe.ts';
import { documentNamespace, itemNamespace } from '../facts.ts';
import { isPlanFile, planFactsOf, type FactItem } from '../item-facts.ts';

/** An item that one document of a plan calls done and another one open is counted as both. */
export const contradictingItems: BetweenRule = {
  id: 'plan/contradicting-items',
  severity: 'warning',
  over: [itemNamespace, documentNamespace],
  check(file, _facts, report) {
    if (!isPlanFile(file)) return;
    const plan = file.once(planFactsOf);
    const group = file.once(documentsBeside);
    const others = byKey(
      plan.all.filter(({ path, key }) => path !== file.path && group.has(path) && isMeant(key)),
    );
    if (others.size === 0) return;
    const own = byKey(plan.own.filter(({ key }) => others.has(key)));
    for (const [key, [item, ...more]] of own) {
      if (!item || more.length > 0 || !isOpen(item)) continue;
      const same = onlyOnes(others.get(key)!);
      const done = same.find(({ status }) => status === 'done');
      const twin = same.find((other) => isOpen(other) && other.role === item.role && other.path < item.path);
      const other = done ?? twin;
      if (!other) continue;
      const place = pathFrom(folderOf(file.path), other.path);
      report(
        item.definition.span,
        done
          ? `\`${item.title}\` is done in \`${place}\`, and ${statusName(item.status)} here; mark it or take it away`
          : `\`${item.title}\` stands in \`${place}\`, too; keep it in one document`,
        {
          severity: done ? 'warning' : 'information',
          related: [{ path: other.path, span: other.definition.span, message: 'it stands here, too' }],
        },
      );
    }
  },
};

function byKey(items: readonly FactItem[]): ReadonlyMap<string, readonly FactItem[]> {
  return Map.groupBy(items, ({ key }) => key);
}

/** Which of several of one name in a document is meant, nobody can tell. */
function onlyOnes(items: readonly FactItem[]): readonly FactItem[] {
  const documents = Map.groupBy(items, ({ path }) => path);
  return [...documents.values()].flatMap((each) => (each.length === 1 ? each : []));
}

/** 'Step 2: Commit' may be anything, as 'Commit' may. */
function isMeant(key: string): boolean {
  return saysEnough(key.replace(/^(?:step|task|day|week|part) \d+ /, ''));
}

/** 'ROADMAP.de.md' says in other words what 'ROADMAP.md' says; so does a file of one name in the folder of another language. */
function areTranslations(a: string, b: string): boolean {
  return a !== b && withoutLanguage(a) === withoutLanguage(b);
}

function withoutLanguage(path: string): string {
  const folder = folderOf(path).replace(
    /\/(?:i18n|locales?|translations|lang(?:uages)?)\/[a-z]{2}(?:[-_][a-z]{2,4})?$/i,
    '',
  );
  return `${folder}/${baseName(path).replace(/\.[a-z]{2}(?:[-_][a-z]{2,4})?(?=\.\w+$)/i, '')}`.toLowerCase();
}

/** The documents that belong together with the file's: in its folder, or named by each other; not those that say the same in another language. */
function documentsBeside(file: FactFile, facts: FactReader): ReadonlySet<string> {
  const documents = [...facts.all(documentNamespace)].map(({ path, data }) => ({
    path,
    links: data?.['links']?.split('\n') ?? [],
  }));
  const group = groupDocuments(documents).find((each) => each.some(({ path }) => path === file.path));
  return new Set(group?.flatMap(({ path }) => (areTranslations(path, file.path) ? [] : [path])));
}
