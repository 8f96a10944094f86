import type { Node, ScalarNode } from '../../core/tree.ts';

/** Every scalar once, though aliases lead to some of them again. */
export function scalarsIn(tree: Node): readonly ScalarNode[] {
  const found: ScalarNode[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'scalar') found.push(node);
    else if (node.kind === 'seq') node.items.forEach(visit);
    else for (const { value } of node.pairs) visit(value);
  };
  visit(tree);
  return found;
}
