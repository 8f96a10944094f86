import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Flow, Located, NameKey } from '../../core/facts.ts';
import { duckdbFileKind } from '../../core/shared-names.ts';
import type { Project } from '../../core/system.ts';
import { namespaces } from './names.ts';
import { pluginType } from './plugin-types.ts';
import { pluginIn } from './task-blocks.ts';

const extractors = pluginType('extractors')!.namespace;
const mappers = pluginType('mappers')!.namespace;
const loaders = pluginType('loaders')!.namespace;

/** Records flow from an extractor over mappers to the loader that stands behind it, and from a loader into its files. */
export function meltanoFlows(project: Project, facts: FactReader): readonly Flow[] {
  return new Flows(project, facts).all();
}

class Flows {
  readonly #project: Project;
  readonly #facts: FactReader;
  readonly #files: readonly Located<Definition>[];

  constructor(project: Project, facts: FactReader) {
    this.#project = project;
    this.#facts = facts;
    this.#files = [...facts.all(duckdbFileKind.namespace)].filter(
      ({ data }) => data?.['project'] === project.root && data['loader'] !== undefined,
    );
  }

  all(): readonly Flow[] {
    return [
      ...this.#of(namespaces.job).flatMap((job) => this.#between(job)),
      ...this.#of(namespaces.schedule).flatMap((schedule) => this.#between(schedule)),
      ...this.#of(loaders).flatMap((from) => this.#filesOf(from.name).map((to) => ({ from, to }))),
    ];
  }

  #of(namespace: string): readonly Located<Definition>[] {
    return [...this.#facts.all(namespace, this.#project.scope)];
  }

  /** What runs behind an extractor takes its records, until a loader has them. */
  #between(job: Definition): readonly Flow[] {
    const { data } = job;
    const found: Flow[] = [];
    let from: NameKey | undefined;
    for (const block of (data?.['blocks'] ?? '').split(' ')) {
      const name = pluginIn(block);
      const extractor = this.#plugin(extractors, name);
      const mapper = extractor ? undefined : this.#mapper(name);
      const to = extractor ?? mapper ?? this.#plugin(loaders, name);
      // A job names a mapping, so its use does not tell of the mapper.
      if (mapper) found.push({ from: job, to: mapper, flow: 'work' });
      if (from && to && !extractor) found.push({ from, to });
      from = to?.namespace === loaders ? undefined : to;
    }
    return found;
  }

  #plugin(namespace: string, name: string): NameKey | undefined {
    const key = { namespace, scope: this.#project.scope, name };
    return this.#facts.isDefined(key) ? key : undefined;
  }

  /** A task names a mapper's mapping. */
  #mapper(mapping: string): NameKey | undefined {
    const key = { namespace: namespaces.mapping, scope: this.#project.scope, name: mapping };
    const mapper = this.#facts.definitions(key)[0]?.data?.['mapper'];
    return mapper === undefined ? undefined : this.#plugin(mappers, mapper);
  }

  /** The files that a loader's configuration names in any environment, else those of the one it inherits from. */
  #filesOf(loader: string, seen: ReadonlySet<string> = new Set()): readonly Definition[] {
    const own = this.#files.filter(({ data }) => data?.['loader'] === loader);
    if (own.length > 0 || seen.has(loader)) return own;
    const key = { namespace: loaders, scope: this.#project.scope, name: loader };
    const parent = this.#facts.definitions(key)[0]?.data?.['inherit_from'];
    return parent === undefined ? [] : this.#filesOf(parent, new Set([...seen, loader]));
  }
}
