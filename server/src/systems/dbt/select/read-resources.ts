import type { FactReader } from '../../../core/fact-index.ts';
import { pathFrom } from '../../../core/path.ts';
import type { Span } from '../../../core/span.ts';
import type { ParsedFile, Project } from '../../../core/system.ts';
import { get, itemsOf, stringOf, type Node } from '../../../core/tree.ts';
import { placeOfYaml, type DbtFileKind, type ResourcePlace } from '../claim.ts';
import type { TreeSection } from '../config-tree.ts';
import { dataTestsIn, givenTo, testsOf, type DataTest } from '../data-tests.ts';
import { configNode } from '../inline-config.ts';
import { layoutOf } from '../layout.ts';
import type { PlacedCall } from '../sql.ts';
import { configIn, configOf, isEnabled, ProjectConfig } from './configuration.ts';
import type { Resource, Resources, ResourceType } from './resource.ts';

/** What dbt can select of a project and of what is installed in it, of files that are parsed already. */
export function readResources(files: Iterable<ParsedFile>, scope: string, facts: FactReader): Resources {
  const own = [...files].filter(({ project }) => project.scope === scope);
  const reader = new ResourceReader(own, facts);
  return reader.read(scope);
}

const sectionOf: Readonly<Record<ResourceType, TreeSection>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  unit_test: 'unit_tests',
  source: 'sources',
  exposure: 'exposures',
  analysis: 'analyses',
};

const ofFiles: Partial<Readonly<Record<DbtFileKind, ResourceType>>> = {
  model: 'model',
  'python-model': 'model',
  seed: 'seed',
  test: 'test',
  analysis: 'analysis',
};

type Words = readonly (readonly [key: string, value: Node])[];

/** A resource before what is configured of it is known. */
type Draft = Omit<Resource, 'config' | 'package' | 'id'> & { readonly words: Words };

class ResourceReader {
  readonly #files: readonly ParsedFile[];
  readonly #facts: FactReader;
  readonly #doubts = new Set<string>();
  readonly #found = new Map<string, Resource>();
  readonly #trees: ReadonlyMap<string, Node | undefined>;
  readonly #configs = new Map<string, ProjectConfig>();
  /** What properties files say of nodes, by section and name. */
  readonly #described = new Map<string, { readonly entry: Node; readonly path: string }>();
  readonly #off = new Set<string>();

  constructor(files: readonly ParsedFile[], facts: FactReader) {
    this.#files = files;
    this.#facts = facts;
    this.#trees = new Map(
      files.filter(({ claim }) => claim.kind === 'project').map(({ project, tree }) => [project.root, tree]),
    );
  }

  read(scope: string): Resources {
    for (const hole of this.#facts.holes('dbt.node', scope)) this.#doubts.add(hole.reason);
    for (const file of this.#files) if (file.claim.kind === 'properties') this.#noteDescriptions(file);
    for (const file of this.#files) this.#readFile(file);
    const all = [...this.#found.values()].filter(
      // What tests something that is switched off is switched off with it.
      ({ type, parents }) => !type.endsWith('test') || !parents.some((parent) => this.#off.has(parent)),
    );
    return { all, doubts: [...this.#doubts] };
  }

  #noteDescriptions({ tree, source, problems, project }: ParsedFile): void {
    if (problems.length > 0) this.#doubts.add(`${pathFrom(project.root, source.path)} cannot be read`);
    for (const section of ['models', 'seeds', 'snapshots', 'analyses', 'data_tests'])
      for (const entry of itemsOf(get(tree, section))) {
        const name = stringOf(get(entry, 'name'))?.text;
        if (name === undefined) continue;
        this.#described.set(`${section} ${name}`, { entry, path: source.path });
        if (get(entry, 'versions')) this.#doubts.add(`\`${name}\` has versions`);
      }
  }

  #readFile(file: ParsedFile): void {
    const kind = file.claim.kind as DbtFileKind;
    const type = ofFiles[kind];
    if (type) this.#readNode(file, type);
    else if (kind === 'snapshot') this.#readSnapshots(file);
    else if (kind === 'properties' && file.tree) this.#readProperties(file, file.tree);
  }

  #readNode(file: ParsedFile, type: ResourceType): void {
    const { folders, name } = file.claim.data as ResourcePlace;
    this.#add(file, {
      type,
      name,
      fqn: [layoutOf(file.project).package, ...(type === 'analysis' ? ['analysis'] : []), ...folders, name],
      path: pathFrom(file.project.root, file.source.path),
      words: inlineWords(file, undefined),
      parents: this.#parentsOf(file, (use) => use.by === undefined),
    });
  }

  /** A SQL file may hold several; one in YAML reads a relation. */
  #readSnapshots(file: ParsedFile): void {
    const { folders, name: stem } = file.claim.data as ResourcePlace;
    for (const fact of file.facts) {
      if (fact.fact !== 'definition' || fact.namespace !== 'dbt.node') continue;
      const { name } = fact;
      this.#add(file, {
        type: 'snapshot',
        name,
        fqn: [layoutOf(file.project).package, ...folders, stem, name],
        path: pathFrom(file.project.root, file.source.path),
        words: inlineWords(file, name),
        parents: this.#parentsOf(file, ({ by }) => by?.name === name),
      });
    }
  }

  #readProperties(file: ParsedFile, tree: Node): void {
    const { project, source } = file;
    const path = pathFrom(project.root, source.path);
    const folders = placeOfYaml(path, layoutOf(project))?.folders ?? [];
    const own = [layoutOf(project).package, ...folders];
    for (const entry of itemsOf(get(tree, 'snapshots'))) {
      const name = stringOf(get(entry, 'name'))?.text;
      if (name === undefined || !get(entry, 'relation')) continue;
      const parents = this.#parentsOf(file, ({ by }) => by?.name === name);
      this.#add(file, { type: 'snapshot', name, fqn: [...own, name], path, words: [], parents });
    }
    for (const entry of itemsOf(get(tree, 'exposures'))) {
      const name = stringOf(get(entry, 'name'))?.text;
      if (name === undefined) continue;
      const parents = this.#parentsOf(file, ({ by }) => by?.name === name);
      this.#add(file, { type: 'exposure', name, fqn: [...own, name], path, words: configIn(entry), parents });
    }
    for (const entry of itemsOf(get(tree, 'unit_tests'))) {
      const name = stringOf(get(entry, 'name'))?.text;
      const model = stringOf(get(entry, 'model'))?.text;
      if (name === undefined || model === undefined) continue;
      const parents = this.#idsOf(['dbt.node'], model);
      this.#add(file, {
        type: 'unit_test',
        name,
        fqn: [...own, model, name],
        path,
        words: configIn(entry),
        parents,
      });
    }
    for (const source of itemsOf(get(tree, 'sources'))) this.#readSource(file, source, own);
    this.#readTests(file, tree, own);
  }

  #readSource(file: ParsedFile, source: Node, own: readonly string[]): void {
    const name = stringOf(get(source, 'name'))?.text;
    for (const table of itemsOf(get(source, 'tables'))) {
      const table_ = stringOf(get(table, 'name'))?.text;
      if (name === undefined || table_ === undefined) continue;
      this.#add(file, {
        type: 'source',
        name: `${name}.${table_}`,
        fqn: [...own, name, table_],
        path: pathFrom(file.project.root, file.source.path),
        words: [...configIn(source), ...configIn(table)],
        parents: [],
      });
    }
  }

  #readTests(file: ParsedFile, tree: Node, own: readonly string[]): void {
    const tests = dataTestsIn(tree, file.project);
    if (tests.length < testsWithin(tree)) this.#doubts.add('the names of some tests are not certain');
    for (const test of tests) {
      const { name, node, tested, column } = test;
      const namespace = tested.what === 'source' ? 'dbt.source-table' : 'dbt.node';
      const read = this.#parentsOf(file, ({ span }) => isWithin(span, node.span));
      const columnTags = configIn(column).filter(([key]) => key === 'tags');
      this.#add(file, {
        type: 'test',
        name,
        fqn: [...own, name],
        path: pathFrom(file.project.root, file.source.path),
        words: [...columnTags, ...configIn(givenTo(node))],
        parents: [...new Set([...this.#idsOf([namespace], tested.name), ...read])],
        testName: nameOf(test),
      });
    }
  }

  #add(file: ParsedFile, { words, ...draft }: Draft): void {
    const { type, name, fqn } = draft;
    const { project } = file;
    const section = sectionOf[type];
    const described = this.#described.get(`${section} ${name}`);
    const doubt = (reason: string): void => void this.#doubts.add(reason);
    const config = configOf(
      [...this.#configOf(project).of(section, fqn), ...configIn(described?.entry), ...words],
      doubt,
    );
    const own = layoutOf(project).package;
    const id = `${type}.${own}.${name}`;
    if (!isEnabled(config, doubt)) {
      this.#off.add(id);
      return;
    }
    const patch = described && { patch: pathFrom(project.root, described.path) };
    // Two tests of one name are two nodes, as dbt adds a hash to the name of each.
    const key = this.#found.has(id) ? `${id}#${this.#found.size}` : id;
    this.#found.set(key, { ...draft, id: key, package: own, config, ...patch });
  }

  /** A package has a say in its own things, and the project that installs it the last one. */
  #configOf({ root, scope }: Project): ProjectConfig {
    let config = this.#configs.get(root);
    if (!config) {
      config = new ProjectConfig([...new Set([root, scope])].map((each) => this.#trees.get(each)));
      this.#configs.set(root, config);
    }
    return config;
  }

  #parentsOf(file: ParsedFile, isMeant: (use: UseLike) => boolean): readonly string[] {
    const found = new Set<string>();
    for (const fact of file.facts) {
      if (fact.fact !== 'use' || fact.role === 'properties' || fact.role === 'relationship') continue;
      if (!fact.namespaces.some((each) => flowing.has(each))) {
        if (fact.namespaces[0] === 'dbt.macro' && this.#readsNodes(fact.name)) {
          this.#doubts.add(`the macro \`${fact.name}\` reads nodes of its own`);
        }
        continue;
      }
      if (!isMeant(fact)) continue;
      if (fact.role === 'branch') this.#doubts.add(`\`${fact.name}\` is read in a branch`);
      for (const id of this.#idsOf(fact.namespaces, fact.name)) found.add(id);
    }
    return [...found];
  }

  /** A macro that reads nodes makes its callers read them. */
  #readsNodes(macro: string): boolean {
    const { scope } = this.#files[0]!.project;
    return this.#facts
      .definitions({ namespace: 'dbt.macro', scope, name: macro })
      .some(({ path }) =>
        this.#facts
          .of(path)
          .some((fact) => fact.fact === 'use' && fact.namespaces.some((each) => flowing.has(each))),
      );
  }

  #idsOf(namespaces: readonly string[], name: string): readonly string[] {
    const { scope } = this.#files[0]!.project;
    for (const namespace of namespaces) {
      const [first] = this.#facts.definitions({ namespace, scope, name });
      if (!first) continue;
      const type = namespace === 'dbt.source-table' ? 'source' : first.what;
      return [`${type}.${first.group ?? ''}.${name}`];
    }
    return [];
  }
}

interface UseLike {
  readonly span: Span;
  readonly by?: { readonly name: string };
}

/** What data comes from. */
const flowing: ReadonlySet<string> = new Set(['dbt.node', 'dbt.node-version', 'dbt.source-table']);

function isWithin(span: Span, around: Span): boolean {
  return span.start >= around.start && span.end <= around.end;
}

/** `unique` of `dbt_utils.unique`, too. */
function nameOf({ kind }: DataTest): string {
  return kind.slice(kind.lastIndexOf('.') + 1);
}

/** What `config(…)` in the file says. */
function inlineWords({ model }: ParsedFile, snapshot: string | undefined): Words {
  const calls = (model as { readonly calls?: readonly PlacedCall[] } | undefined)?.calls ?? [];
  return calls
    .filter((call) => call.name.text === 'config' && (snapshot === undefined || call.snapshot === snapshot))
    .flatMap((call) => (configNode(call)?.pairs ?? []).map(({ key, value }) => [key.text, value] as const));
}

/** How many tests are written, whatever their names are. */
function testsWithin(tree: Node): number {
  const sources = itemsOf(get(tree, 'sources')).flatMap((source) => itemsOf(get(source, 'tables')));
  const nodes = ['models', 'seeds', 'snapshots'].flatMap((section) => itemsOf(get(tree, section)));
  return [...sources, ...nodes]
    .flatMap((entry) => [entry, ...itemsOf(get(entry, 'columns'))])
    .reduce((count, entry) => count + testsOf(entry).length, 0);
}
