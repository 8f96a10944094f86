import type { FactReader } from '../../../core/fact-index.ts';
import type { YamlPlace } from '../../../core/schema/yaml-place.ts';
import { touches } from '../../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../../core/system.ts';
import { nodeAt, pairsOf } from '../../../core/tree.ts';
import { scalarAt, type MeltanoModel } from '../model.ts';
import { pluginDepth } from '../settings/config-place.ts';
import { catalogAt, catalogPaths, type KnownCatalog } from './known-catalog.ts';
import { toMatcher } from './select-patterns.ts';

interface Asked {
  readonly facts: FactReader;
  readonly offset: number;
}

/**
 * Below an extractor's `metadata` and `schema`: streams of its catalog, their attributes, and what Singer knows of
 * either; undefined for any other place.
 */
export function completeMetadata(
  { tree, source, project }: ParsedFile<MeltanoModel>,
  { kind, pointer, span }: YamlPlace,
  { facts, offset }: Asked,
): readonly Suggestion[] | undefined {
  const extra = extraAt(pointer);
  if (!extra || !tree || kind === 'item') return undefined;
  const plugin = nodeAt(tree, pointer.slice(0, extra.depth));
  const name = scalarAt(plugin, 'name')?.text;
  if (!plugin || name === undefined) return undefined;
  const catalog = catalogAt(facts, catalogPaths(project.root, name, plugin));
  if (kind === 'value') return valuesOf(extra, catalog).map((label) => ({ label, kind: 'value', span }));
  const isWritten = /^\s*:/u.test(source.text.slice(span.end, span.end + 20));
  const others = pairsOf(nodeAt(tree, pointer)).filter(({ key }) => !touches(key.span, offset));
  const there = new Set(others.map(({ key }) => key.text));
  return keysOf(extra, catalog).flatMap(({ label, detail, documentation, isNested }): Suggestion[] => {
    if (there.has(label)) return [];
    const insertText = isWritten ? label : isNested ? `${label}:` : `${label}: `;
    return [{ label, kind: 'key', span, insertText, detail, ...(documentation ? { documentation } : {}) }];
  });
}

interface ExtraPlace {
  readonly extra: 'metadata' | 'schema';
  /** How many segments lead to the plugin. */
  readonly depth: number;
  /** The keys below the extra. */
  readonly path: readonly string[];
}

function extraAt(pointer: readonly string[]): ExtraPlace | undefined {
  const depth = pluginDepth(pointer);
  if (depth === undefined || pointer[depth - 2] !== 'extractors') return undefined;
  const [first, second] = pointer.slice(depth);
  const isInConfig = first === 'config' && second?.startsWith('_');
  const extra = isInConfig ? second!.slice(1) : first;
  if (extra !== 'metadata' && extra !== 'schema') return undefined;
  return { extra, depth, path: pointer.slice(depth + (isInConfig ? 2 : 1)) };
}

interface Key {
  readonly label: string;
  readonly detail: string;
  readonly documentation?: string;
  readonly isNested?: boolean;
}

function keysOf({ extra, path }: ExtraPlace, catalog: KnownCatalog | undefined): readonly Key[] {
  const known = extra === 'metadata' ? metadataKeys : schemaKeys;
  const [stream] = path;
  if (stream === undefined)
    return [...(catalog?.streams.keys() ?? [])]
      .filter((id) => /^[\w-]+$/u.test(id))
      .map((label) => ({ label, detail: 'stream', isNested: true }));
  if (path.length > 1) return known;
  const attributes = attributesOf(stream, catalog).map((label) => ({
    label,
    detail: 'attribute',
    isNested: true,
  }));
  return extra === 'metadata' ? [...known, ...attributes] : attributes;
}

function valuesOf({ extra, path }: ExtraPlace, catalog: KnownCatalog | undefined): readonly string[] {
  if (extra === 'schema') return [];
  const word = path.at(-1);
  if (word === 'replication-key') return attributesOf(path[0]!, catalog);
  return (word !== undefined && listedValues.get(word)) || [];
}

const listedValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['replication-method', ['FULL_TABLE', 'INCREMENTAL', 'LOG_BASED']],
  ['selected', ['true', 'false']],
]);

/** Those of the streams that a pattern fits, without those inside of others. */
function attributesOf(stream: string, catalog: KnownCatalog | undefined): readonly string[] {
  const fits = toMatcher(stream);
  const streams = [...(catalog?.streams ?? [])].filter(([id]) => fits(id));
  return [...new Set(streams.flatMap(([, names]) => names))].filter((name) => /^[\w-]+$/u.test(name));
}

const metadataKeys: readonly Key[] = [
  {
    label: 'replication-method',
    detail: 'metadata',
    documentation: 'How a stream is read: `FULL_TABLE`, `INCREMENTAL` or `LOG_BASED`.',
  },
  {
    label: 'replication-key',
    detail: 'metadata',
    documentation: 'The attribute by which an incremental load knows what is new.',
  },
  {
    label: 'table-key-properties',
    detail: 'metadata',
    documentation: 'The attributes that together tell the records of a stream apart.',
    isNested: true,
  },
  {
    label: 'view-key-properties',
    detail: 'metadata',
    documentation: 'The same of a view, which has no key of its own.',
    isNested: true,
  },
  {
    label: 'selected',
    detail: 'metadata',
    documentation: 'Whether a stream or attribute is extracted.',
  },
];

const schemaKeys: readonly Key[] = [
  {
    label: 'type',
    detail: 'JSON schema',
    documentation: 'One of JSON’s types or a list of them: `[string, "null"]`.',
  },
  {
    label: 'format',
    detail: 'JSON schema',
    documentation: 'What a text holds: `date-time`, `date`, `uuid`.',
  },
];
