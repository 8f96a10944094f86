/** How nodes can be selected; the last one by another selector. */
export const selectorMethods: readonly string[] = (
  'fqn tag group access source path file package config test_name test_type resource_type state exposure metric result ' +
  'source_status version semantic_model saved_query unit_test selector'
).split(' ');

/** `2+tag:nightly+1`, taken apart. */
export interface Spec {
  readonly method: string | undefined;
  readonly value: string;
  /** Where the value begins in the text. */
  readonly at: number;
  readonly childrensParents: boolean;
  readonly parents: boolean;
  readonly children: boolean;
  /** How many steps are followed; all where nothing is said. */
  readonly parentsDepth: number | undefined;
  readonly childrenDepth: number | undefined;
}

/** Reads a specification as dbt's own pattern does; every text is one. */
export function readSpec(text: string): Spec {
  const found = /^(@)?(\d*\+)?(?:([\w.]+):)?(.*?)(\+\d*)?$/s.exec(text)!;
  const [, at, parents, method, value = '', children] = found;
  const before = text.length - value.length - (children?.length ?? 0);
  return {
    method,
    value,
    at: before,
    childrensParents: at !== undefined,
    parents: parents !== undefined,
    children: children !== undefined,
    parentsDepth: depthIn(parents),
    childrenDepth: depthIn(children),
  };
}

function depthIn(written: string | undefined): number | undefined {
  const digits = written?.replace('+', '') ?? '';
  return digits === '' ? undefined : Number(digits);
}

/** Methods whose value is the name of something. */
const namespaces: Readonly<Record<string, string>> = {
  fqn: 'dbt.node',
  tag: 'dbt.tag',
  source: 'dbt.source',
  exposure: 'dbt.exposure',
  metric: 'dbt.metric',
  group: 'dbt.group',
  package: 'dbt.package',
  semantic_model: 'dbt.semantic-model',
  saved_query: 'dbt.saved-query',
  unit_test: 'dbt.unit-test-name',
  selector: 'dbt.selector',
};

/** The namespaces of all that a method is told by name. */
export const selectedNamespaces: readonly string[] = Object.values(namespaces);

/** The namespace of what a method is told by name; undefined for all others. */
export function namespaceOf(method: string): string | undefined {
  return Object.hasOwn(namespaces, method) ? namespaces[method] : undefined;
}

/** Without a method a text with a slash is a path, one that ends as files do is a file. */
export function defaultMethod(text: string): string {
  return text.includes('/') ? 'path' : /\.(?:sql|py|csv)$/i.test(text) ? 'file' : 'fqn';
}
