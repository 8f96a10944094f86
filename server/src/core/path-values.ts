import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';
import type { Node } from './tree.ts';

/** A value that a tool takes for a path, as it is written. */
export interface PathValue {
  readonly text: string;
  readonly span: Span;
}

/** True for what is most likely a path: absolute, or relative with a folder or an extension. Addresses and templates are none. */
export function looksLikePath(text: string): boolean {
  if (text.length > 400 || /[\s$*?{}|<>"'`,;()=:]/u.test(text)) return false;
  if (text.startsWith('/')) return /^(?:\/[^/]+)+\/?$/u.test(text);
  return (
    /^\.{1,2}\/./u.test(text) || /^[\w@.-]+(?:\/[\w@.-]+)*\/?[\w@-][\w@.-]*\.[A-Za-z]\w{0,9}$/u.test(text)
  );
}

/** The values below a node that look like paths, each once, those of unwritten text left out. */
export function pathValuesIn(source: SourceFile, root: Node): readonly PathValue[] {
  const found: PathValue[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'seq') node.items.forEach(visit);
    else if (node.kind === 'map') for (const { value } of node.pairs) visit(value);
    else if (
      typeof node.value === 'string' &&
      looksLikePath(node.text) &&
      source.slice(node.span) === node.text
    )
      found.push({ text: node.text, span: node.span });
  };
  visit(root);
  return found;
}
