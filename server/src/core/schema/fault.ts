import type { Node, ScalarNode } from '../tree.ts';

/** The way from the root to a node, as a chain; undefined is the root. */
export interface Place {
  readonly parent: Place | undefined;
  readonly segment: string;
  /** The key that holds the node; undefined for a list's item. */
  readonly key: ScalarNode | undefined;
  readonly depth: number;
}

interface FaultBase {
  readonly node: Node;
  readonly place: Place | undefined;
}

/** One thing a tree does that its schema forbids, before it is put into words. */
export type Fault = FaultBase &
  (
    | {
        readonly kind: 'mismatch';
        readonly keyword: 'type' | 'enum';
        readonly types: readonly string[];
        readonly values: readonly unknown[];
      }
    | {
        readonly kind: 'unknown-key';
        readonly keyword: string;
        readonly key: ScalarNode;
        readonly allowed: readonly string[];
      }
    | {
        readonly kind: 'missing-key';
        readonly keyword: 'required' | 'dependentRequired';
        readonly key: string;
        readonly neededBy?: string;
      }
    | {
        readonly kind: 'several-forms';
        readonly keyword: 'oneOf';
        readonly forms: readonly (readonly string[])[];
      }
    /** No branch was meant more than another; each would need one of these keys. */
    | { readonly kind: 'no-form'; readonly keyword: 'anyOf'; readonly keys: readonly string[] }
    /** Everything else: the sentence's second half, 'must be at least 1'. */
    | { readonly kind: 'other'; readonly keyword: string; readonly says: string }
  );

export function depthOf(place: Place | undefined): number {
  return place === undefined ? 0 : place.depth;
}

export function segmentsOf(place: Place | undefined): readonly string[] {
  const segments: string[] = [];
  for (let at = place; at !== undefined; at = at.parent) segments.push(at.segment);
  return segments.toReversed();
}
