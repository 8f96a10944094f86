export type YamlVersion = '1.1' | '1.2';

/** How the tool that owns a file reads it. */
export interface YamlOptions {
  /** PyYAML reads 1.1; ruamel reads 1.2. */
  readonly version: YamlVersion;
  /** PyYAML lets the last win; ruamel refuses. */
  readonly duplicateKeys: 'last' | 'refuse';
  /** Reads the text without the white space around it, as dbt reads its properties files: an indented first line is fine. */
  readonly strip?: boolean;
}

/** Limit: PyYAML itself gives up somewhat below 500 levels. */
export const maxDepth = 400;

/** Limit: aliases may add this many nodes to what is written, far beyond any real file. */
export const maxUnfolded = 1_000_000;
