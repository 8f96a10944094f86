import type { Definition, Fact, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Node, ScalarNode } from '../../core/tree.ts';
import type { ComposeModel } from './model.ts';
import { partSpan } from './part-span.ts';
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

function variablesOf(source: SourceFile, node: ScalarNode): readonly Use[] {
  let from = 0;
  return readTemplate(node.text).variables.map(({ name, operator }) => {
    const span = partSpan(source, node, name, from);
    from = Math.max(from, span.end - node.span.start);
    return {
      fact: 'use',
      namespaces: [head.namespace],
      scope: head.scope,
      name,
      span,
      role: roleOf(operator),
    };
  });
}

function roleOf(operator: Variable['operator']): string {
  if (operator === '') return 'interpolated';
  return operator.endsWith('?') ? 'required' : 'defaulted';
}

/** A name without a value is handed on; one that is made of itself is set elsewhere. */
function entryFacts(
  source: SourceFile,
  { name, node, value }: EnvironmentEntry,
  service: string,
): readonly Fact[] {
  if (!/^[A-Za-z_]\w*$/.test(name)) return [];
  const span = partSpan(source, node, name);
  if (value === undefined)
    return [{ fact: 'use', namespaces: [head.namespace], scope: head.scope, name, span, role: 'passed' }];
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

/** Every scalar once, though aliases lead to some of them again. */
function scalarsIn(tree: Node): readonly ScalarNode[] {
  const found: ScalarNode[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'scalar') found.push(node);
    else if (node.kind === 'seq') node.items.forEach(visit);
    else for (const { value } of node.pairs) visit(value);
  };
  visit(tree);
  return found;
}
