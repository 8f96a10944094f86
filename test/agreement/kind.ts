import type { ProjectFiles } from './base.ts';

/** Stands in a text where the defect is; it is taken out before anybody reads the text. */
export const mark = '<!>';

export type Edit = (files: ProjectFiles) => ProjectFiles;

/** One way to be wrong, or to be odd and right: a change of the base project. */
export interface Kind {
  /** Permanent, unique; the row of the table. */
  readonly id: string;
  readonly title: string;
  /** `odd` is unusual and valid for the tool: no error may be reported. */
  readonly sort: 'defect' | 'odd';
  readonly edits: readonly Edit[];
  readonly options: KindOptions;
}

export interface KindOptions {
  /** How far the tool has to go to find it, in the words of its suite; it reads the whole project where nothing is said. */
  readonly found?: string;
  /** What that takes, for dbt's `run`. */
  readonly select?: string;
  /** Environment variables that are set for the tool and known to Penstock by name. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why it is reported as less than an error although this run of the tool refuses it. */
  readonly depends?: string;
  /** Why reading alone cannot tell, where Penstock rightly leaves it to the tool, by the oracle's id. */
  readonly beyond?: Readonly<Record<string, string>>;
}

/** What one tool is asked about. */
export interface Suite {
  /** `dbt`, in sentences. */
  readonly tool: string;
  /** A sound project; each kind is a change of it. */
  readonly base: ProjectFiles;
  readonly groups: readonly KindGroup[];
  /** What the tool is asked, to find a kind. */
  readonly command: (kind: Kind) => readonly string[];
}

export interface KindGroup {
  readonly title: string;
  readonly kinds: readonly Kind[];
}

/** A place in a project; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** A project as the tools get it, and the places that were marked. */
export interface Prepared {
  readonly files: ProjectFiles;
  readonly places: readonly Required<Place>[];
}

export function defect(
  id: string,
  title: string,
  edits: Edit | readonly Edit[],
  options?: KindOptions,
): Kind {
  return { id, title, sort: 'defect', edits: [edits].flat(), options: options ?? {} };
}

export function odd(id: string, title: string, edits: Edit | readonly Edit[], options?: KindOptions): Kind {
  return { id, title, sort: 'odd', edits: [edits].flat(), options: options ?? {} };
}

/** Writes a whole file. */
export function write(path: string, text: string): Edit {
  return (files) => ({ ...files, [path]: text });
}

/** Replaces a text that occurs exactly once. */
export function change(path: string, from: string, to: string): Edit {
  return (files) => {
    const parts = (files[path] ?? '').split(from);
    if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} times ${JSON.stringify(from)}`);
    return { ...files, [path]: parts.join(to) };
  };
}

/** Puts a text at the end of a file, which may be new. */
export function append(path: string, text: string): Edit {
  return (files) => ({ ...files, [path]: (files[path] ?? '') + text });
}

export function remove(path: string): Edit {
  return (files) => Object.fromEntries(Object.entries(files).filter(([other]) => other !== path));
}

/** Removes all files below a folder, which is named with its slash. */
export function removeBelow(folder: string): Edit {
  return (files) => Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(folder)));
}

/** Marks the one line that holds a text, where the defect is to be reported though nothing changed there. */
export function blame(path: string, text: string): Edit {
  return change(path, text, text + mark);
}

/** Makes the change, takes the marks out and says where they stood. */
export function prepare(kind: Kind, base: ProjectFiles): Prepared {
  const places: Required<Place>[] = [];
  const files: Record<string, string> = {};
  for (const [file, text] of Object.entries(kind.edits.reduce((all, edit) => edit(all), base))) {
    files[file] = text.replaceAll(mark, '');
    for (const [index, line] of text.split('\n').entries()) {
      if (line.includes(mark)) places.push({ file, line: index + 1 });
    }
  }
  return { files, places };
}
