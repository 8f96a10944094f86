import type { CommandLine, CommandWord } from '../../core/command-line.ts';
import type { NameKey } from '../../core/facts.ts';
import { baseName, resolvePath } from '../../core/path.ts';
import { referencesIn } from '../../core/references.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Project } from '../../core/system.ts';
import { get, itemsOf, type Node, type Pair } from '../../core/tree.ts';
import type { PenstockModel } from './model.ts';
import { pipelineNamespace } from './names.ts';
import { splitCommand } from './split-command.ts';

/** The commands of pipelines and checks. Which names are in one is for the tool to say that it calls. */
export function commandLinesOf(
  { pipelines, checks }: PenstockModel,
  source: SourceFile,
  project: Project,
): readonly CommandLine[] {
  return [
    ...pipelines.flatMap(({ name, env, entries }) => {
      const by = { namespace: pipelineNamespace, scope: project.scope, name };
      return entries.flatMap((entry) =>
        lineOf({ source, project }, entry.run, { cwd: entry.cwd, env: [...env, ...entry.env], by }),
      );
    }),
    ...checks.flatMap(({ kinds }) =>
      kinds.flatMap(({ key, value }) => {
        if (key.text !== 'run') return [];
        const run = value.kind === 'map' ? get(value, 'command') : value;
        return lineOf({ source, project }, run, { cwd: get(value, 'cwd'), env: [] });
      }),
    ),
  ];
}

interface Place {
  readonly cwd: Node | undefined;
  readonly env: readonly Pair[];
  readonly by?: NameKey;
}

function lineOf(
  { source, project }: { readonly source: SourceFile; readonly project: Project },
  run: Node | undefined,
  { cwd, env, by }: Place,
): readonly CommandLine[] {
  const { words, isWhole } = wordsOf(run, source);
  const at = programAt(words);
  const program = words[at] && baseName(words[at].text);
  if (program === undefined || program === '') return [];
  const folder = isWhole ? folderOf(cwd, project) : undefined;
  return [
    {
      program,
      words: words.slice(at + 1),
      ...(folder === undefined ? {} : { cwd: folder, folder }),
      variables: env.map(({ key }) => key.text),
      ...(by ? { by } : {}),
    },
  ];
}

function folderOf(cwd: Node | undefined, { root }: Project): string | undefined {
  if (!cwd) return root;
  if (cwd.kind !== 'scalar' || referencesIn(cwd.text).length > 0) return undefined;
  return resolvePath(root, cwd.text);
}

/** Behind what only makes an environment: `uv run dbt build`. */
function programAt(words: readonly CommandWord[]): number {
  const [first, second] = words;
  return /^(?:uv|poetry|pdm|pipenv|hatch|rye)$/.test(first?.text ?? '') && second?.text === 'run' ? 2 : 0;
}

interface Words {
  readonly words: readonly CommandWord[];
  /** False for what is no single command: then it is told elsewhere, and of its names nothing is said. */
  readonly isWhole: boolean;
}

/** None where the text is not written as it is read. */
function wordsOf(run: Node | undefined, source: SourceFile): Words {
  if (run?.kind === 'seq') {
    const scalars = itemsOf(run).filter((item) => item.kind === 'scalar');
    return { words: scalars.map(({ text, span }) => ({ text, span })), isWhole: true };
  }
  if (run?.kind !== 'scalar' || source.slice(run.span) !== run.text) return { words: [], isWhole: false };
  const { words, spans, shellSigns, openQuote } = splitCommand(run.text);
  const placed = words.map((text, index): CommandWord => {
    const span = spans[index]!;
    // The quotes around a whole word are no part of it.
    const around = span.end - span.start === text.length + 2 ? 1 : 0;
    return {
      text,
      span: { start: run.span.start + span.start + around, end: run.span.start + span.end - around },
    };
  });
  return { words: placed, isWhole: shellSigns.length === 0 && openQuote === undefined };
}
