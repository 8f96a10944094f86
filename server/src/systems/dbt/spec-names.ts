import { qualifierNamespace } from './folder-facts.ts';
import { namespaceOf } from './selector-spec.ts';

/** Unit tests by their own names: in their own namespace they are known by those of their models, too. */
export const unitTestName = 'dbt.unit-test-name';

/** What a name without a method may be of. */
export const nodeNamespaces = ['dbt.node', 'dbt.test', unitTestName, qualifierNamespace];

/** A name in the value of a selection, where it stands there. */
export interface SpecName {
  readonly namespaces: readonly string[];
  readonly name: string;
  readonly prefix?: string;
  readonly at: number;
  /** It is one of several words that only together say what is meant, so it may be another thing's. */
  readonly isPart: boolean;
}

/** The names that a method is told; wildcards, and what Penstock itself puts in, are none. `own` is the project's package. */
export function namesInSpec(method: string, value: string, own?: string): readonly SpecName[] {
  const pattern = method === 'tag' ? /^[\w.-]+$/ : /^\w+(?:\.\w+)*$/;
  if (!pattern.test(value)) return [];
  if (method === 'source') return sourceNames(value);
  if (method === 'test_name')
    return [{ namespaces: ['dbt.macro'], name: `test_${value}`, prefix: 'test_', at: 0, isPart: true }];
  const namespace = namespaceOf(method);
  if (namespace === undefined) return [];
  const namespaces = method === 'fqn' ? nodeNamespaces : [namespace];
  const parts = method === 'tag' ? [value] : value.split('.');
  if (parts.length === 1) return [{ namespaces, name: value, at: 0, isPart: false }];
  return [...packageName(parts[0]!, own), ...lastName(parts, namespaces)];
}

/** `raw`, `raw.orders`, `shop.raw.orders`. */
function sourceNames(value: string): readonly SpecName[] {
  const parts = value.split('.');
  const [source = '', table] = parts.length === 3 ? parts.slice(1) : parts;
  if (parts.length > 3) return [];
  const at = parts.length === 3 ? parts[0]!.length + 1 : 0;
  const ofSource = { namespaces: ['dbt.source'], name: source, at };
  if (table === undefined) return [{ ...ofSource, isPart: false }];
  const prefix = `${source}.`;
  const ofTable = { namespaces: ['dbt.source-table'], name: prefix + table, prefix, at: at + prefix.length };
  // That it is not there is told of its table.
  return [
    { ...ofSource, isPart: true },
    { ...ofTable, isPart: false },
  ];
}

function packageName(first: string, own: string | undefined): readonly SpecName[] {
  return first === own ? [{ namespaces: ['dbt.package'], name: first, at: 0, isPart: true }] : [];
}

/** `shop.marts.orders`, and `orders.v2` for one version of a model. */
function lastName(parts: readonly string[], namespaces: readonly string[]): readonly SpecName[] {
  const isVersion = /^v\d+$/.test(parts.at(-1)!);
  const place = parts.length - (isVersion ? 2 : 1);
  const at = parts.slice(0, place).reduce((length, part) => length + part.length + 1, 0);
  return [{ namespaces, name: parts[place]!, at, isPart: true }];
}
