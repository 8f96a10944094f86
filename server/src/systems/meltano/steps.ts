import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { CancelStage, Command, Step } from '../../core/step.ts';
import type { Project, StepVariants } from '../../core/system.ts';
import { lockNames } from '../../core/where.ts';
import { commandDialect, listOf, type CommandDialect } from './command-dialect.ts';
import { namespaces } from './names.ts';
import { pluginType, pluginTypes } from './plugin-types.ts';
import {
  catalogStep,
  commandStep,
  configStep,
  installStep,
  jobStep,
  listedStep,
  loadOf,
  loadStep,
  lockStep,
  pluginStep,
  stateClearStep,
  stateGetStep,
  stateStep,
} from './step-names.ts';

export const installTool = 'uv tool install meltano';

/** Meltano ends its taps and targets on an interrupt and keeps the state of what was loaded. */
const cancel: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 0 },
];

/**
 * What can be run in a project: its jobs, its extractors and its plugins' commands, and what concerns it as a whole.
 * In an environment that is named, else in the one in force.
 */
export function stepsOf(project: Project, facts: FactReader, environment?: string): readonly Step[] {
  return new Steps(project, facts, environment).all();
}

/** Loads, streams and configuration of an extractor, from the step that tests it. */
export const meltanoStepVariants: StepVariants = {
  listed: listedStep,
  names: (listed) => {
    const plugin = extractorIn(listed);
    return plugin === undefined ? [] : [loadOf(plugin), catalogStep(plugin), configStep(plugin)];
  },
  steps: (step) => {
    const plugin = extractorIn(step.id);
    return plugin === undefined || step.work.kind !== 'command' ? [] : variantsOf(step, step.work, plugin);
  },
};

function extractorIn(step: string): string | undefined {
  return /^meltano:plugin\/([^:]+)$/u.exec(step)?.[1];
}

function variantsOf(step: Step, work: Command, plugin: string): readonly Step[] {
  const at = work.args.indexOf('config');
  const shared = work.args.slice(0, at);
  const test = work.args.slice(at);
  const asInstalled = test.filter((word) => word === '--no-install');
  const variant = (id: string, more: Partial<Step>, args: readonly string[]): Step => ({
    ...step,
    id,
    work: { ...work, args: [...shared, ...args] },
    ...more,
  });
  return [
    variant(
      loadOf(plugin),
      { title: `Load from ${plugin}`, detail: 'meltano run, into a loader', verb: 'Load…', asksFirst: true },
      ['run', ...asInstalled, plugin],
    ),
    variant(
      catalogStep(plugin),
      { title: `Find the streams of ${plugin}`, detail: 'meltano select --list --all', verb: 'Streams' },
      ['select', ...asInstalled, '--list', '--all', plugin],
    ),
    variant(
      configStep(plugin),
      { title: `Show the configuration of ${plugin}`, detail: 'meltano config list', verb: 'Configuration' },
      listOf(test),
    ),
  ];
}

type Found = Located<Definition>;

class Steps {
  readonly #project: Project;
  readonly #facts: FactReader;
  readonly #dialect: CommandDialect;
  readonly #environment: readonly string[];
  readonly #environmentName: string;

  constructor(project: Project, facts: FactReader, named: string | undefined) {
    this.#project = project;
    this.#facts = facts;
    this.#dialect = commandDialect(project);
    const { name, isDefault } =
      named === undefined ? environmentOf(project, facts) : { name: named, isDefault: false };
    this.#environmentName = name;
    this.#environment = isDefault || name === '' ? [] : [`--environment=${name}`];
  }

  all(): readonly Step[] {
    if (!this.#project.marker || this.#facts.of(this.#project.marker).length === 0) return [];
    return unique([
      ...this.#define(namespaces.job).map((job) => this.#job(job)),
      ...this.#define(pluginType('extractors')!.namespace).map((extractor) => this.#test(extractor)),
      ...this.#define(namespaces.command).flatMap((command) => this.#command(command) ?? []),
      this.#ofProject(installStep, 'Install plugins', ['install']),
      aside(this.#ofProject(lockStep, 'Lock plugins', this.#dialect.lock)),
      {
        ...this.#ofProject(loadStep, 'Load…', [...this.#environment, 'run', ...this.#dialect.asInstalled]),
        asksFirst: true,
      },
      this.#ofProject(stateStep, 'List states', [...this.#environment, 'state', 'list']),
      { ...aside(this.#ofProject(stateGetStep, 'Show a state…', ['state', 'get'])), asksFirst: true },
      {
        ...aside(this.#ofProject(stateClearStep, 'Clear a state…', ['state', 'clear', '--force'])),
        asksFirst: true,
        destroys: 'The next load begins from the start.',
      },
    ]);
  }

  #define(namespace: string): readonly Found[] {
    return [...this.#facts.all(namespace, this.#project.scope)];
  }

  #job(job: Found): Step {
    const blocks = (job.data?.['blocks'] ?? '').split(' ').filter((block) => block !== '');
    const args = [...this.#environment, 'run', ...this.#dialect.asInstalled, job.name];
    const written = blocks.flatMap((block) => this.#writtenBy(block));
    return {
      ...this.#head(jobStep(job.name), 'job', job),
      title: `Job ${job.name}`,
      detail: blocks.join(' '),
      work: this.#run(args, written),
    };
  }

  /** Says whether an extractor's configuration works; it reads one record and writes nothing. */
  #test(extractor: Found): Step {
    const { name } = extractor;
    // Without the option `config` takes no environment at all, whatever the default one is.
    const environment = this.#environmentName ? [`--environment=${this.#environmentName}`] : [];
    const args = [...environment, ...this.#dialect.test(name)];
    return {
      ...this.#head(pluginStep(name), 'plugin', extractor),
      title: `Test ${name}`,
      verb: 'Test',
      detail: 'connects and reads a first record',
      work: this.#run(args),
    };
  }

  #command(command: Found): Step | undefined {
    const colon = command.name.indexOf(':');
    const plugin = command.name.slice(0, colon);
    const isRunnable = pluginTypes.some(
      ({ namespace, key }) =>
        !singer.has(key) &&
        this.#facts.definitions({ namespace, scope: this.#project.scope, name: plugin }).length > 0,
    );
    if (!isRunnable) return undefined;
    return {
      ...this.#head(commandStep(plugin, command.name.slice(colon + 1)), 'plugin', command),
      title: command.name,
      detail: `command of the plugin ${plugin}`,
      work: this.#run([...this.#environment, 'run', ...this.#dialect.asInstalled, command.name]),
    };
  }

  #ofProject(id: string, title: string, args: readonly string[]): Step {
    const place = { path: this.#project.marker!, span: { start: 0, end: 0 } };
    const shown = args.filter((word) => !word.startsWith('-'));
    return {
      ...this.#head(id, 'command', place),
      title,
      detail: `meltano ${shown.join(' ')}`,
      work: this.#run(args),
    };
  }

  #head(
    id: string,
    kind: string,
    { path, span }: Pick<Found, 'path' | 'span'>,
  ): Omit<Step, 'title' | 'detail' | 'work'> {
    return { id, kind, system: 'meltano', project: this.#project.root, location: { path, span } };
  }

  #run(args: readonly string[], writes: readonly string[] = []): Command {
    return {
      kind: 'command',
      executable: { name: 'meltano', install: installTool },
      args: [...this.#dialect.log, ...args],
      cwd: this.#project.root,
      writes: [...new Set(writes)],
      cancel,
    };
  }

  /** The DuckDB files that blocks write. */
  writtenByAll(blocks: readonly string[]): readonly string[] {
    return [...new Set(blocks.flatMap((block) => this.#writtenBy(block)))];
  }

  /** The DuckDB files that a block writes, those of the environment in force before the plain ones. */
  #writtenBy(block: string, seen: ReadonlySet<string> = new Set()): readonly string[] {
    const files = [...this.#facts.all('duckdb.file')].filter(
      ({ data }) => data?.['project'] === this.#project.root && data['loader'] === block,
    );
    const of = (environment: string): readonly string[] =>
      files
        .filter(({ data }) => data?.['environment'] === environment)
        .flatMap((file) => lockNames(this.#facts, file));
    const own = of(this.#environmentName).length > 0 ? of(this.#environmentName) : of('');
    if (own.length > 0 || seen.has(block)) return own;
    const key = { namespace: pluginType('loaders')!.namespace, scope: this.#project.scope, name: block };
    const parent = this.#facts.definitions(key)[0]?.data?.['inherit_from'];
    return parent === undefined ? [] : this.#writtenBy(parent, new Set([...seen, block]));
  }
}

/** Nobody looks for it in meltano.yml. */
function aside(step: Step): Step {
  const { location: _, ...rest } = step;
  return rest;
}

const singer: ReadonlySet<string> = new Set(['extractors', 'loaders', 'mappers']);

/** The DuckDB files that blocks write in an environment, or in the one in force. */
export function writtenBy(
  blocks: readonly string[],
  { project, facts }: { readonly project: Project; readonly facts: FactReader },
  environment?: string,
): readonly string[] {
  return new Steps(project, facts, environment).writtenByAll(blocks);
}

/** The environment that runs take: the default one, else the first, since `run` needs one. */
export function environmentOf(
  project: Project,
  facts: FactReader,
): { readonly name: string; readonly isDefault: boolean } {
  const all = [...facts.all(namespaces.environment, project.scope)];
  for (const path of new Set([project.marker ?? '', ...all.map((each) => each.path)])) {
    for (const fact of facts.of(path)) {
      if (fact.fact !== 'use' || fact.namespaces[0] !== namespaces.environment || fact.name === '') continue;
      return { name: fact.role === 'default-environment' ? fact.name : '', isDefault: true };
    }
  }
  return { name: all[0]?.name ?? '', isDefault: false };
}

/** A name that stands twice is one step, that of the definition Meltano takes. */
function unique(steps: readonly Step[]): readonly Step[] {
  const seen = new Set<string>();
  return steps.filter((step) => !seen.has(step.id) && seen.add(step.id));
}
