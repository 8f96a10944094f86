import { variableRead } from '../../core/environment.ts';
import type { Definition, Fact } from '../../core/facts.ts';
import { MadeItems, MadeOfTexts } from '../../core/made-items.ts';
import { get, type Node } from '../../core/tree.ts';
import { Catalogs } from './load-facts.ts';
import { isCustom, type Plugin, type ProjectModel } from './model.ts';
import { variablePrefixes } from './variable-facts.ts';

/** What the facts of an item tell of other items. */
export interface Around {
  readonly jobs: ReadonlySet<string>;
  readonly plugins: ReadonlyMap<string, Plugin>;
  readonly prefixes: ReadonlySet<string>;
  /** The variables that Meltano sets, as readings of those that begin so. */
  readonly readings: readonly Definition[];
  /** What the facts of plugins mean to who asks for settings. */
  readonly meanings: MadeItems<readonly Fact[], string>;
  /** Of all plugins together. */
  readonly meaning: MadeOfTexts<string>;
  readonly catalogs: Catalogs;
}

/** All that `around` is made of. */
export type Rests = Pick<ProjectModel, 'kind' | 'plugins' | 'jobs'>;

/** What a file's items tell of each other. */
export function around(model: ProjectModel): Around {
  const plugins = new Map<string, Plugin>();
  for (const plugin of model.plugins)
    if (!plugins.has(plugin.name.text)) plugins.set(plugin.name.text, plugin);
  const prefixes = variablePrefixes(model);
  return {
    jobs: new Set(model.jobs.flatMap((job) => job.name?.text ?? [])),
    plugins,
    prefixes,
    readings: [...prefixes].map((prefix) => variableRead(`${prefix}*`)),
    meanings: new MadeItems(),
    meaning: new MadeOfTexts(),
    catalogs: new Catalogs(),
  };
}

/** True where `around` tells the same of the items: kinds and names of plugins, what variables of theirs begin with, names of jobs. */
export function isAroundSame(before: Rests, now: Rests): boolean {
  return (
    before.kind === now.kind &&
    areAlike(before.plugins, now.plugins, isPluginAlike) &&
    areAlike(before.jobs, now.jobs, (a, b) => a.name?.text === b.name?.text)
  );
}

function isPluginAlike(a: Plugin, b: Plugin): boolean {
  const [one, other] = [get(a.node, 'namespace'), get(b.node, 'namespace')];
  const textOf = (node: Node | undefined): string => (node?.kind === 'scalar' ? node.text : '');
  return (
    a.type === b.type &&
    a.name.text === b.name.text &&
    isCustom(a) === isCustom(b) &&
    one?.kind === other?.kind &&
    textOf(one) === textOf(other)
  );
}

function areAlike<T>(before: readonly T[], now: readonly T[], isAlike: (a: T, b: T) => boolean): boolean {
  if (before.length !== now.length) return false;
  return before.every((each, at) => each === now[at] || isAlike(each, now[at]!));
}
