import { get, itemsOf, pairsOf, type MapNode, type Node, type ScalarNode } from '../../core/tree.ts';
import { isTemplate } from './project-jinja.ts';
import { sha1 } from './sha1.ts';

/** What stands in for a key that is left out, by the key that tells a package's kind. */
const defaults: Readonly<Record<string, Readonly<Record<string, 'null' | 'false' | undefined>>>> = {
  package: { install_prerelease: 'false', name: undefined, version: undefined },
  git: { name: undefined, revision: 'null', subdirectory: 'null', 'warn-unpinned': 'null' },
  private: {
    name: undefined,
    provider: 'null',
    revision: 'null',
    subdirectory: 'null',
    'warn-unpinned': 'null',
  },
  local: { name: undefined },
  tarball: { name: undefined },
};

/**
 * The hash that `dbt deps` writes into package-lock.yml as `sha1_hash`, of the `packages` list it was made from.
 * Undefined where something of the list must be computed first, or is not as dbt wants it.
 */
export function packagesHash(packages: Node | undefined): string | undefined {
  const entries = itemsOf(packages).map(entryJson);
  if (entries.includes(undefined)) return undefined;
  return sha1((entries as readonly string[]).toSorted(byCodePoint).join('\n'));
}

/** The entry as Python's `json.dumps(…, sort_keys=True)` writes dbt's own object for it. */
function entryJson(entry: Node): string | undefined {
  if (entry.kind !== 'map') return undefined;
  const kinds = Object.keys(defaults).filter((kind) => get(entry, kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return undefined;
  const known = defaults[kind]!;
  const fields = new Map<string, string>();
  const unrendered = json(entry);
  if (
    unrendered === undefined ||
    !pairsOf(entry).every(({ key }) => key.text === kind || Object.hasOwn(known, key.text))
  )
    return undefined;
  for (const [key, standard] of Object.entries({ ...known, [kind]: undefined })) {
    const value = get(entry, key);
    const text = value ? json(key === 'version' || key === 'revision' ? asVersion(value) : value) : standard;
    if (text !== undefined && !(key === 'name' && text === 'null')) fields.set(key, text);
  }
  fields.set('unrendered', unrendered);
  return object([...fields]);
}

/** A whole number becomes a string on its way; one with a point stays what it is. */
function asVersion(node: Node): Node {
  if (node.kind === 'seq') return { ...node, items: node.items.map(asVersion) };
  if (node.kind !== 'scalar' || typeof node.value !== 'number' || isFloat(node)) return node;
  return { ...node, value: String(node.value) };
}

function json(node: Node): string | undefined {
  if (node.kind === 'map') return mapJson(node);
  if (node.kind === 'seq') {
    const items = node.items.map(json);
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const { value } = node;
  if (typeof value === 'string') return isTemplate(node) ? undefined : quoted(value);
  return typeof value === 'number' ? numberJson(node, value) : String(value);
}

function mapJson({ pairs }: MapNode): string | undefined {
  const fields = pairs.map(({ key, value }) => [key.text, json(value)] as const);
  if (fields.some(([, value]) => value === undefined)) return undefined;
  return object(fields as readonly (readonly [string, string])[]);
}

function object(fields: readonly (readonly [string, string])[]): string {
  const sorted = fields.toSorted(([a], [b]) => byCodePoint(a, b));
  return `{${sorted.map(([key, value]) => `${quoted(key)}: ${value}`).join(', ')}}`;
}

/** Limit: numbers of a size that Python writes with an exponent are nobody's version. */
function numberJson(node: ScalarNode, value: number): string | undefined {
  const size = Math.abs(value);
  if (size >= 1e15 || (size !== 0 && size < 1e-4)) return undefined;
  return isFloat(node) && Number.isInteger(value) ? `${value}.0` : String(value);
}

function isFloat({ text }: ScalarNode): boolean {
  return /[.e]/i.test(text) && !/^0x/i.test(text);
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
