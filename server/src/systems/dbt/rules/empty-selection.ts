import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactRule } from '../../../core/rule.ts';
import { folderNamespace } from '../folder-facts.ts';
import { slipOf } from '../slip.ts';

/**
 * A selector selects nothing for a name that is not there, and dbt does not even warn. What it means may come and go
 * (a tag that nothing has today), so only what is nearly the name of something is told.
 */
export const emptySelection: FactRule = {
  id: 'dbt/empty-selection',
  severity: 'warning',
  kinds: ['selectors'],
  check({ path, facts }, reader, report) {
    for (const use of facts) {
      if (use.fact !== 'use' || use.role !== 'deferred' || use.within || use.data?.['isPart']) continue;
      const meant = meantBy(use, reader);
      if (meant === undefined) continue;
      const isFolder = use.namespaces[0] === folderNamespace;
      const from = use.prefix?.length ?? 0;
      const [written, right] = isFolder
        ? [lastOf(use.name), lastOf(meant)]
        : [use.name.slice(from), meant.slice(from)];
      const span = isFolder ? { ...use.span, start: use.span.end - written.length } : use.span;
      report(span, `nothing is called \`${written}\`, so this selects nothing; did you mean \`${right}\`?`, {
        fixes: [{ title: `Change to \`${right}\``, edits: [{ path, span, newText: right }], certain: false }],
      });
    }
  },
};

function meantBy({ namespaces, scope, name, prefix = '' }: Use, facts: FactReader): string | undefined {
  const isKnown = (namespace: string): boolean =>
    facts.isDefined({ namespace, scope, name }) || facts.holes(namespace, scope).length > 0;
  if (namespaces.some(isKnown)) return undefined;
  const isFolder = namespaces[0] === folderNamespace;
  const above = isFolder ? name.slice(0, -lastOf(name).length) : prefix;
  const known = new Set<string>();
  for (const namespace of namespaces)
    for (const definition of facts.all(namespace, scope))
      if (definition.name.startsWith(above) && !definition.name.slice(above.length).includes('/'))
        known.add(definition.name);
  return slipOf(name, known);
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
