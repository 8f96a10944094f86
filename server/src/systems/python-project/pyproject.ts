import type { Span } from '../../core/span.ts';
import { readTomlTexts } from '../../core/toml-texts.ts';

/** What a `pyproject.toml` says of how its project is installed and what it can be asked to do. */
export interface Pyproject {
  /** The tool that installs it: `poetry`, `uv`; '' where none can be told. */
  readonly manager: 'poetry' | 'uv' | '';
  readonly scripts: readonly { readonly name: string; readonly span: Span }[];
  /** The table that names the manager; the file's start where there is none. */
  readonly span: Span;
}

export function readPyproject(text: string): Pyproject {
  const tables = ['project.scripts', 'tool.poetry.scripts'];
  const scripts = readTomlTexts(text).flatMap(({ keys, span }) => {
    const name = keys.at(-1) ?? '';
    return tables.includes(keys.slice(0, -1).join('.')) ? [{ name, span }] : [];
  });
  const found =
    /^\[tool\.(poetry|uv)\b[^\]]*\]/mu.exec(text) ?? /^build-backend\s*=\s*["'](poetry|uv)/mu.exec(text);
  const manager = (found?.[1] ?? '') as Pyproject['manager'];
  const span = found ? { start: found.index, end: found.index + found[0].length } : { start: 0, end: 0 };
  return { manager, scripts, span };
}
