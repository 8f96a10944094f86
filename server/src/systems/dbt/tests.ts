import type { FactReader } from '../../core/fact-index.ts';
import { pathFrom } from '../../core/path.ts';
import type { TestPlace, Tests, TestSubject } from '../../core/step-places.ts';
import type { ParsedFile } from '../../core/system.ts';
import { get, itemsOf, stringOf, type Node } from '../../core/tree.ts';
import type { ResourcePlace } from './claim.ts';
import { dataTestsIn, type DataTest, type TestedNode } from './data-tests.ts';
import { layoutOf } from './layout.ts';

export const dbtTests: Tests = { step: 'dbt:test', kinds: ['test', 'properties'], in: testsIn };

/** The tests of a file that dbt can be told to run by themselves, by names that are certain. */
export function testsIn(file: ParsedFile, facts: FactReader): readonly TestPlace[] {
  const { claim, project, tree } = file;
  if (project.vendored) return [];
  if (claim.kind === 'test') return [singularTest(claim.data as ResourcePlace, file, facts)];
  return claim.kind === 'properties' && tree
    ? [...dataTests(file, tree), ...unitTests(file, tree, facts)]
    : [];
}

/** dbt takes commas, spaces and stars in a selection for something else. */
export function isSelectable(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

/** Nearly always its name says it; a node of the same name would be meant, too. */
function singularTest(
  { folders, name }: ResourcePlace,
  { project }: ParsedFile,
  facts: FactReader,
): TestPlace {
  const isShared = facts.isDefined({ namespace: 'dbt.node', scope: project.scope, name });
  const selection = isShared ? [layoutOf(project).package, ...folders, name].join('.') : name;
  const span = { start: 0, end: 0 };
  return { label: name, what: 'singular test', names: [name], selection: `fqn:${selection}`, span };
}

/** A test of a model with versions is one of each. */
function dataTests({ project }: ParsedFile, tree: Node): readonly TestPlace[] {
  const found = new Map<number, { readonly test: DataTest; readonly names: string[] }>();
  for (const test of dataTestsIn(tree, project)) {
    if (!isSelectable(test.name)) continue;
    const known = found.get(test.span.start);
    if (known) known.names.push(test.name);
    else found.set(test.span.start, { test, names: [test.name] });
  }
  return [...found.values()].map(({ test: { span, label, tested }, names }) => ({
    label,
    what: 'data test',
    names,
    selection: names.map((name) => `fqn:${name}`).join(' '),
    span,
    ...subjectOf(tested, project.scope),
  }));
}

function subjectOf({ name, what, span }: TestedNode, scope: string): { readonly subject?: TestSubject } {
  if (!isSelectable(name)) return {};
  const selection = what === 'source' ? `source:${name}` : `fqn:${name}`;
  const own = what === 'source' ? {} : { key: { namespace: 'dbt.node', scope, name } };
  return { subject: { name, what, selection, span, ...own } };
}

/** By its name alone where no other one has it; else with the way to it. */
function unitTests(file: ParsedFile, tree: Node, facts: FactReader): readonly TestPlace[] {
  const entries = itemsOf(get(tree, 'unit_tests'));
  if (entries.length === 0) return [];
  const { project, source } = file;
  const layout = layoutOf(project);
  const count = new Map<string, number>();
  for (const { name, prefix = '' } of facts.all('dbt.unit-test', project.scope)) {
    const own = name.slice(prefix.length);
    count.set(own, (count.get(own) ?? 0) + 1);
  }
  const folders = pathFrom(project.root, source.path).split('/').slice(1, -1);
  return entries.flatMap((entry): readonly TestPlace[] => {
    const name = stringOf(get(entry, 'name'));
    const model = stringOf(get(entry, 'model'));
    if (!name || !model || !isSelectable(name.text)) return [];
    const way = [layout.package, ...folders, model.text, name.text].join('.');
    const isShared = (count.get(name.text) ?? 0) > 1;
    return [
      {
        label: name.text,
        what: 'unit test',
        span: name.span,
        names: isShared ? [`unit_test.${layout.package}.${model.text}.${name.text}`] : [name.text],
        selection: isShared ? `fqn:${way}` : `unit_test:${name.text}`,
        ...subjectOf({ name: model.text, what: 'model', span: model.span }, project.scope),
      },
    ];
  });
}
