import type { FactReader } from '../../core/fact-index.ts';
import { resolvePath } from '../../core/path.ts';
import type { DocumentLink, ParsedFile } from '../../core/system.ts';
import { findPair, get, itemsOf, stringOf, type ScalarNode } from '../../core/tree.ts';
import { scalarAt, type MeltanoModel } from './model.ts';
import { lockOf } from './settings/setting-at.ts';

/** Included files, catalogs, states and lock files that a project names, and where its plugins come from. */
export function linksOf(
  { model, tree, project }: ParsedFile<MeltanoModel>,
  facts: FactReader,
): readonly DocumentLink[] {
  if (model.kind === 'lock') return [];
  const links: DocumentLink[] = [];
  const addFile = (node: ScalarNode | undefined): void => {
    // A pattern names no one file, a variable nobody knows which; an absolute path may be one of a container.
    if (!node || /^\/|[*?[$]|:\/\//u.test(node.text)) return;
    links.push({ span: node.span, target: resolvePath(project.root, node.text.replaceAll('\\', '/')) });
  };
  for (const item of itemsOf(findPair(tree, 'include_paths')?.value)) addFile(stringOf(item));
  for (const plugin of model.plugins) {
    const { node, type } = plugin;
    const config = get(node, 'config');
    if (type.key === 'extractors')
      for (const name of ['catalog', 'state'])
        for (const at of [scalarAt(node, name), scalarAt(config, `_${name}`)]) addFile(at);
    for (const name of ['docs', 'repo', 'ext_repo']) {
      const address = scalarAt(node, name);
      if (address && /^https?:\/\/\S+$/u.test(address.text))
        links.push({ span: address.span, target: address.text });
    }
    const pip = scalarAt(node, 'pip_url');
    if (pip) links.push(...addressesIn(pip));
    const variant = scalarAt(node, 'variant');
    const lock = variant && lockOf(plugin, facts, project.scope);
    if (variant && lock) links.push({ span: variant.span, target: lock.path, tooltip: 'Open the lock file' });
  }
  return links;
}

/** The repositories that an argument of pip names; a token before the `@` is left out. */
function addressesIn({ text, span, style }: ScalarNode): readonly DocumentLink[] {
  if (style !== 'plain' || span.end - span.start !== text.length) return [];
  return [...text.matchAll(/(?:git\+)?(https?:\/\/)(?:[^/\s@]+@)?([^\s@#'"]+)/gu)].map(
    ({ index, 0: all, 1: scheme, 2: rest = '' }) => ({
      span: { start: span.start + index, end: span.start + index + all.length },
      target: `${scheme}${rest.replace(/\.git$/u, '')}`,
      tooltip: 'Open the repository',
    }),
  );
}
