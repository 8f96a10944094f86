import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import { resolvePath } from '../../../core/path.ts';
import type { Node } from '../../../core/tree.ts';
import { get } from '../../../core/tree.ts';
import { scalarAt } from '../model.ts';

/** What an extractor's catalog has, as far as it is known here. */
export interface KnownCatalog {
  readonly streams: ReadonlyMap<string, readonly string[]>;
  /** True where the catalog has so many attributes that only its streams are known. */
  readonly isPartial: boolean;
}

/**
 * Where an extractor's catalog may lie: first the file that the project names for it, then the one of its last run,
 * which Meltano makes of either that file or what the tap discovers.
 */
export function catalogPaths(root: string, plugin: string, node: Node): readonly string[] {
  const own = scalarAt(node, 'catalog') ?? scalarAt(get(node, 'config'), '_catalog');
  const ofRun = `${root}/.meltano/run/${plugin}/tap.properties.json`;
  return own && !own.text.includes('$')
    ? [resolvePath(root, own.text.replaceAll('\\', '/')), ofRun]
    : [ofRun];
}

/** Asks for catalogs, so that the file is looked at again with them. */
export function catalogUses(paths: readonly string[]): readonly Use[] {
  const head = { fact: 'use', namespaces: ['singer.catalog'], scope: '', role: 'unsure' } as const;
  return paths.map((name) => ({ ...head, name, span: { start: 0, end: 0 } }));
}

/** The first of the catalogs that is there. */
export function catalogAt(facts: FactReader, paths: readonly string[]): KnownCatalog | undefined {
  const [catalog] = paths.flatMap((name) =>
    facts.definitions({ namespace: 'singer.catalog', scope: '', name }),
  );
  const { streams: text, isPartial } = catalog?.data ?? {};
  if (!text) return undefined;
  const streams = text.split('\n').map((line) => {
    const [id = '', ...attributes] = line.split('\t');
    return [id, attributes] as const;
  });
  return { streams: new Map(streams), isPartial: isPartial !== undefined };
}
