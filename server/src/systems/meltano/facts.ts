import { givenVariables } from '../../core/environment.ts';
import type { Fact, Hole, NameKey } from '../../core/facts.ts';
import { ItemFacts } from '../../core/item-facts.ts';
import { slotSpan } from '../../core/slot.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import { get, pairsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { duckdbFileKind } from '../../core/shared-names.ts';
import { toolFact, worded } from '../../core/vocabulary.ts';
import { catalogPaths, catalogUses } from './catalog/known-catalog.ts';
import { checkFacts } from './checks.ts';
import { projectPlace } from './command-words.ts';
import { readCron } from './cron-times.ts';
import { inWords } from './cron-words.ts';
import { configOf, duckdbFile, writesDuckdb } from './duckdb-files.ts';
import { scalarAt, slotAt, type Job, type Plugin, type ProjectModel, type Schedule } from './model.ts';
import { nameKinds, namespaces, type Role } from './names.ts';
import { databaseFacts } from './database-facts.ts';
import { loadFacts } from './load-facts.ts';
import { around, isAroundSame, type Around, type Rests } from './facts-around.ts';
import { outsideFacts } from './outside-facts.ts';
import { pluginType, type PluginType } from './plugin-types.ts';
import { asksForSettings, digestOf, knownSettings, meaningOf } from './settings/known-settings.ts';
import { ownerOf, settingData, settingFacts } from './settings/read-settings.ts';
import { globToRegExp } from '../../core/glob.ts';
import type { MeltanoLayout } from './layout.ts';
import { lockUse } from './lock-facts.ts';
import { commandStep, jobStep, pluginStep, projectSteps } from './step-names.ts';
import { taskFacts, type TaskPlace } from './task-facts.ts';
import { variableFacts } from './variable-facts.ts';

/** What the files of a project say about names. */
export function projectFacts(source: SourceFile, project: Project, model: ProjectModel): readonly Fact[] {
  return new ProjectFacts(source, project, model).read();
}

/** While a file cannot be read whole, names that it may define stay unknown. */
export function unreadable(project: Project, file: string): readonly Hole[] {
  const reason = `${file} cannot be read, so names it may define are not checked; mend its YAML`;
  const names = nameKinds.map(({ namespace }): Hole => ({
    fact: 'hole',
    namespace,
    scope: project.scope,
    reason,
  }));
  const shared = ['step', 'warehouse.load'].map((namespace): Hole => ({
    fact: 'hole',
    namespace,
    scope: '',
    reason,
  }));
  const files: Hole = { fact: 'hole', namespace: duckdbFileKind.namespace, scope: project.root, reason };
  return [...names, ...shared, files];
}

class ProjectFacts {
  readonly #source: SourceFile;
  readonly #project: Project;
  readonly #model: ProjectModel;
  readonly #items: ItemFacts<Around>;
  readonly #place: TaskPlace;
  /** What was told, in order: `#facts` comes behind `#parts`. */
  readonly #parts: (readonly Fact[])[] = [];
  #facts: Fact[] = [];
  /** Intervals in words: many schedules share one. */
  readonly #intervals = new Map<string, string | undefined>();

  constructor(source: SourceFile, project: Project, model: ProjectModel) {
    this.#source = source;
    this.#project = project;
    this.#model = model;
    const { kind, plugins: all, jobs: own, hasAliases } = model;
    this.#items = ItemFacts.of<Rests, Around>(source, project, {
      rests: hasAliases ? undefined : { kind, plugins: all, jobs: own },
      isSame: isAroundSame,
      make: () => around(model),
    });
    const { jobs, plugins } = this.#items.around;
    this.#place = { source, scope: project.scope, jobs, plugins };
  }

  read(): readonly Fact[] {
    const { plugins, jobs, schedules, environments, defaultEnvironment, kind } = this.#model;
    const { scope, root } = this.#project;
    if (kind === 'project')
      this.#facts.push(
        toolFact('meltano', 'meltano', this.#project),
        projectPlace(this.#project),
        ...checkFacts(this.#project, this.#model.tree),
      );
    if (kind === 'project') {
      for (const [name, about] of projectSteps) this.#step(name, { start: 0, end: 0 }, about);
    }
    const said = this.#items.around.meanings.of(
      this.#list('plugins', plugins, (plugin) => this.#plugin(plugin)),
      meaningOf,
    );
    for (const plugin of plugins)
      if (writesDuckdb(plugin, plugins)) this.#duckdb(plugin.name.text, '', plugin.node);
    this.#facts.push(...databaseFacts(this.#model, this.#project));
    this.#facts.push(...loadFacts(this.#model, this.#project, this.#items.around.catalogs));
    this.#list('jobs', jobs, (job) => this.#job(job));
    this.#list('schedules', schedules, (schedule) => this.#schedule(schedule));
    for (const environment of environments) {
      if (environment.name) this.#define(namespaces.environment, environment.name, 'environment');
      for (const plugin of environment.plugins) {
        const { type, name, node } = plugin;
        this.#use([type.namespace], name, 'environment-plugin');
        if (type.key === 'loaders' && this.#isDuckdb(name.text))
          this.#duckdb(name.text, environment.name?.text ?? '', node);
        this.#facts.push(...outsideFacts(plugin, this.#project));
        if (type.key === 'extractors') this.#facts.push(...catalogUses(catalogPaths(root, name.text, node)));
      }
    }
    const isVariable = defaultEnvironment?.text.includes('$') ?? false;
    this.#use([namespaces.environment], defaultEnvironment, isVariable ? 'unsure' : 'default-environment');
    this.#selected();
    for (const pattern of this.#model.includes) {
      if (globToRegExp(pattern.text)) this.#use([namespaces.include], pattern, 'include');
    }
    // Aliases bring a value to several items, and its variables are told of once.
    this.#variables(this.#model.hasAliases ? {} : { plugins: [], schedules: [] });
    this.#facts.push(...this.#items.around.readings);
    if (this.#model.kind === 'project') this.#facts.push(givenVariables('MELTANO_*'));
    if (plugins.length > 0) {
      const meaning = this.#items.around.meaning.of(said, digestOf);
      this.#facts.push(knownSettings(meaning, scope));
    }
    if (plugins.length > 0 || environments.length > 0) this.#facts.push(...asksForSettings(scope));
    return ([] as Fact[]).concat(...this.#parts, this.#facts);
  }

  /** The facts of the items of a list, of which those that are the same are told again without being read. */
  #list<Item extends { readonly node: Node }>(
    list: string,
    items: readonly Item[],
    read: (item: Item) => void,
  ): readonly (readonly Fact[])[] {
    this.#parts.push(this.#facts);
    const { all, each } = this.#items.of(list, items, (item) => {
      this.#facts = [];
      read(item);
      return this.#facts;
    });
    this.#parts.push(all);
    this.#facts = [];
    return each;
  }

  #variables(part: Partial<ProjectModel>): void {
    const { isStrict } = this.#project.data as MeltanoLayout;
    const { prefixes } = this.#items.around;
    this.#facts.push(...variableFacts(this.#source, { ...this.#model, ...part }, { isStrict, prefixes }));
  }

  /** The variables of an item, where no other one can hold the same values. */
  #ownVariables(part: Pick<ProjectModel, 'plugins' | 'schedules'>): void {
    if (!this.#model.hasAliases) this.#variables({ environments: [], tree: undefined, ...part });
  }

  #schedule(schedule: Schedule): void {
    if (schedule.name) this.#define(namespaces.schedule, schedule.name, 'schedule', dataOf(schedule));
    const by = schedule.name && this.#key(namespaces.schedule, schedule.name);
    this.#use([namespaces.job], schedule.job, 'schedule-job', { by, about: this.#aboutSchedule(schedule) });
    this.#use([typeOf('extractors').namespace], schedule.extractor, 'schedule-plugin', { by });
    this.#use([typeOf('loaders').namespace], schedule.loader, 'schedule-plugin', { by });
    this.#ownVariables({ plugins: [], schedules: [schedule] });
  }

  /** What a job's hover tells of a schedule: its name, and when it runs where that can be said. */
  #aboutSchedule({ name, interval }: Schedule): string | undefined {
    if (!name) return undefined;
    const words = interval && this.#wordsFor(interval.text);
    return `scheduled by \`${name.text.replaceAll('`', '')}\`${words === undefined ? '' : `: ${words}`}`;
  }

  #wordsFor(interval: string): string | undefined {
    if (!this.#intervals.has(interval)) {
      const cron = readCron(interval);
      this.#intervals.set(interval, cron && inWords(cron));
    }
    return this.#intervals.get(interval);
  }

  /** What `.env` selects is told where `meltano.yml` says which environments there are. */
  #selected(): void {
    const { selected } = this.#project.data as MeltanoLayout;
    if (this.#model.kind !== 'project' || selected === undefined || selected.toLowerCase() === 'null') return;
    const { environmentsKey, defaultEnvironment } = this.#model;
    this.#facts.push({
      fact: 'use',
      namespaces: [namespaces.environment],
      scope: this.#project.scope,
      name: selected,
      span: (environmentsKey ?? defaultEnvironment)?.span ?? { start: 0, end: 0 },
      role: 'selected-environment' satisfies Role,
    });
  }

  #plugin(plugin: Plugin): void {
    const { type, name, node } = plugin;
    const data: Record<string, string> = { type: type.key };
    for (const key of ['namespace', 'variant', 'executable', 'pip_url', 'inherit_from']) {
      const value = scalarAt(node, key)?.text;
      if (value !== undefined) data[key] = withoutUser(value);
    }
    Object.assign(data, settingData(node));
    this.#facts.push(...settingFacts(node, ownerOf(type.key, name.text), this.#project.scope));
    this.#define(type.namespace, name, type.what, data, aboutPlugin(plugin));
    if (plugin.inheritFrom) this.#parent(plugin, plugin.inheritFrom);
    const lock = lockUse(plugin, this.#model.plugins, this.#project);
    if (lock) this.#facts.push(lock);
    for (const mapping of plugin.mappings)
      this.#define(namespaces.mapping, mapping, 'mapping', { mapper: name.text });
    for (const { type: required, name: needed } of plugin.requires)
      this.#use([required.namespace], needed, 'unsure');
    if (type.key === 'extractors') this.#step(pluginStep(name.text), name.span, 'test of an extractor');
    for (const { key } of plugin.commands) this.#command(name.text, key);
    this.#facts.push(...outsideFacts(plugin, this.#project));
    if (type.key === 'extractors')
      this.#facts.push(...catalogUses(catalogPaths(this.#project.root, name.text, node)));
    this.#ownVariables({ plugins: [plugin], schedules: [] });
  }

  /** With a variant Meltano goes to the lock file alone, so a project's own plugin does not count then. */
  #parent(plugin: Plugin, parent: ScalarNode): void {
    const { namespace, locks } = plugin.type;
    const role = scalarAt(plugin.node, 'variant') ? 'unsure' : 'parent';
    const { scope } = this.#project;
    const by = { namespace, scope, name: plugin.name.text };
    this.#use([namespace, locks], parent, role, { by });
  }

  #command(plugin: string, key: ScalarNode): void {
    const name = `${plugin}:${key.text}`;
    const { scope } = this.#project;
    const head = { fact: 'definition', scope, span: key.span, what: 'command' } as const;
    this.#facts.push({
      ...head,
      namespace: namespaces.command,
      name,
      prefix: `${plugin}:`,
      exclusive: false,
    });
    this.#step(commandStep(plugin, key.text), key.span, 'command of a plugin');
  }

  #job({ name, tasks }: Job): void {
    const { uses, blocks, counts } = taskFacts(this.#place, tasks);
    const by = name && this.#key(namespaces.job, name);
    this.#facts.push(...(by ? uses.map((use) => ({ ...use, by })) : uses));
    if (!name) return;
    const list = blocks.join(' ');
    const about = list ? `runs \`${list.replaceAll('`', '')}\`` : undefined;
    this.#define(namespaces.job, name, 'job', { blocks: list, tasks: counts.join(' ') }, about);
    this.#step(jobStep(name.text), name.span, 'job');
  }

  /** True for a loader of this name that writes into DuckDB; one of another file is told by its name. */
  #isDuckdb(name: string): boolean {
    const plugin = this.#model.plugins.find((each) => each.type.key === 'loaders' && each.name.text === name);
    return plugin ? writesDuckdb(plugin, this.#model.plugins) : /duckdb/u.test(name);
  }

  /** A file that a loader writes; tools that read or write the same one meet under its path. */
  #duckdb(loader: string, environment: string, node: Parameters<typeof configOf>[0]): void {
    const file = duckdbFile(configOf(node), this.#project.root);
    if (!file) return;
    const opener = `the loader \`${loader.replaceAll('`', '')}\``;
    this.#facts.push(
      worded(
        'duckdb.file',
        { name: file.path, span: file.node.span, what: 'DuckDB file', about: `written by ${opener}` },
        {
          project: this.#project.root,
          system: 'meltano',
          path: file.written,
          access: 'load',
          opener,
          base: 'the Meltano project',
          environment,
          loader,
        },
      ),
    );
  }

  #define(
    namespace: string,
    name: ScalarNode,
    what: string,
    data: Readonly<Record<string, string>> = {},
    about?: string,
  ): void {
    this.#facts.push({
      fact: 'definition',
      namespace,
      scope: this.#project.scope,
      name: name.text,
      span: name.span,
      what,
      data: { ...data, file: this.#model.kind },
      ...(about ? { about } : {}),
    });
  }

  #step(name: string, span: Span, about: string): void {
    const head = { fact: 'definition', namespace: 'step', scope: '', name, span, what: 'step' } as const;
    this.#facts.push({ ...head, about, exclusive: false, implicit: true });
  }

  #key(namespace: string, name: ScalarNode): NameKey {
    return { namespace, scope: this.#project.scope, name: name.text };
  }

  #use(
    namespaces: readonly string[],
    slot: ScalarNode | undefined,
    role: Role,
    { by, about }: { readonly by?: NameKey | undefined; readonly about?: string | undefined } = {},
  ): void {
    if (!slot) return;
    const name = slot.value === null ? '' : slot.text;
    const span = slotSpan(this.#source, slot);
    const head = { fact: 'use', namespaces, scope: this.#project.scope } as const;
    this.#facts.push({ ...head, name, span, role, ...(by ? { by } : {}), ...(about ? { about } : {}) });
  }
}

/** An address may carry a token before its `@`. */
function withoutUser(address: string): string {
  return address.replace(/:\/\/[^/@\s]+@/gu, '://');
}

function aboutPlugin({ node, type }: Plugin): string | undefined {
  const description = scalarAt(node, 'description')?.text;
  const pip = scalarAt(node, 'pip_url')?.text;
  const lines = [
    description,
    pip && `\`${withoutUser(pip).replaceAll('`', '')}\``,
    slotAt(node, 'inherit_from')?.text &&
      `inherits from the ${type.what} \`${slotAt(node, 'inherit_from')!.text}\``,
  ];
  return lines.filter((line) => line).join('\n\n') || undefined;
}

/** When a schedule runs what; of two plugins as a job tells its blocks. */
function dataOf({ interval, job, extractor, loader, node }: Schedule): Readonly<Record<string, string>> {
  return {
    ...(interval ? { interval: interval.text } : {}),
    ...(job ? { job: job.text } : {}),
    ...(extractor && loader ? { blocks: `${extractor.text} ${loader.text}` } : {}),
    // Its variables may select another environment.
    ...(pairsOf(get(node, 'env')).length > 0 ? { env: 'yes' } : {}),
  };
}

function typeOf(key: string): PluginType {
  return pluginType(key)!;
}
