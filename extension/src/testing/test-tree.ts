import type { Range } from '../../../server/src/core/span.ts';
import type { TestProjectAnswer } from '../../../server/src/protocol/test-requests.ts';

/** A row of the Testing view below a project: what is tested, or a test. */
export interface TestNode {
  /** Unique in the workspace, and the same after the file was edited. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What its tool runs for it; absent where only its children can be run. */
  readonly selection?: string;
  readonly uri: string;
  readonly range: Range;
  /** Of a test: by which its tool calls it. */
  readonly names: readonly string[];
  readonly children: readonly TestNode[];
}

/** What is tested, by name, each with its tests as they are written; tests that stand for themselves last. */
export function testTree({ projectUri, tests }: TestProjectAnswer): readonly TestNode[] {
  const subjects = new Map<string, TestNode & { readonly children: TestNode[] }>();
  const alone: TestNode[] = [];
  const seen = new Set<string>();
  for (const test of tests) {
    // Written twice, it is one test to its tool.
    if (seen.has(test.selection)) continue;
    seen.add(test.selection);
    const { label, what, names, selection, uri, range, subject } = test;
    const node = {
      id: `${projectUri} test ${selection}`,
      label,
      // A data test is what one expects below a model.
      description: what === 'data test' ? '' : what,
      selection,
      uri,
      range,
      names,
      children: [],
    };
    if (!subject) {
      alone.push(node);
      continue;
    }
    const id = `${projectUri} ${subject.what} ${subject.name}`;
    const known = subjects.get(id);
    if (known) known.children.push(node);
    else
      subjects.set(id, {
        id,
        label: subject.name,
        description: subject.what,
        selection: subject.selection,
        uri: subject.uri,
        range: subject.range,
        names: [],
        children: [node],
      });
  }
  const byLabel = (a: TestNode, b: TestNode): number => a.label.localeCompare(b.label);
  return [...[...subjects.values()].sort(byLabel), ...alone.sort(byLabel)];
}

/** What somebody wants to run: rows of the view without some others; all where `include` is absent. */
export interface ChosenTests {
  readonly include?: ReadonlySet<string>;
  readonly exclude: ReadonlySet<string>;
}

/**
 * The one step that runs what is chosen of a project, or undefined where that is nothing.
 * Whatever is chosen as a whole is named as a whole, so that the run is called what a person would call it.
 */
export function stepFor(
  project: TestProjectAnswer,
  tree: readonly TestNode[],
  { include, exclude }: ChosenTests,
): string | undefined {
  const { step, at, projectUri } = project;
  const isWhole = (id: string, below: readonly TestNode[]): boolean =>
    !exclude.has(id) && below.every((node) => isWhole(node.id, node.children));
  const isAll = include?.has(projectUri) ?? true;
  if (isAll && isWhole(projectUri, tree)) return `${step}${at}`;
  const walk = (node: TestNode, isChosen: boolean): readonly string[] => {
    const { id, selection, children } = node;
    const chosen = isChosen || include?.has(id) === true;
    if (exclude.has(id)) return [];
    if (chosen && selection !== undefined && isWhole(id, children)) return [selection];
    return children.flatMap((child) => walk(child, chosen));
  };
  const selections = tree.flatMap((node) => walk(node, isAll && !exclude.has(projectUri)));
  return selections.length === 0 ? undefined : `${step}/${selections.join(' ')}${at}`;
}

/** The tests that are chosen, without what they stand below. */
export function chosenTests(
  projectUri: string,
  tree: readonly TestNode[],
  { include, exclude }: ChosenTests,
): readonly TestNode[] {
  const walk = (node: TestNode, isChosen: boolean): readonly TestNode[] => {
    if (exclude.has(node.id)) return [];
    const chosen = isChosen || include?.has(node.id) === true;
    return node.children.length > 0
      ? node.children.flatMap((child) => walk(child, chosen))
      : chosen
        ? [node]
        : [];
  };
  const isAll = (include?.has(projectUri) ?? true) && !exclude.has(projectUri);
  return tree.flatMap((node) => walk(node, isAll));
}
