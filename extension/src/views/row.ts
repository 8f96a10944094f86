/** A row of a tree view as data, so that what a view shows can be tested without an editor. */
export interface Row<Data = unknown> {
  /** Unique in its view and the same after a refresh, so that what was open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown; text of the workspace in it is escaped. */
  readonly tooltip?: string;
  readonly icon?: RowIcon;
  /** What menus look at (`viewItem`). */
  readonly context?: string;
  /** What a click opens. */
  readonly open?: OpenTarget;
  /** Said to a screen reader where label and description do not say the state. */
  readonly spoken?: string;
  readonly children?: readonly Row<Data>[] | (() => Promise<readonly Row<Data>[]>);
  readonly expanded?: boolean;
  readonly data?: Data;
  /** Stands at the end of the row, and colours it: what is out of the ordinary. The description says it in words. */
  readonly mark?: RowMark;
}

export interface RowMark {
  /** One sign. */
  readonly letter: string;
  /** A theme colour's id. */
  readonly color: string;
  readonly text: string;
}

export interface RowIcon {
  /** A codicon's name. */
  readonly id: string;
  /** A theme colour's id. The shape alone tells the state too. */
  readonly color?: string;
}

export type OpenTarget =
  /** `line` is zero-based. */
  | { readonly kind: 'file'; readonly uri: string; readonly line?: number }
  | { readonly kind: 'run'; readonly folder: string; readonly run: string };

/** `1 error`, `2 errors`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The name of a document, as a person reads it. */
export function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
