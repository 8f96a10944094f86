import type { PlacedEdge, Placement, Size } from './layout.ts';

/** A graph that is drawn: where everything lies, and how one node looks. */
export interface Scene {
  readonly placement: Placement;
  /** Of every node. */
  readonly size: Size;
  /** One sentence on the whole. */
  readonly summary: string;
  /** The node that is in the middle at first; where absent the graph is seen from its beginning. */
  readonly home?: string;
  /** Draws a node around its middle; with `isFar` it is too small for words. */
  draw(id: string, isFar: boolean): SVGGElement;
  /** What is read aloud of a node. */
  spoken(id: string): string;
  /** Classes of an edge that looks different. */
  edgeClasses?(edge: PlacedEdge): readonly string[];
}
