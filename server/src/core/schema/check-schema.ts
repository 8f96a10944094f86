import type { SourceFile } from '../source-file.ts';
import type { Span } from '../span.ts';
import type { Node, ScalarNode } from '../tree.ts';
import { Evaluation, type FineItems } from './evaluate.ts';
import { explainFaults } from './explain.ts';
import type { Schema } from './schema.ts';

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
  /** The file that the tree is of, where its schema is walked in one way only: after an edit what is the same in its lists is not walked again. */
  readonly source?: SourceFile;
}

/** All that `schema` would refuse in `tree`, in the order of the text. */
export function checkSchema(
  tree: Node,
  schema: Schema,
  options: CheckOptions = {},
): readonly SchemaProblem[] {
  const { source } = options;
  const fine = source?.isEdited !== true ? undefined : source.kept(schema, (): FineItems => new Map());
  const faults = new Evaluation(schema, { ...options, fine }).check(schema.json, tree, undefined);
  return faults.length === 0 ? [] : explainFaults(faults);
}
