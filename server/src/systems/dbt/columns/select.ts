import type { NamedRelation } from './sql-words.ts';

/** What a part of SQL selects from what. Read leniently: what is half typed gives what it has so far. */
export interface Select {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Item[];
  /** Where its list ends: at `from` or the end of the text. */
  readonly listEnd: number;
  /** False where another select stands in it without brackets: branches of Jinja, read one after another. */
  readonly isSole: boolean;
  /** False where the list is not one: a macro writes the query, or `values`. */
  readonly isRead: boolean;
  readonly inputs: readonly Input[];
  /** CTEs that may be named here, those nearest last. */
  readonly ctes: readonly Cte[];
}

export interface Cte {
  readonly name: string;
  /** What its columns are called where the list stands behind its name. */
  readonly columns: readonly string[];
  /** Its first select, whose names all others of a union bear; undefined where there is none. */
  readonly select: Select | undefined;
}

/** One thing of a select list. */
export type Item =
  | {
      readonly kind: 'column';
      readonly name: string;
      readonly isQuoted: boolean;
      /** False where what stands before the name may be more than its value. */
      readonly isSure: boolean;
    }
  | {
      readonly kind: 'star';
      /** The alias before the star. */
      readonly of?: string;
      readonly relation?: NamedRelation;
      readonly except: readonly string[];
      readonly renamed: ReadonlyMap<string, string>;
    }
  /** A value without a name of its own. */
  | { readonly kind: 'nameless' }
  /** What only running Jinja tells. */
  | { readonly kind: 'unknown' };

/** Something that stands in a `from` clause. */
export interface Input {
  /** What its columns are named by; undefined where it has no name. */
  readonly alias: string | undefined;
  readonly columns: readonly string[];
  readonly of:
    | { readonly kind: 'relation'; readonly relation: NamedRelation }
    /** A CTE, or a table that nobody here knows. */
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'select'; readonly select: Select | undefined }
    | { readonly kind: 'unknown' };
}

export interface Queries {
  /** The query as a whole. */
  readonly main: Select | undefined;
  /** Every select of the text, outer ones before those in them. */
  readonly all: readonly Select[];
}
