import type { Platform } from '../core/platform.ts';
import type { Location } from '../core/span.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { TestPlace, TestSubject } from '../core/step-places.ts';
import { ownName } from '../core/step-name.ts';
import type { Step } from '../core/step.ts';
import type { Project } from '../core/system.ts';

/** A project whose tests can be run one by one. */
export interface TestedProject {
  readonly project: Project;
  /** The listed step that runs all of them. */
  readonly step: Step;
}

export interface FoundTest extends TestPlace {
  /** The file that it is written in. */
  readonly path: string;
}

/** The projects that have such a step among `steps`. */
export function testedProjects(platform: Platform, steps: readonly Step[]): readonly TestedProject[] {
  return platform.projects().flatMap((project) => {
    const name = project.vendored ? undefined : platform.system(project.system)?.tests?.step;
    const step = steps.find((each) => each.project === project.root && ownName(each) === name);
    return name === undefined || !step ? [] : [{ project, step }];
  });
}

/** The tests of projects, file by file; a file that has not changed is not read again until a definition changes. */
export class TestList {
  readonly #known = new WeakMap<
    SourceFile,
    { readonly revision: number; readonly tests: readonly FoundTest[] }
  >();

  of(platform: Platform, project: Project): readonly FoundTest[] {
    const tests = platform.system(project.system)?.tests;
    if (!tests) return [];
    return [...platform.paths()]
      .filter((path) => {
        const kind = platform.claimOf(path)?.kind;
        return kind !== undefined && tests.kinds.includes(kind) && platform.projectOf(path) === project;
      })
      .sort()
      .flatMap((path) => this.#inFile(platform, path));
  }

  #inFile(platform: Platform, path: string): readonly FoundTest[] {
    const source = platform.source(path);
    if (!source) return [];
    const { revision } = platform.facts;
    const known = this.#known.get(source);
    if (known?.revision === revision) return known.tests;
    const file = platform.parsed(path);
    const found = (file && platform.systemOf(path)?.tests?.in(file, platform.facts)) ?? [];
    const tests = found.map((each) => ({ ...each, path }));
    this.#known.set(source, { revision, tests });
    return tests;
  }
}

/** Where the thing is that a test is about: its own place, else where the test names it. */
export function placeOfSubject(platform: Platform, test: FoundTest, subject: TestSubject): Location {
  const [own] = subject.key ? platform.facts.definitions(subject.key) : [];
  return own ? { path: own.path, span: own.span } : { path: test.path, span: subject.span };
}
