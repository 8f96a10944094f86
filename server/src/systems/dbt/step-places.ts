import type { FactReader } from '../../core/fact-index.ts';
import { pathFrom } from '../../core/path.ts';
import type { ParsedFile, StepPlace } from '../../core/system.ts';
import { get, itemsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import type { ResourcePlace } from './claim.ts';
import { dataTestsIn } from './data-tests.ts';
import { layoutOf } from './layout.ts';
import { selectionStep } from './step-names.ts';

/** What can be done with the things of a file that have no step of their own: tests, sources, seeds, snapshots and functions. */
export function stepPlaces(file: ParsedFile, facts: FactReader): readonly StepPlace[] {
  const { claim, project } = file;
  if (project.vendored) return [];
  if (claim.kind === 'function')
    return functionSteps((claim.data as ResourcePlace).name, { start: 0, end: 0 });
  if (claim.kind === 'test') return [singularTest(claim.data as ResourcePlace, file, facts)];
  if (claim.kind === 'snapshot')
    return facts
      .of(file.source.path)
      .flatMap((fact) =>
        fact.fact === 'definition' && fact.what === 'snapshot'
          ? nodeSteps('snapshot', fact.name, fact.span)
          : [],
      );
  return claim.kind === 'properties' && file.tree ? inProperties(file, file.tree, facts) : [];
}

/** Nearly always its name says it; a node of the same name would be meant, too. */
function singularTest(
  { folders, name }: ResourcePlace,
  { project }: ParsedFile,
  facts: FactReader,
): StepPlace {
  const isShared = facts.isDefined({ namespace: 'dbt.node', scope: project.scope, name });
  const selection = isShared ? [layoutOf(project).package, ...folders, name].join('.') : name;
  return { step: selectionStep('test', `fqn:${selection}`), span: { start: 0, end: 0 } };
}

function nodeSteps(
  command: 'seed' | 'snapshot',
  name: string,
  span: ScalarNode['span'],
): readonly StepPlace[] {
  if (!isSelectable(name)) return [];
  return [
    { step: selectionStep(command, name), span },
    { step: selectionStep('test', `fqn:${name}`), span },
    { step: selectionStep('build', `fqn:${name}+`), span },
  ];
}

/** A function is made by a build alone, before what calls it. */
function functionSteps(name: string, span: ScalarNode['span']): readonly StepPlace[] {
  if (!isSelectable(name)) return [];
  return [`fqn:${name}`, `fqn:${name}+`].map((selection) => ({
    step: selectionStep('build', selection),
    span,
  }));
}

/** dbt takes commas, spaces and stars in a selection for something else. */
function isSelectable(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

function inProperties(file: ParsedFile, tree: Node, facts: FactReader): readonly StepPlace[] {
  const tests = dataTests(file, tree);
  const nodes = (['seeds', 'snapshots'] as const).flatMap((section) =>
    named(get(tree, section)).flatMap(({ text, span }) =>
      nodeSteps(section === 'seeds' ? 'seed' : 'snapshot', text, span),
    ),
  );
  const functions = named(get(tree, 'functions')).flatMap(({ text, span }) => functionSteps(text, span));
  const sources = itemsOf(get(tree, 'sources')).flatMap(sourceSteps);
  return [...tests, ...nodes, ...functions, ...sources, ...unitTests(file, tree, facts)];
}

/** A test of a model with versions is one of each. */
function dataTests({ project }: ParsedFile, tree: Node): readonly StepPlace[] {
  const found = new Map<number, { readonly span: ScalarNode['span']; readonly names: string[] }>();
  for (const { name, span } of dataTestsIn(tree, project)) {
    if (!isSelectable(name)) continue;
    const known = found.get(span.start);
    if (known) known.names.push(name);
    else found.set(span.start, { span, names: [name] });
  }
  return [...found.values()].map(({ span, names }) => ({
    step: selectionStep('test', names.map((name) => `fqn:${name}`).join(' ')),
    span,
  }));
}

function named(section: Node | undefined): readonly ScalarNode[] {
  return itemsOf(section).flatMap((entry) => stringOf(get(entry, 'name')) ?? []);
}

/** A source, and each of its tables. */
function sourceSteps(entry: Node): readonly StepPlace[] {
  const source = stringOf(get(entry, 'name'));
  if (!source || !isSelectable(source.text)) return [];
  const tables = itemsOf(get(entry, 'tables'));
  const freshness = freshnessOf(entry);
  const isChecked = (table: Node): boolean => isOn(freshnessOf(table) ?? freshness);
  const own = tables.some(isChecked)
    ? [{ step: selectionStep('freshness', `source:${source.text}`), span: source.span }]
    : [];
  return [
    ...own,
    ...tables.flatMap((table): readonly StepPlace[] => {
      const name = stringOf(get(table, 'name'));
      if (!name || !isSelectable(name.text)) return [];
      const selection = `source:${source.text}.${name.text}`;
      const { span } = name;
      return [
        ...(isChecked(table) ? [{ step: selectionStep('freshness', selection), span }] : []),
        ...(hasTests(table) ? [{ step: selectionStep('test', selection), span }] : []),
        { step: selectionStep('build', `${selection}+`), span },
      ];
    }),
  ];
}

function freshnessOf(entry: Node): Node | undefined {
  return get(get(entry, 'config'), 'freshness') ?? get(entry, 'freshness');
}

/** `freshness: null` switches it off. */
function isOn(freshness: Node | undefined): boolean {
  return freshness !== undefined && !(freshness.kind === 'scalar' && freshness.value === null);
}

function hasTests(table: Node): boolean {
  return [table, ...itemsOf(get(table, 'columns'))].some(
    (entry) => itemsOf(get(entry, 'tests')).length + itemsOf(get(entry, 'data_tests')).length > 0,
  );
}

/** By its name alone where no other one has it; else with the way to it. */
function unitTests(file: ParsedFile, tree: Node, facts: FactReader): readonly StepPlace[] {
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
  return entries.flatMap((entry): readonly StepPlace[] => {
    const name = stringOf(get(entry, 'name'));
    const model = stringOf(get(entry, 'model'));
    if (!name || !model || !isSelectable(name.text)) return [];
    const way = [layout.package, ...folders, model.text, name.text].join('.');
    const selection = (count.get(name.text) ?? 0) > 1 ? `fqn:${way}` : `unit_test:${name.text}`;
    return [{ step: selectionStep('test', selection), span: name.span }];
  });
}
