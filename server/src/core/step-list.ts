import type { FactIndex, FactReader } from './fact-index.ts';
import { NotedFacts } from './noted-facts.ts';
import { isInside } from './path.ts';
import { isSameList } from './same-list.ts';
import { meantReading, ownName } from './step-name.ts';
import type { Parameter, Selection, Step } from './step.ts';
import type { SelectionBook, SelectionSurroundings } from './step-selection.ts';
import type { Project, System } from './system.ts';

/** What the systems offer to run. */
export class StepList {
  readonly #systems: readonly System[];
  /** By project, with what was read for them. */
  readonly #known = new WeakMap<Project, Offered>();
  #listed: Listed | undefined;
  #named: { readonly all: readonly Step[]; readonly by: ReadonlyMap<string, readonly Step[]> } | undefined;

  constructor(systems: readonly System[]) {
    this.#systems = systems;
  }

  /**
   * The listed steps of all projects, the very same list while nothing is another that they follow from. One that two
   * projects offer under one name carries `@<project>` in its id.
   */
  all(projects: readonly Project[], facts: FactIndex, folders: readonly string[]): readonly Step[] {
    const parts = projects.map((project) => (project.vendored ? none : this.#offered(project, facts)));
    const before = this.#listed;
    const isSame = before && isSameList(before.parts, parts) && isSameList(before.folders, folders);
    if (!isSame) this.#listed = { parts, folders, all: withLabels(parts.flat(), folders) };
    return this.#listed!.all;
  }

  /** Those of all listed steps that `name` may mean, or is a form of, whichever project is theirs. */
  named(name: string, all: readonly Step[]): readonly Step[] {
    if (this.#named?.all !== all) this.#named = { all, by: Map.groupBy(all, ownName) };
    const { by } = this.#named;
    const meant = meantReading(name, (each) => by.has(this.listedName(each)));
    return by.get(this.listedName(meant.name)) ?? none;
  }

  /** The steps of one project, told again only when some fact is another that was read for them. */
  #offered(project: Project, facts: FactIndex): readonly Step[] {
    const known = this.#known.get(project);
    if (known?.facts.isSame()) return known.steps;
    const noted = new NotedFacts(facts);
    const steps = this.#system(project.system)?.steps?.(project, noted) ?? none;
    this.#known.set(project, { facts: noted, steps });
    return steps;
  }

  /** The steps that are other forms of a listed one, each with the same `@<project>`. */
  variants(step: Step): readonly Step[] {
    const found = this.#system(step.system)?.variants?.steps({ ...step, id: ownName(step) }) ?? [];
    return found.map((each) => labelled(each, step.label));
  }

  /** The form of a listed step that has this name in itself. */
  variant(step: Step, name: string): Step | undefined {
    const known = this.variants(step).find((each) => ownName(each) === name);
    if (known) return known;
    const found = this.#system(step.system)?.variants?.named?.({ ...step, id: ownName(step) }, name);
    return found && labelled(found, step.label);
  }

  /**
   * The name of the listed step that `name` is a form of; itself where it is none. A form that takes any text is none
   * with a project behind it: that is no part of the text.
   */
  listedName(name: string): string {
    for (const system of this.#systems) {
      const listed = system.variants?.listed(name);
      if (listed !== undefined) return name.includes('@') && !listed.includes('@') ? name : listed;
    }
    return name;
  }

  /** The names under which the other forms of a listed step are known. */
  otherNames(listed: string): readonly string[] {
    return this.#systems.flatMap((system) => system.variants?.names(listed) ?? []);
  }

  /** The step narrowed to a part of what it runs, or why it cannot be, in a sentence. */
  narrow(step: Step, selection: Selection): Step | { readonly refused: string } {
    return (
      this.#system(step.system)?.selection?.narrow(step, selection) ?? {
        refused: `\`${step.id}\` takes no selection; take \`select\` and \`exclude\` out`,
      }
    );
  }

  /** What its tool lets a person set for a run of the step, besides what the step declares itself. */
  options(step: Step, around: Surroundings): readonly Parameter[] {
    const project = projectOf(step, around.projects);
    const found = this.#system(step.system)?.options;
    return project && found ? found.parameters(step, { ...around, project }) : [];
  }

  /** The step with those of the given values that are options of its tool, or why it cannot run so, in a sentence. */
  withOptions(
    step: Step,
    given: ReadonlyMap<string, string>,
    around: Surroundings,
  ): Step | { readonly refused: string } {
    const project = projectOf(step, around.projects);
    const found = this.#system(step.system)?.options;
    if (!project || !found) return step;
    const names = new Set(found.parameters(step, { ...around, project }).map(({ name }) => name));
    const own = new Map([...given].filter(([name]) => names.has(name)));
    return found.apply(step, own, { ...around, project });
  }

  /** What the step could be narrowed to, as the files are now; undefined for one that takes no selection. */
  openSelection(
    step: Step,
    { projects, facts, files }: Surroundings & Pick<SelectionSurroundings, 'files'>,
  ): SelectionBook | undefined {
    const project = projectOf(step, projects);
    return project && this.#system(step.system)?.selection?.open?.(step, { project, facts, files });
  }

  #system(id: string): System | undefined {
    return this.#systems.find((system) => system.id === id);
  }
}

const none: readonly never[] = [];

interface Offered {
  readonly facts: NotedFacts;
  readonly steps: readonly Step[];
}

interface Listed {
  /** The steps of each project. */
  readonly parts: readonly (readonly Step[])[];
  readonly folders: readonly string[];
  readonly all: readonly Step[];
}

function withLabels(all: readonly Step[], folders: readonly string[]): readonly Step[] {
  const count = new Map<string, number>();
  for (const step of all) count.set(step.id, (count.get(step.id) ?? 0) + 1);
  return all.map((step) => (count.get(step.id) === 1 ? step : labelled(step, labelOf(step, folders))));
}

/** `step`, which bears no label in its id yet. */
function labelled(step: Step, label: string | undefined): Step {
  return label === undefined ? step : { ...step, id: `${step.id}@${label}`, label };
}

/** What is known where steps are at home. */
interface Surroundings {
  readonly projects: readonly Project[];
  readonly facts: FactReader;
}

/** Some steps are at home in a folder of their project. */
function projectOf({ system, project }: Step, projects: readonly Project[]): Project | undefined {
  const around = projects.filter((each) => each.system === system && isInside(project, each.root));
  return around.find(({ root }) => root === project) ?? around.at(-1);
}

function labelOf(step: Step, folders: readonly string[]): string {
  const folder = folders.find((each) => isInside(step.project, each));
  return step.project === folder ? '.' : step.project.slice((folder?.length ?? 0) + 1);
}
