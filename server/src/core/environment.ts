import type { FactReader } from './fact-reader.ts';
import type { Definition, Use } from './facts.ts';
import type { Span } from './span.ts';

/** Environment variables as facts: names of one world, whoever sets and reads them. Values are no facts. */
export const environmentNamespace = 'env';

/** A key of the data of a variable that is set to nothing, as templates leave those that somebody has yet to fill in. */
export const emptyVariable = 'empty';

/** Variables that a template (`.env.example`) asks somebody to set. */
export const templateNamespace = 'env.template';

/** Files of variables, by path, so that who is handed one can say that it is missing. */
export const environmentFileNamespace = 'env.file';

/** Variables that somebody reads, by name, and all that begin alike as `PREFIX_*`. A hole in it: somebody may read any. */
export const readVariableNamespace = 'env.read';

/** The file reads the variable, or all that begin so: `PREFIX_*`. */
export function variableRead(name: string): Definition {
  return told(readVariableNamespace, name, 'reading of a variable');
}

/** Families of variables (`PREFIX_*`) that a tool sets for whatever it starts. */
const givenNamespace = 'env.given';

/** A tool of the workspace sets all variables that begin so for what it starts. */
export function givenVariables(family: string): Definition {
  return told(givenNamespace, family, 'variables that a tool sets');
}

/** What the file as a whole tells everybody, as others may. */
function told(namespace: string, name: string, what: string): Definition {
  const span = { start: 0, end: 0 };
  return { fact: 'definition', namespace, scope: '', name, span, what, implicit: true, exclusive: false };
}

/** Whether a tool of the workspace sets the variable for what it starts; who wants to know states `asksWhetherGiven`, too. */
export function isGiven(variable: string, facts: Pick<FactReader, 'isDefined'>): boolean {
  const family = familyOf(variable);
  return family !== undefined && facts.isDefined({ namespace: givenNamespace, scope: '', name: family });
}

/** Has the file looked at again with the answer. */
export function asksWhetherGiven(variable: string, { start }: Span): readonly Use[] {
  const name = familyOf(variable);
  const head = { fact: 'use', namespaces: [givenNamespace], scope: '', role: 'asked-for' } as const;
  return name === undefined ? [] : [{ ...head, name, span: { start, end: start } }];
}

function familyOf(variable: string): string | undefined {
  const end = variable.indexOf('_');
  return end > 0 ? `${variable.slice(0, end)}_*` : undefined;
}

/** What becomes of a value whose variable nobody sets. */
export type VariableRole =
  /** The tool puts in an empty text without a word. */
  | 'unset-is-empty'
  /** The tool refuses. */
  | 'must-be-set'
  /** A default stands beside it. */
  | 'has-default'
  /** It is handed on to somebody who may do without. */
  | 'handed-on';

/** A variable that a file reads. One that a template asks for is known of, though it may not be set yet. */
export function usesOfVariable(name: string, span: Span, role: VariableRole): readonly Use[] {
  const asked = { namespace: templateNamespace, scope: '', name };
  return [
    { fact: 'use', namespaces: [environmentNamespace], scope: '', name, span, role, unless: asked },
    {
      fact: 'use',
      namespaces: [templateNamespace],
      scope: '',
      name,
      span: { start: span.start, end: span.start },
      role: 'asked-for',
    },
  ];
}
