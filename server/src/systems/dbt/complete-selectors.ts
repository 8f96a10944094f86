import type { FactReader } from '../../core/fact-index.ts';
import { yamlPlaceAt } from '../../core/schema/yaml-place.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { get, nodeAt, stringOf } from '../../core/tree.ts';
import { namespaceOf, selectorMethods } from './selector-spec.ts';

/** Keys of a definition that are told together. */
const atomKeys =
  'method value exclude parents children parents_depth children_depth childrens_parents indirect_selection'.split(
    ' ',
  );

/** What selectors.yml may hold: the published schema leaves open how nodes are selected. */
export function completeSelectors(
  { source, tree, project }: ParsedFile,
  offset: number,
  facts: FactReader,
): readonly Suggestion[] {
  const place = yamlPlaceAt(source, offset);
  if (place?.pointer[0] !== 'selectors' || !place.pointer.includes('definition')) return [];
  const { pointer, span, kind } = place;
  const key = pointer.at(-1) ?? '';
  if (kind !== 'value') {
    const isAtom = key === 'definition' || /^\d+$/.test(key);
    return isAtom ? atomKeys.map((label) => ({ label, kind: 'key', span, insertText: `${label}: ` })) : [];
  }
  if (key === 'method') return selectorMethods.map((label) => ({ label, kind: 'value', span }));
  const method =
    key === 'value' ? stringOf(get(tree && nodeAt(tree, pointer.slice(0, -1)), 'method'))?.text : key;
  const namespace = method === undefined ? undefined : namespaceOf(method);
  if (namespace === undefined) return [];
  const names = new Set([...facts.all(namespace, project.scope)].map(({ name }) => name));
  return [...names].map((label) => ({ label, kind: 'value', span }));
}
