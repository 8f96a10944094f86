import type { Span } from '../span.ts';
import { nodeAt, toValue, type Node, type ScalarNode } from '../tree.ts';
import { Evaluation } from './evaluate.ts';
import { explainFaults } from './explain.ts';
import type { Schema } from './schema.ts';
import { pointerSegments } from './correct-schema.ts';

/** A fault of a tree against a schema: one cause, one sentence, on the exact span. */
export interface SchemaProblem {
  readonly span: Span;
  /** Lower-case, no full stop: what is wrong, then what to do. */
  readonly message: string;
  /** JSON Schema's keyword that the tree offends: `additionalProperties`, `required`, `type`, `enum` … */
  readonly keyword: string;
  /** The keys and indexes that lead to the offending node; to the mapping, for unknown and missing keys. */
  readonly pointer: readonly string[];
  /** The unknown or missing key's name. */
  readonly key?: string;
  /** The keys or values that would be fine. */
  readonly allowed?: readonly string[];
  /** The nearest of `allowed`, when one is near. */
  readonly suggestion?: string;
}

export interface CheckOptions {
  /** Where true, no problem is reported at this value: a template may become anything. */
  readonly acceptsScalar?: (node: ScalarNode) => boolean;
}

/** All that `schema` would refuse in `tree`, in the order of the text. */
export function checkSchema(
  tree: Node,
  schema: Schema,
  options: CheckOptions = {},
): readonly SchemaProblem[] {
  const value = toValue(tree);
  if (schema.accepts(value)) return [];
  const evaluation = new Evaluation(schema, options);
  const faults = evaluation.check(schema.json, tree, undefined);
  if (faults.length === 0 && !evaluation.accepted) return unexplained(tree, schema, value);
  return explainFaults(faults);
}

/** For keywords the evaluation does not know: the validator's own words, deepest place first, one is enough. */
function unexplained(tree: Node, schema: Schema, value: unknown): readonly SchemaProblem[] {
  const errors = schema.errors(value).toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  const [error] = errors;
  if (error === undefined) return [];
  const pointer = pointerSegments(error.instancePath);
  const span = (nodeAt(tree, pointer) ?? tree).span;
  const message = `this does not fit the schema: it ${error.message ?? 'is not allowed'}; correct it`;
  return [{ span, message, keyword: error.keyword, pointer }];
}
