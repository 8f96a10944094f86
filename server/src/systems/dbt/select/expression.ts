import { findPair, get, itemsOf, pairsOf, stringOf, type Node } from '../../../core/tree.ts';
import { isTemplate } from '../project-jinja.ts';
import { readSpec, type Spec } from '../selector-spec.ts';

/** What a selection says, wherever it is written. */
export type Expression =
  | { readonly kind: 'criterion'; readonly spec: Spec; readonly indirect?: string }
  | { readonly kind: 'union' | 'intersection' | 'difference'; readonly of: readonly Expression[] }
  /** Only dbt can tell. */
  | { readonly kind: 'doubt'; readonly reason: string };

/** What is written behind `--select`: blanks stand between what is joined, commas between what must hold at once. */
export function expressionOf(texts: readonly string[]): Expression {
  const parts = texts.flatMap((text) => text.split(/\s+/u)).filter((each) => each !== '');
  const of = parts.map((part): Expression => {
    const all = part.split(',').map((each) => criterion(readSpec(each)));
    return all.length === 1 ? all[0]! : { kind: 'intersection', of: all };
  });
  return of.length === 1 ? of[0]! : { kind: 'union', of };
}

/** What a selector of selectors.yml defines. */
export function definedExpression(node: Node): Expression {
  if (node.kind === 'seq') return { kind: 'union', of: node.items.map(definedExpression) };
  if (node.kind === 'scalar') {
    if (isTemplate(node)) return { kind: 'doubt', reason: 'a selector is computed' };
    return criterion(readSpec(node.text));
  }
  for (const kind of ['union', 'intersection'] as const) {
    const list = findPair(node, kind)?.value;
    if (list) return combined(kind, itemsOf(list));
  }
  return withExclude(methodIn(node), itemsOf(get(node, 'exclude')));
}

function criterion(spec: Spec, indirect?: string): Expression {
  return { kind: 'criterion', spec, ...(indirect === undefined ? {} : { indirect }) };
}

/** An item of the list that has nothing but `exclude` takes away from the others. */
function combined(kind: 'union' | 'intersection', items: readonly Node[]): Expression {
  const isExclude = (item: Node): boolean => pairsOf(item).length === 1 && get(item, 'exclude') !== undefined;
  const of = items.filter((item) => !isExclude(item)).map(definedExpression);
  const excluded = items.filter(isExclude).flatMap((item) => itemsOf(get(item, 'exclude')));
  return withExclude({ kind, of }, excluded);
}

function withExclude(expression: Expression, excluded: readonly Node[]): Expression {
  if (excluded.length === 0) return expression;
  return { kind: 'difference', of: [expression, ...excluded.map(definedExpression)] };
}

/** `{method: tag, value: nightly, children: true}`, or `{tag: nightly}`. */
function methodIn(node: Node): Expression {
  const method = stringOf(get(node, 'method'))?.text;
  if (method !== undefined) {
    const value = get(node, 'value');
    const isOn = (key: string): boolean => {
      const found = get(node, key);
      return found?.kind === 'scalar' && found.value === true;
    };
    const depth = (key: string): number | undefined => {
      const found = get(node, key);
      return found?.kind === 'scalar' && found.value !== null ? Number(found.text) : undefined;
    };
    const spec: Spec = {
      method,
      value: value?.kind === 'scalar' ? value.text : '',
      at: 0,
      childrensParents: isOn('childrens_parents'),
      parents: isOn('parents'),
      children: isOn('children'),
      parentsDepth: depth('parents_depth'),
      childrenDepth: depth('children_depth'),
    };
    return criterion(spec, stringOf(get(node, 'indirect_selection'))?.text);
  }
  const [only] = pairsOf(node);
  if (!only || only.value.kind !== 'scalar') return { kind: 'doubt', reason: 'a selector cannot be read' };
  return criterion({ ...readSpec(''), method: only.key.text, value: only.value.text });
}
