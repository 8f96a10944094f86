import { resolvePath } from '../../core/path.ts';
import { get, type Node, type ScalarNode } from '../../core/tree.ts';
import { scalarAt, type Plugin } from './model.ts';

/**
 * The DuckDB file that a loader's configuration names: as it is written, relative to the project's folder, and as an
 * absolute URI path of this machine. Undefined where it names none that can be told.
 */
export function duckdbFile(
  config: Node | undefined,
  root: string,
): { readonly path: string; readonly written: string; readonly node: ScalarNode } | undefined {
  // target-duckdb takes `path` where both are set.
  const node = scalarAt(config, 'path') ?? scalarAt(config, 'filepath');
  if (!node) return undefined;
  // A folder's own name for itself is a path that every place understands.
  const written = node.text.replace(/^\$\{?MELTANO_PROJECT_ROOT\}?/u, '.').replaceAll('\\', '/');
  const text = written.replace(/\$\{?MELTANO_PROJECT_ROOT\}?/u, root);
  if (text.includes('$') || text.startsWith(':memory:') || /^(md|motherduck):/u.test(text)) return undefined;
  const path = /^[A-Za-z]:\//u.test(text) ? `/${text[0]!.toLowerCase()}${text.slice(1)}` : text;
  return { path: resolvePath(root, path), written: path, node };
}

/** True for a loader that writes into DuckDB, whatever name the project gives to it; `others` are the plugins it may inherit from. */
export function writesDuckdb(plugin: Plugin, others: readonly Plugin[]): boolean {
  const seen = new Set<Plugin>();
  for (let at: Plugin | undefined = plugin; at && !seen.has(at); at = parentOf(at, others)) {
    if (at.type.key !== 'loaders') return false;
    if (isTargetDuckdb(at)) return true;
    seen.add(at);
  }
  return false;
}

function isTargetDuckdb({ node }: Plugin): boolean {
  const told = ['name', 'inherit_from', 'namespace', 'executable', 'pip_url', 'variant'];
  return told.some((key) => /target[-_]duckdb/u.test(scalarAt(node, key)?.text ?? ''));
}

export function parentOf({ type, inheritFrom }: Plugin, others: readonly Plugin[]): Plugin | undefined {
  return others.find((other) => other.type === type && other.name.text === inheritFrom?.text);
}

export function configOf(node: Node): Node | undefined {
  return get(node, 'config');
}
