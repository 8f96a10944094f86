/** A half-open stretch of a text, in UTF-16 code units from its start. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span inside a named file; `path` is the file's URI path (posix, absolute). */
export interface Location {
  readonly path: string;
  readonly span: Span;
}

/** A zero-based line and UTF-16 column, as LSP counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Two positions, the end excluded, as LSP counts them. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** True where `offset` lies in `span` or touches its end, as a cursor does. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
