import { createTwoFilesPatch, structuredPatch } from 'diff';
import type { Replacement } from '../files/replace-texts.ts';

/** What changed, as `git diff` writes it; it can be applied with `git apply`. */
export function unifiedDiff(replacements: readonly Replacement[], place: (path: string) => string): string {
  return replacements
    .map(({ path, from, to }) => {
      const name = place(path);
      return createTwoFilesPatch(`a/${name}`, `b/${name}`, from, to, undefined, undefined, {
        headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
      });
    })
    .join('');
}

/** `penstock plan set … --format json`. Public. */
export interface PlanEditJson {
  /** False where the plan says so already, or with `--diff`. */
  readonly written: boolean;
  readonly files: readonly {
    readonly file: string;
    readonly changes: readonly {
      /** One-based, in the text before. */
      readonly line: number;
      readonly removed: readonly string[];
      readonly added: readonly string[];
    }[];
  }[];
}

export function toJson(
  replacements: readonly Replacement[],
  { written, place }: { readonly written: boolean; readonly place: (path: string) => string },
): PlanEditJson {
  return {
    written,
    files: replacements.map(({ path, from, to }) => ({
      file: place(path),
      changes: structuredPatch('', '', from, to, undefined, undefined, { context: 0 }).hunks.map((hunk) => ({
        line: hunk.oldStart,
        removed: linesWith('-', hunk.lines),
        added: linesWith('+', hunk.lines),
      })),
    })),
  };
}

function linesWith(sign: string, lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1).replace(/\r$/, ''));
}
