import { usesOfVariable, type VariableRole } from '../../core/environment.ts';
import { anyScope, type Definition, type Fact, type Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { toldByVariable, type SelectionText } from '../../core/step-selection.ts';
import type { Node, ScalarNode } from '../../core/tree.ts';
import type { ComposeModel } from './model.ts';
import { partSpan } from './part-span.ts';
import { scalarsIn } from './scalars.ts';
import { environmentNames, type EnvironmentEntry } from './service-data.ts';
import { readTemplate, type Variable } from './template.ts';

const head = { namespace: 'env', scope: '' } as const;

/** The variables that the file wants set, and those that it sets inside its services. */
export function environmentFacts(
  source: SourceFile,
  tree: Node | undefined,
  { services }: ComposeModel,
): readonly Fact[] {
  const uses = tree ? scalarsIn(tree).flatMap((node) => variablesOf(source, node)) : [];
  const entries = services.flatMap(({ key, value }) =>
    environmentNames(value).flatMap((entry) => entryFacts(source, entry, key.text)),
  );
  return [...uses, ...entries];
}

/** What services tell whatever runs in them by variables, whose values may be names to it. */
export function toldByVariables({ services }: ComposeModel): readonly SelectionText[] {
  return services.flatMap(({ value: service }) =>
    environmentNames(service).flatMap(({ name, value: text, valueSpan: span }) =>
      text === undefined || !span ? [] : toldByVariable(name, { text, span }, anyScope),
    ),
  );
}

function variablesOf(source: SourceFile, node: ScalarNode): readonly Use[] {
  let from = 0;
  return readTemplate(node.text).variables.flatMap(({ name, operator }) => {
    const span = partSpan(source, node, name, from);
    from = Math.max(from, span.end - node.span.start);
    return usesOfVariable(name, span, roleOf(operator));
  });
}

function roleOf(operator: Variable['operator']): VariableRole {
  if (operator === '') return 'unset-is-empty';
  return operator.endsWith('?') ? 'must-be-set' : 'has-default';
}

/** A name without a value is handed on; one that is made of itself is set elsewhere. */
function entryFacts(
  source: SourceFile,
  { name, node, value }: EnvironmentEntry,
  service: string,
): readonly Fact[] {
  if (!/^[A-Za-z_]\w*$/.test(name)) return [];
  const span = partSpan(source, node, name);
  if (value === undefined) return usesOfVariable(name, span, 'handed-on');
  if (readTemplate(value).variables.some((variable) => variable.name === name)) return [];
  const definition: Definition = {
    fact: 'definition',
    ...head,
    name,
    span,
    what: 'environment variable',
    about: `set in the service \`${service.replaceAll('`', '')}\``,
    exclusive: false,
    data: { service },
  };
  return [definition];
}
