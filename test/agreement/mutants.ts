import type { ProjectFiles } from './base.ts';

/** One file of a valid project, changed as hands and merges change files. */
export interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly files: ProjectFiles;
}

/** The same numbers for the same seed, on every machine. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Mutate = (text: string, random: (below: number) => number) => string;

const mutations: Readonly<Record<string, Mutate>> = {
  'a line deleted': onLines((lines, at) => lines.toSpliced(at, 1)),
  'a line doubled': onLines((lines, at) => lines.toSpliced(at, 0, lines[at]!)),
  'two lines exchanged': onLines((lines, at) => lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at]!)),
  'a line moved to the right': onLines((lines, at) => lines.with(at, `  ${lines[at]!}`)),
  'a line moved to the left': onLines((lines, at) => lines.with(at, lines[at]!.replace(/^ {1,2}/, ''))),
  'a line made empty': onLines((lines, at) => lines.with(at, '')),
  'the end cut off': (text, random) => text.slice(0, random(text.length + 1)),
  'a character removed': (text, random) => {
    const at = random(text.length);
    return text.slice(0, at) + text.slice(at + 1);
  },
  'a mark of the language put in': (text, random) => {
    const marks = [
      '{',
      '}',
      '{{',
      '}}',
      '{%',
      '%}',
      '"',
      "'",
      ':',
      '- ',
      '#',
      '(',
      ')',
      '[',
      ']',
      ',',
      '\t',
      '|',
    ];
    const at = random(text.length + 1);
    return text.slice(0, at) + marks[random(marks.length)]! + text.slice(at);
  },
};

function onLines(change: (lines: readonly string[], at: number) => readonly string[]): Mutate {
  return (text, random) => {
    const lines = text.split('\n');
    return change(lines, random(lines.length)).join('\n');
  };
}

/** `count` mutants of a project's own files, the mutations in turn, the files and places by the seed. */
export function mutantsOf(
  project: ProjectFiles,
  { count, seed }: { count: number; seed: number },
): readonly Mutant[] {
  const random = createRandom(seed);
  const own = Object.keys(project).filter(
    (path) => !/^(dbt_packages|packages)\//.test(path) && !path.endsWith('.csv'),
  );
  const names = Object.keys(mutations);
  return Array.from({ length: count }, (_, index) => {
    const name = names[index % names.length]!;
    const file = own[random(own.length)]!;
    const text = mutations[name]!(project[file]!, random);
    return { id: `${index + 1}: ${name} in ${file}`, file, files: { ...project, [file]: text } };
  });
}
