/** A file that the tool looks for at several places; the first that is there counts. */
export interface SetUpFile {
  /** `profiles`, `variables`: what it is to the tool. */
  readonly what: string;
  readonly places: readonly SetUpPlace[];
}

export type SetUpPlace =
  /** A file (URI path). */
  | { readonly path: string }
  /** A file in the folder that a variable names. It decides alone where it is set. */
  | { readonly variable: string; readonly file: string }
  /** A file below the user's home. */
  | { readonly atHome: string };
