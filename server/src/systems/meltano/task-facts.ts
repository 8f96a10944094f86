import type { NameKey, Use } from '../../core/facts.ts';
import { slotSpan } from '../../core/slot.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import { itemsOf, pairsOf, type Node } from '../../core/tree.ts';
import { isCustom, taskTexts, type Plugin } from './model.ts';
import { namespaces, taskNamespaces, type Role } from './names.ts';
import { openEnd, tokensOf } from './tokens.ts';

/** What is known around a task: the names of this very file. */
export interface TaskPlace {
  readonly source: SourceFile;
  readonly scope: string;
  readonly jobs: ReadonlySet<string>;
  /** In the order in which Meltano looks them up. */
  readonly plugins: ReadonlyMap<string, Plugin>;
}

export interface TaskFacts {
  readonly uses: readonly Use[];
  /** The blocks in the order of the run. */
  readonly blocks: readonly string[];
  /** How many of them each task has. */
  readonly counts: readonly number[];
}

/** The names that a job's tasks use, those about to be typed too. */
export function taskFacts(place: TaskPlace, tasks: Node | undefined): TaskFacts {
  if (tasks?.kind !== 'seq') return { uses: [], blocks: [], counts: [] };
  const { source } = place;
  const uses: Use[] = [];
  const blocks: string[] = [];
  const counts = itemsOf(tasks).map((item) => {
    const before = blocks.length;
    for (const text of taskTexts(item)) {
      if (text.value === null) uses.push(useOf(place, '', slotSpan(source, text), 'task'));
      if (typeof text.value !== 'string') continue;
      for (const token of tokensOf(source, text)) {
        uses.push(...blockUses(place, token.text, token.span));
        if (token.text !== '') blocks.push(token.text);
      }
      const open = openEnd(source, text);
      if (open) uses.push(useOf(place, '', open, 'task'));
    }
    return blocks.length - before;
  });
  return { uses: [...uses, ...itemsOf(tasks).flatMap((item) => commandToCome(place, item))], blocks, counts };
}

function blockUses(place: TaskPlace, text: string, span: Span): readonly Use[] {
  if (/[|>\s]/u.test(text)) return [];
  const [name = '', command, ...more] = text.split(':');
  if (command === undefined || more.length > 0) {
    const isJob = place.jobs.has(text) && !place.plugins.has(text);
    return [useOf(place, text, span, isJob ? 'task-names-job' : 'task')];
  }
  const named = taskNamespaces.filter((namespace) => namespace !== namespaces.command);
  const isWritten = span.end - span.start === text.length;
  const colon = span.start + name.length;
  const plugin = {
    ...useOf(place, name, isWritten ? { start: span.start, end: colon } : span, 'task'),
    namespaces: named,
  };
  if (!isWritten) return [plugin];
  return [plugin, commandUse(place, name, text, { start: colon + 1, end: span.end })];
}

function commandUse(
  { plugins, scope }: TaskPlace,
  plugin: string,
  name: string,
  span: Span,
): Use & { readonly role: Role } {
  const known = plugins.get(plugin);
  const within: NameKey | undefined = known && { namespace: known.type.namespace, scope, name: plugin };
  return {
    fact: 'use',
    namespaces: [namespaces.command],
    scope,
    name,
    prefix: `${plugin}:`,
    span,
    role: known && isCustom(known) && !singer.has(known.type.key) ? 'task-command' : 'unsure',
    ...(within ? { within } : {}),
  };
}

/** In a run Meltano ignores what is written behind the colon of these. */
const singer: ReadonlySet<string> = new Set(['extractors', 'loaders', 'mappers']);

/** `- dbt:` is a mapping for YAML, and for a person a command about to be typed. */
function commandToCome({ source, scope }: TaskPlace, item: Node): readonly Use[] {
  const [pair, ...more] = pairsOf(item);
  if (!pair || more.length > 0 || pair.value.kind !== 'scalar' || pair.value.value !== null) return [];
  const prefix = `${pair.key.text.split(' ').at(-1)}:`;
  const span = { start: pair.key.span.end + 1, end: slotSpan(source, pair.value).end };
  return [
    { fact: 'use', namespaces: [namespaces.command], scope, name: prefix, prefix, span, role: 'unsure' },
  ];
}

function useOf({ scope }: TaskPlace, name: string, span: Span, role: Role): Use {
  return { fact: 'use', namespaces: taskNamespaces, scope, name, span, role };
}
