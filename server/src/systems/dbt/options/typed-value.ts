import type { Parameter } from '../../../core/step.ts';
import type { Node } from '../../../core/tree.ts';
import { parseYaml } from '../../../core/yaml/parse-yaml.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What YAML's words mean to dbt, which reads `--vars` and `--args` with them; undefined for what is no YAML. */
export function readValue(text: string): Json | undefined {
  const { tree, problems } = parseYaml(text, { version: '1.1', duplicateKeys: 'last' });
  if (problems.length > 0) return undefined;
  return tree ? jsonOf(tree) : null;
}

/**
 * A value as it is typed for a parameter: of one that is a text by its default the text itself, whatever it looks
 * like, and of all others what YAML makes of it.
 */
export function typedValue(text: string, { type }: Pick<Parameter, 'type'>, isText: boolean): Json {
  if (isText && type === 'string') return text;
  const read = readValue(text);
  return read === undefined ? text : read;
}

function jsonOf(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(jsonOf);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [key.text, jsonOf(value)]));
}
