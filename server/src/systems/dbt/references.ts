import type { Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { findCalls, positional, type Call } from './calls.ts';
import { scanExpression, scanJinja, type Token } from './jinja.ts';
import { layoutOf } from './layout.ts';

/**
 * How dbt takes a name that is not there; picks the finding's severity.
 * `plain`: it refuses to parse. `branch`: it would, when it takes that branch. `test`: it warns.
 * `deferred`: evaluated elsewhere, or switched off; nothing is said.
 */
export type Role = 'plain' | 'branch' | 'test' | 'deferred';

/** Names that dbt and Jinja bring along: calls of them are no macros of a project. */
const provided = new Set(
  (
    'ref source doc metric var env_var config this target adapter api return log print run_query statement ' +
    'is_incremental should_full_refresh exceptions fromjson tojson fromyaml toyaml set set_strict zip zip_strict ' +
    'local_md5 diff_of_two_dicts render caller range dict list namespace cycler joiner lipsum super function'
  ).split(' '),
);

const providedOwners = new Set(
  'adapter api builtins config dbt exceptions flags graph loop model modules namespace relation return self target this varargs kwargs'.split(
    ' ',
  ),
);

/** The names that Jinja words rely on. */
export function usesIn(tokens: readonly Token[], project: Project, role: Role): readonly Use[] {
  const uses: Use[] = [];
  for (const call of findCalls(tokens)) uses.push(...usesOf(call, project, role));
  return uses;
}

/** The names that a value of YAML relies on: `ref('x')` as a whole, or Jinja somewhere in it. */
export function usesInText(
  text: string,
  span: { readonly start: number; readonly end: number },
  project: Project,
  role: Role,
): readonly Use[] {
  const first = text.indexOf('{', span.start);
  if (first >= 0 && first < span.end) {
    return scanJinja(text, { from: span.start, to: span.end }).flatMap((block) =>
      usesIn(block.tokens, project, role),
    );
  }
  const tokens = isCallText(text, span.start, span.end) ? scanExpression(text, span.start, span.end) : [];
  return usesIn(tokens, project, role);
}

/** dbt evaluates a test's argument without braces only where it is such a call as a whole. */
function isCallText(text: string, start: number, end: number): boolean {
  return /^\s*(ref|source|doc)\s*\(/.test(text.slice(start, Math.min(end, start + 40)));
}

/** The names that one call relies on; none where they must be evaluated first. */
function usesOf(call: Call, project: Project, role: Role): readonly Use[] {
  if (call.owner !== undefined && call.owner !== 'builtins') return macroUse(call, project);
  if (call.name.text === 'ref') return refUses(call, project, role);
  if (call.name.text === 'source') return sourceUses(call, project, role);
  if (call.name.text === 'doc') return docUses(call, project, role);
  return macroUse(call, project);
}

export function refUses(call: Call, project: Project, role: Role): readonly Use[] {
  const names = positional(call);
  const [first, second] = names;
  if (names.length === 1 && first) return [nodeUse(first, project, role)];
  if (names.length !== 2 || !first || !second) return [];
  const { scope } = project;
  const within = { namespace: 'dbt.package', scope, name: first.text };
  return [
    { fact: 'use', namespaces: ['dbt.package'], scope, name: first.text, span: first.span, role: 'deferred' },
    { ...nodeUse(second, project, role), ...(first.text === layoutOf(project).package ? {} : { within }) },
  ];
}

export function sourceUses(call: Call, project: Project, role: Role): readonly Use[] {
  const [source, table] = positional(call);
  if (!source) return [];
  const { scope } = project;
  const use: Use = {
    fact: 'use',
    namespaces: ['dbt.source'],
    scope,
    name: source.text,
    span: source.span,
    role,
  };
  if (!table) return [use];
  const prefix = `${source.text}.`;
  const within = { namespace: 'dbt.source', scope, name: source.text };
  const name = prefix + table.text;
  return [
    use,
    { fact: 'use', namespaces: ['dbt.source-table'], scope, name, prefix, span: table.span, role, within },
  ];
}

function nodeUse(name: Token, project: Project, role: Role): Use {
  return {
    fact: 'use',
    namespaces: ['dbt.node'],
    scope: project.scope,
    name: name.text,
    span: name.span,
    role,
  };
}

function docUses(call: Call, project: Project, role: Role): readonly Use[] {
  const names = positional(call);
  const name = names.at(-1);
  // Limit: a block of another package, `doc('package', 'block')`, is left alone.
  if (names.length !== 1 || !name) return [];
  return [
    { fact: 'use', namespaces: ['dbt.doc'], scope: project.scope, name: name.text, span: name.span, role },
  ];
}

function macroUse(call: Call, project: Project): readonly Use[] {
  const { name, owner } = call;
  if (owner === undefined ? provided.has(name.text) : providedOwners.has(owner)) return [];
  return [
    {
      fact: 'use',
      namespaces: ['dbt.macro'],
      scope: project.scope,
      name: name.text,
      span: name.span,
      role: 'deferred',
    },
  ];
}
