import { fileURLToPath } from 'node:url';
import type { TestProjectAnswer } from '../../../server/src/protocol/test-requests.ts';
import { testTree, type TestNode } from './test-tree.ts';

/** A project whose tests were asked for. */
export interface KnownProject {
  readonly answer: TestProjectAnswer;
  readonly tree: readonly TestNode[];
}

/** The tests of the projects that were opened in the view, by what their tools call them. */
export class KnownTests {
  readonly #projects = new Map<string, KnownProject>();
  /** By the folder of a project, then by name: ids of tests. */
  readonly #names = new Map<string, ReadonlyMap<string, string>>();

  /** False where it is what was known already. */
  take(answer: TestProjectAnswer): boolean {
    const known = this.#projects.get(answer.projectUri);
    if (known && JSON.stringify(known.answer) === JSON.stringify(answer)) return false;
    const tree = testTree(answer);
    this.#projects.set(answer.projectUri, { answer, tree });
    const tests = tree.flatMap((node) => (node.children.length > 0 ? node.children : [node]));
    const named = tests.flatMap(({ id, names }) => names.map((name) => [name, id] as const));
    this.#names.set(fileURLToPath(answer.projectUri), new Map(named));
    return true;
  }

  forget(projectUri: string): void {
    this.#projects.delete(projectUri);
    this.#names.delete(fileURLToPath(projectUri));
  }

  project(projectUri: string): KnownProject | undefined {
    return this.#projects.get(projectUri);
  }

  all(): readonly KnownProject[] {
    return [...this.#projects.values()];
  }

  /** The id of the test that a tool calls so in the project of that folder, a path of the file system. */
  readonly find = (folder: string, name: string): string | undefined => this.#names.get(folder)?.get(name);
}
