import type { FactReader } from '../../core/fact-index.ts';
import type { StepPlace } from '../../core/step-places.ts';
import type { ParsedFile } from '../../core/system.ts';
import { get, itemsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import type { ResourcePlace } from './claim.ts';
import { selectionStep } from './step-names.ts';
import { isSelectable, testsIn } from './tests.ts';

/** What can be done with the things of a file that have no step of their own: tests, sources, seeds, snapshots and functions. */
export function stepPlaces(file: ParsedFile, facts: FactReader): readonly StepPlace[] {
  const { claim, project } = file;
  if (project.vendored) return [];
  if (claim.kind === 'function')
    return functionSteps((claim.data as ResourcePlace).name, { start: 0, end: 0 });
  if (claim.kind === 'test') return testSteps(file, facts);
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

function inProperties(file: ParsedFile, tree: Node, facts: FactReader): readonly StepPlace[] {
  const nodes = (['seeds', 'snapshots'] as const).flatMap((section) =>
    named(get(tree, section)).flatMap(({ text, span }) =>
      nodeSteps(section === 'seeds' ? 'seed' : 'snapshot', text, span),
    ),
  );
  const functions = named(get(tree, 'functions')).flatMap(({ text, span }) => functionSteps(text, span));
  const sources = itemsOf(get(tree, 'sources')).flatMap(sourceSteps);
  return [...testSteps(file, facts), ...nodes, ...functions, ...sources];
}

function testSteps(file: ParsedFile, facts: FactReader): readonly StepPlace[] {
  return testsIn(file, facts).map(({ selection, span }) => ({
    step: selectionStep('test', selection),
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
