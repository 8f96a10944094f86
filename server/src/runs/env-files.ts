import { dirname, join, relative } from 'node:path';
import { textAt } from '../files/disk.ts';

/**
 * What the `.env` files of a project and of each folder above it up to the workspace folder set; the nearest one decides.
 * Folders are paths of the file system.
 */
export function variablesOfEnvFiles(project: string, folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(envFilesOf(project, folder).toReversed().flatMap(envEntries));
}

/** The texts of those files, the nearest first; '' where there is none. */
export function envFilesOf(project: string, folder: string): readonly string[] {
  return foldersUp(project, folder).map((each) => textAt(join(each, '.env')) ?? '');
}

/** `NAME=value` as dotenv readers take it: `export`, quotes, comments, values over several lines. */
export function envEntries(text: string): readonly (readonly [string, string])[] {
  const pattern =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*[=:][ \t]*("(?:\\[^]|[^"\\])*"|'[^']*'|`[^`]*`|[^\r\n]*)/gm;
  return [...text.matchAll(pattern)].map((match) => [match[1]!, unquoted(match[2]!)] as const);
}

function unquoted(written: string): string {
  const quote = written[0];
  if (written.length > 1 && (quote === '"' || quote === "'" || quote === '`') && written.endsWith(quote)) {
    const inner = written.slice(1, -1);
    return quote === '"' ? inner.replace(/\\n/g, '\n').replace(/\\(["\\$])/g, '$1') : inner;
  }
  return written.replace(/\s+#.*$/, '').trim();
}

function foldersUp(project: string, folder: string): readonly string[] {
  const way = relative(folder, project);
  if (way.startsWith('..')) return [project, folder];
  const folders = [project];
  for (let at = project; at !== folder && at !== dirname(at);) folders.push((at = dirname(at)));
  return folders;
}
