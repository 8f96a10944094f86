import type { Caller, CommandLine, CommandWord } from '../../core/command-line.ts';
import { resolvePath } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Project } from '../../core/system.ts';
import { get, itemsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { configOf, parentOf } from './duckdb-files.ts';
import { isCustom, scalarAt, type Plugin, type ProjectModel } from './model.ts';
import { folderIn, mayTransform, transformProgram } from './outside-facts.ts';
import { shellWords } from './shell-words.ts';

/** What the commands of plugins call dbt with. Which names are in it is dbt's to say. */
export function commandLinesOf(
  model: ProjectModel,
  source: SourceFile,
  project: Project,
): readonly CommandLine[] {
  return model.plugins.filter(mayTransform).flatMap((plugin) => linesOf(plugin, { model, source, project }));
}

/** The plugins that can be called with words of dbt's, where it is known which project they work on. */
export function callersOf(model: ProjectModel, project: Project): readonly Caller[] {
  return model.plugins.filter(mayTransform).flatMap((plugin) => {
    const program = transformProgram(plugin);
    const folder = program === undefined ? undefined : placeOf(plugin, model, project);
    const isItself = runs(scalarAt(plugin.node, 'executable'), program ?? '');
    if (program === undefined || folder === undefined || !isItself) return [];
    return [{ project: project.root, name: plugin.name.text, program, folder }];
  });
}

interface Around {
  readonly model: ProjectModel;
  readonly source: SourceFile;
  readonly project: Project;
}

function linesOf(plugin: Plugin, { model, source, project }: Around): readonly CommandLine[] {
  const program = transformProgram(plugin);
  if (program === undefined || plugin.commands.length === 0) return [];
  const folder = placeOf(plugin, model, project);
  return plugin.commands.flatMap(({ value }): readonly CommandLine[] => {
    const args = value.kind === 'map' ? scalarAt(value, 'args') : value;
    const executable = scalarAt(value, 'executable') ?? scalarAt(plugin.node, 'executable');
    if (args?.kind !== 'scalar' || !runs(executable, program)) return [];
    const words = wordsOf(args, source);
    return words.length === 0 ? [] : [{ program, words, ...(folder === undefined ? {} : { folder }) }];
  });
}

/** The tool itself, or what hands it all arguments on. */
function runs(executable: ScalarNode | undefined, program: string): boolean {
  return !executable || executable.text === program || executable.text === `${program}_invoker`;
}

/** None where the text is not written as it is read. */
function wordsOf(args: ScalarNode, source: SourceFile): readonly CommandWord[] {
  if (source.slice(args.span) !== args.text) return [];
  return (shellWords(args.text) ?? []).map(({ text, span }) => {
    const start = args.span.start + span.start;
    // The quotes around a whole word are no part of it.
    const around = span.end - span.start === text.length + 2 ? 1 : 0;
    return { text, span: { start: start + around, end: args.span.start + span.end - around } };
  });
}

/** The folder that the tool runs in; undefined where a variable, an environment or a lock file decides. */
function placeOf(
  plugin: Plugin,
  model: ProjectModel,
  { root }: Pick<Project, 'root'>,
  heirs: readonly Plugin[] = [],
): string | undefined {
  const isOfLock = plugin.inheritFrom !== undefined && get(plugin.node, 'variant') !== undefined;
  if (isOfLock || isPlaced(plugin) || heirs.includes(plugin)) return undefined;
  const { environments } = model;
  const isOverridden = environments.some(({ plugins }) =>
    plugins.some(({ name, node }) => name.text === plugin.name.text && get(configOf(node), 'project_dir')),
  );
  const written = get(configOf(plugin.node), 'project_dir') ?? defaultOf(plugin);
  if (isOverridden || (written && written.kind !== 'scalar')) return undefined;
  if (!written && plugin.inheritFrom) {
    const parent = parentOf(plugin, model.plugins);
    const isSame = parent && runs(scalarAt(parent.node, 'executable'), transformProgram(parent) ?? '');
    return isSame ? placeOf(parent, model, { root }, [...heirs, plugin]) : undefined;
  }
  // Of a plugin from the hub it is the folder that Meltano itself makes for it.
  const folder = written ? folderIn(written) : isCustom(plugin) ? '.' : 'transform';
  return folder === undefined ? undefined : resolvePath(root, folder);
}

/** Whether variables that a plugin sets for what it runs may say where that works. */
function isPlaced({ node }: Plugin): boolean {
  const env = get(node, 'env');
  if (env?.kind === 'map')
    return env.pairs.some(({ key }) => /PROJECT_DIR$|^MELTANO_PROJECT_ROOT$|^<<$/u.test(key.text));
  return env !== undefined && !(env.kind === 'scalar' && env.value === null);
}

function defaultOf({ node }: Plugin): Node | undefined {
  const setting = itemsOf(get(node, 'settings')).find(
    (each) => scalarAt(each, 'name')?.text === 'project_dir',
  );
  return get(setting, 'value');
}
