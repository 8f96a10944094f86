import { sep } from 'node:path';
import { URI } from 'vscode-uri';
import { namesIn } from '../files/disk.ts';

/** The address of the page that explains a code; undefined where there is none. */
export type PageOf = (code: string) => string | undefined;

/** The pages that lie in a folder as `<system>/<problem>.md`; none where the folder is not there. */
export function rulePages(folder: string | undefined): PageOf {
  let pages: ReadonlySet<string> | undefined;
  return (code) => {
    if (folder === undefined) return undefined;
    pages ??= pagesIn(folder);
    return pages.has(`${code}.md`) ? URI.file(`${folder}/${code}.md`).toString() : undefined;
  };
}

function pagesIn(folder: string): ReadonlySet<string> {
  return new Set(namesIn(folder, { all: true }).map((name) => name.replaceAll(sep, '/')));
}
