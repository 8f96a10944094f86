import { asksWhetherGiven } from '../../core/environment.ts';
import type { Use } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import {
  builtinMacro,
  contextFunction,
  isBuiltinPackage,
  isContextName,
  isOfOtherAdapter,
} from './builtins.ts';
import { findCalls, isSpread, keyword, positional, type Call } from './calls.ts';
import { dispatchUses } from './dispatched.ts';
import { withGuardedVars } from './guarded-vars.ts';
import { scanExpression, scanJinja, type Token } from './jinja.ts';
import { layoutOf } from './layout.ts';
import { upstream } from './packages.ts';
import { wrongCount, wrongLookupUse } from './lookup-calls.ts';
import { writeGiven } from './parameters.ts';
import { isSecondLine } from './version.ts';

/**
 * How dbt takes a name that is not there; picks the finding's severity.
 * `plain`: it refuses to parse. `branch`: it would, when it takes that branch. `test`: it warns.
 * `deferred`: evaluated elsewhere, or switched off; nothing is said.
 */
export type Role = 'plain' | 'branch' | 'test' | 'deferred';

/** Where a call stands, as far as its names are concerned. */
export interface CallPlace {
  readonly role: Role;
  /** The same for macros and variables, which are looked for when the text is evaluated: `body` in that of a macro. */
  readonly late: Role | 'body';
  /** Names that the file itself gives a meaning; asked for only where a name is not known otherwise. */
  readonly locals: () => ReadonlySet<string>;
  /** True where secret variables may be read: profiles.yml and packages.yml. */
  readonly isSecret?: boolean;
}

/** What is said of environment variables: nobody defines names here, so a use of one is the finding. */
export const misplacedSecret = 'dbt.misplaced-secret';

/** The same of calls in YAML that dbt refuses. */
export const wrongCall = 'dbt.wrong-call';

const noLocals: ReadonlySet<string> = new Set();

/** The names that a value of YAML relies on: `ref('x')` as a whole, or Jinja somewhere in it. */
export function usesInText(
  text: string,
  span: Span,
  project: Project,
  role: Role,
  { isSecret = false }: { readonly isSecret?: boolean } = {},
): readonly Use[] {
  const place: CallPlace = { role, late: role, locals: () => noLocals, isSecret };
  const first = text.indexOf('{', span.start);
  if (first >= 0 && first < span.end) {
    const blocks = scanJinja(text, { from: first, to: span.end });
    return withGuardedVars(
      blocks.flatMap((block) => usesIn(block.tokens, project, place)),
      blocks,
    );
  }
  if (!isCallText(text, span.start, span.end)) return [];
  return usesIn(scanExpression(text, span.start, span.end), project, place);
}

function usesIn(tokens: readonly Token[], project: Project, place: CallPlace): readonly Use[] {
  const uses: Use[] = [];
  for (const call of findCalls(tokens)) {
    // Which macros there are depends on where dbt evaluates the value.
    for (const use of usesOf(call, project, place))
      uses.push(use.namespaces[0] === 'dbt.macro' ? { ...use, role: 'deferred' } : use);
    if (call.name.text === 'doc' && call.owner === undefined) uses.push(...wrongDocUse(call, project, place));
  }
  return uses;
}

/** dbt counts what `doc()` is given when it parses. */
function wrongDocUse(call: Call, project: Project, place: CallPlace): readonly Use[] {
  const wrong = call.arguments.some(isSpread)
    ? undefined
    : wrongCount(call, 1, 2, 'a docs block, or a package and a docs block');
  if (!wrong) return [];
  const { scope } = project;
  // What is too much dbt v2 passes over.
  const isMild = place.role === 'plain' && isSecondLine(project) && call.arguments.length > 2;
  const role = isMild ? 'test' : place.role;
  const { text: name, span } = call.name;
  return [{ fact: 'use', namespaces: [wrongCall], scope, name, span, role, data: { wrong: wrong.message } }];
}

/** dbt evaluates a test's argument without braces only where it is such a call as a whole. */
function isCallText(text: string, start: number, end: number): boolean {
  return /^\s*(ref|source|doc|metric|var|env_var)\s*\(/.test(text.slice(start, Math.min(end, start + 40)));
}

/** The names that one call relies on; none where they must be evaluated first. */
export function usesOf(call: Call, project: Project, place: CallPlace): readonly Use[] {
  if (call.owner !== undefined && call.owner !== 'builtins') return memberUses(call, project, place);
  switch (call.name.text) {
    case 'ref':
      return [...refUses(call, project, place.role), ...wrongLookupUse(call, project, place)];
    case 'source':
      return [...sourceUses(call, project, place.role), ...wrongLookupUse(call, project, place)];
    case 'doc':
      return docUses(call, project, place.role);
    case 'var':
      return varUses(call, project, place);
    case 'env_var':
      return envUses(call, place);
    case 'metric':
      return namedUse('dbt.metric', call, project, place.role);
    case 'function':
      return namedUse('dbt.function', call, project, place.role);
    default:
      return macroUses(call, project, place);
  }
}

export function refUses(call: Call, project: Project, role: Role): readonly Use[] {
  const names = positional(call);
  const [first, second] = names;
  if (names.length === 1 && first)
    return [
      nodeUse(first, project, role),
      ...termsUse(first, project, role),
      ...versionUse(first, call, project, role),
    ];
  if (names.length !== 2 || !first || !second) return [];
  const { scope } = project;
  const own = layoutOf(project).package;
  const within = { namespace: 'dbt.package', scope, name: first.text };
  const node = { ...nodeUse(second, project, role), data: { package: first.text } };
  return [
    {
      fact: 'use',
      // The models of another project are known to whatever brings them, and to nobody here.
      namespaces: ['dbt.package', upstream],
      scope,
      name: first.text,
      span: first.span,
      role: first.text === own ? 'deferred' : role,
    },
    { ...node, ...(first.text === own ? {} : { within }) },
    ...termsUse(second, project, role),
    ...versionUse(second, call, project, role),
  ];
}

/** `v=2` of a model: a name in two parts, looked for only where there is the model. */
function versionUse(model: Token, call: Call, project: Project, role: Role): readonly Use[] {
  const { only } = keyword(call, 'v') ?? keyword(call, 'version') ?? {};
  if (!only || only.kind === 'mark' || only.kind === 'name') return [];
  const { scope } = project;
  const prefix = `${model.text}.v`;
  return [
    {
      fact: 'use',
      namespaces: ['dbt.node-version'],
      scope,
      name: prefix + only.text,
      prefix,
      span: only.span,
      role,
      within: { namespace: 'dbt.node', scope, name: model.text },
    },
  ];
}

export function sourceUses(call: Call, project: Project, role: Role): readonly Use[] {
  const [source, table, ...more] = positional(call);
  // Both in one string are one too few, which is said of the call.
  if (!source || (!table && source.text.includes('.'))) return [];
  const { scope } = project;
  const use: Use = {
    fact: 'use',
    namespaces: ['dbt.source'],
    scope,
    name: source.text,
    span: source.span,
    role,
  };
  if (!table || more.length > 0) return [use];
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

const nowhere: Span = { start: 0, end: 0 };

/** Who may use a node is said in its properties: a change of that is to be heard of where the node is used. */
function termsUse({ text }: Token, { scope }: Project, role: Role): readonly Use[] {
  if (role === 'deferred') return [];
  return [{ fact: 'use', namespaces: ['dbt.terms'], scope, name: text, span: nowhere, role: 'deferred' }];
}

function docUses(call: Call, project: Project, role: Role): readonly Use[] {
  const names = positional(call);
  const name = names.at(-1);
  if (names.length > 2 || !name) return [];
  const { scope } = project;
  const use: Use = { fact: 'use', namespaces: ['dbt.doc'], scope, name: name.text, span: name.span, role };
  const owner = names.length === 2 ? names[0] : undefined;
  if (names.length === 1) return [use];
  // Which of several blocks of one name is meant is for dbt to say.
  // dbt v2 warns of a docs block that is not there.
  const mild = role === 'plain' && isSecondLine(project) ? 'test' : role;
  return owner ? [packageUse(owner, project, mild), use] : [];
}

/** `metric('x')`, `metric('package', 'x')` and the like. */
function namedUse(namespace: string, call: Call, project: Project, role: Role): readonly Use[] {
  const names = positional(call);
  const name = names.at(-1);
  if (names.length > 2 || !name) return [];
  return [
    { fact: 'use', namespaces: [namespace], scope: project.scope, name: name.text, span: name.span, role },
  ];
}

/** A variable with a default need not be there. */
function varUses(call: Call, project: Project, { late }: CallPlace): readonly Use[] {
  const name = call.arguments[0]?.literal;
  if (!name || call.owner !== undefined) return [];
  const hasDefault = call.arguments.length > 1;
  const role = hasDefault ? 'deferred' : late;
  return [
    { fact: 'use', namespaces: ['dbt.var'], scope: project.scope, name: name.text, span: name.span, role },
  ];
}

function envUses(call: Call, { late, isSecret }: CallPlace): readonly Use[] {
  const name = call.arguments[0]?.literal;
  if (!name) return [];
  const common = { fact: 'use', scope: '', name: name.text, span: name.span } as const;
  if (name.text.startsWith('DBT_ENV_SECRET') && isSecret !== true)
    return [{ ...common, namespaces: [misplacedSecret], role: late }];
  const hasDefault = call.arguments.length > 1;
  const use = { ...common, namespaces: ['dbt.env', 'env'], role: hasDefault ? 'deferred' : late };
  return hasDefault ? [use] : [use, ...asksWhetherGiven(name.text, name.span)];
}

/** A macro of this project, or one that dbt brings. */
function macroUses(call: Call, project: Project, place: CallPlace): readonly Use[] {
  const { name } = call;
  if (isContextName(name.text) || contextFunction(name.text) !== undefined) return [];
  const isBuiltin = builtinMacro(name.text) !== undefined;
  if (!isBuiltin && (isOfOtherAdapter(name.text) || place.locals().has(name.text))) return [];
  return [macroUse(call, project, place.late, { isBuiltin })];
}

/** `package.macro(…)`; members of variables and of dbt's own objects are none. */
function memberUses(call: Call, project: Project, place: CallPlace): readonly Use[] {
  const { head, name } = call;
  if (head?.text === 'adapter' && name.text === 'dispatch') return dispatchUses(call, project, place.late);
  if (!head || (head.text !== 'dbt' && isContextName(head.text)) || place.locals().has(head.text)) return [];
  const within = { namespace: 'dbt.package', scope: project.scope, name: head.text };
  const isBuiltin = isBuiltinPackage(head.text);
  const macro = macroUse(call, project, place.late, { isBuiltin, package: head.text });
  if (isBuiltin) return [macro];
  return [
    { ...packageUse(head, project, place.late), data: { call: name.text } },
    { ...macro, within },
  ];
}

/** What `{{ owner.member }}` asks something of: nobody's variable, so a package, or a macro. */
export function ownerUse(owner: Token, project: Project, { late, locals }: CallPlace): readonly Use[] {
  const { text } = owner;
  if (isContextName(text) || contextFunction(text) !== undefined || builtinMacro(text) !== undefined)
    return [];
  if (isBuiltinPackage(text) || isOfOtherAdapter(text) || locals().has(text)) return [];
  const use = packageUse(owner, project, late);
  return [{ ...use, namespaces: [...use.namespaces, 'dbt.macro'], data: { call: '' } }];
}

function packageUse({ text, span }: Token, project: Project, role: string): Use {
  return { fact: 'use', namespaces: ['dbt.package'], scope: project.scope, name: text, span, role };
}

/** A use of a macro, with how it is called: `given`, and `at` where its place does not show in the role. */
function macroUse(
  { name, arguments: given }: Call,
  project: Project,
  late: string,
  callee: { readonly isBuiltin: boolean; readonly package?: string },
): Use {
  const data: Record<string, string> = {
    given: writeGiven({
      positional: given.filter((each) => each.keyword === undefined).length,
      keywords: given.flatMap((each) => each.keyword ?? []),
      isSpread: given.some(isSpread),
    }),
  };
  if (callee.package !== undefined) data['package'] = callee.package;
  // What dbt brings is there whether a file defines it or not.
  if (callee.isBuiltin) data['at'] = late;
  return {
    fact: 'use',
    namespaces: ['dbt.macro'],
    scope: project.scope,
    name: name.text,
    span: name.span,
    role: callee.isBuiltin ? 'deferred' : late,
    data,
  };
}
