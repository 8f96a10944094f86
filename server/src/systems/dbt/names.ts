import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located, NameKind, NameProblem, Use } from '../../core/facts.ts';
import type { Severity } from '../../core/finding.ts';
import { dbtFunctions, materializations } from './builtins.ts';
import { misplacedSecret, wrongCall } from './references.ts';
import { selected } from './selection.ts';
import { slipOf } from './slip.ts';
import { tagNamespace } from './tags.ts';

/** What dbt does when it meets a name that is not there, by the role of its use; see `Role`. */
function severityOf(use: Use): Severity | undefined {
  if (use.role === 'deferred') return undefined;
  return use.role === 'plain' ? 'error' : 'warning';
}

/** A finding for roles that dbt minds, with the words for it. */
function undefinedName(code: string, words: (use: Use) => string): NonNullable<NameKind['undefined']> {
  return (use): NameProblem | undefined => {
    const severity = severityOf(use);
    return severity && { code, severity, message: words(use) };
  };
}

function duplicateName(
  code: string,
  words: (definition: Definition) => string,
): NonNullable<NameKind['duplicate']> {
  return (definition) => ({ code, severity: 'error', message: words(definition) });
}

const ownPart = (use: Use): string => use.name.slice((use.prefix ?? '').length);

function undefinedNode(use: Use, facts: FactReader): NameProblem | undefined {
  const severity = severityOf(use);
  if (!severity) return undefined;
  if (use.role === selected) {
    // dbt makes the names of generic tests out of those of models.
    for (const node of facts.all('dbt.node', use.scope)) if (use.name.includes(node.name)) return undefined;
    const message = `no model, seed, snapshot or folder is named \`${use.name}\`, so this selects nothing; correct the name`;
    return { code: 'dbt/empty-selection', severity: 'warning', message };
  }
  if (use.role === 'properties') {
    const message = `no model, seed or snapshot is named \`${use.name}\`, so nothing here takes effect; correct the name or remove the entry`;
    return { code: 'dbt/properties-without-node', severity: 'warning', message, taken: 'dbt.properties' };
  }
  return {
    code: 'dbt/undefined-ref',
    severity,
    message: `no model, seed or snapshot is named \`${use.name}\`; create it or correct the name`,
  };
}

/** Nodes of one kind exclude each other; of different kinds only where they would be one table, which configuration decides. */
function duplicateNode(definition: Definition, first: Located<Definition>): NameProblem {
  const code = 'dbt/duplicate-node';
  if (definition.what === first.what) {
    return {
      code,
      severity: 'error',
      message: `two ${definition.what}s are named \`${definition.name}\`; rename one of them`,
    };
  }
  const message = `a ${definition.what} and a ${first.what} are both named \`${definition.name}\`; rename one of them, or \`ref\` means either`;
  return { code, severity: 'warning', message };
}

/**
 * Of a macro that is not there dbt v1 hears when it compiles the text, v2 when it parses it. Where the text may
 * never be evaluated, or only as part of another macro, it depends.
 */
function undefinedMacro(use: Use): NameProblem | undefined {
  const { name, role, data } = use;
  if (role === 'properties') {
    const message = `no macro is named \`${name}\`, so nothing here takes effect; correct the name or remove the entry`;
    return { code: 'dbt/properties-without-node', severity: 'warning', message, taken: 'dbt.properties' };
  }
  if (!lateRoles.has(role)) return undefined;
  const owner = data?.['package'];
  const meant = owner === undefined ? slipOf(name, dbtFunctions()) : undefined;
  const advice = meant === undefined ? 'define it or correct the name' : `did you mean \`${meant}\`?`;
  const message =
    owner === undefined
      ? `no macro is named \`${name}\`; ${advice}`
      : `package \`${owner}\` has no macro \`${name}\`; correct the name`;
  return { code: 'dbt/undefined-macro', severity: lateSeverity(role, owner), message };
}

/** dbt surely looks at what is neither in a branch nor in a macro; what a macro calls an adapter may bring. */
function lateSeverity(role: string, owner: string | undefined): Severity {
  if (role === 'plain' || role === 'test') return 'error';
  return role === 'body' && owner === undefined ? 'information' : 'warning';
}

const lateRoles = new Set(['plain', 'branch', 'test', 'body']);

/** An adapter may bring materializations of its own, so only what is nearly one of the known ones is wrong. */
function undefinedMaterialization(use: Use): NameProblem | undefined {
  const severity = severityOf(use);
  const meant = slipOf(use.name, materializations);
  if (!severity || meant === undefined) return undefined;
  const message = `no materialization is named \`${use.name}\`, so dbt cannot run the model; did you mean \`${meant}\`?`;
  return { code: 'dbt/undefined-materialization', severity, message };
}

function undefinedVersion(use: Use): NameProblem | undefined {
  const severity = severityOf(use);
  const model = (use.prefix ?? '').replace(/\.v$/, '');
  const message = `model \`${model}\` has no version \`${ownPart(use)}\`; correct it or declare the version under \`versions:\``;
  return severity && { code: 'dbt/undefined-version', severity, message };
}

/** Models by their folders, and what else there is by its kind. */
function shelfOfNode({ what, data }: Definition): readonly string[] {
  const folders = what === 'model' ? (data?.['folder'] ?? '').split('/') : [];
  return [`${what}s`, ...folders.filter((folder) => folder !== '')];
}

/** The namespaces dbt owns. */
export const dbtNames: readonly NameKind[] = [
  {
    namespace: 'dbt.node',
    title: 'model, seed or snapshot',
    lineage: true,
    graph: { flow: 'data', shelf: shelfOfNode },
    undefined: undefinedNode,
    duplicate: duplicateNode,
    pattern: /^\w[\w.]*$/,
  },
  { namespace: 'dbt.node-version', title: 'version of a model', undefined: undefinedVersion },
  {
    namespace: 'dbt.test',
    title: 'singular test',
    duplicate: duplicateName(
      'dbt/duplicate-test',
      ({ name }) => `two singular tests are named \`${name}\`, which dbt refuses; rename one of them`,
    ),
  },
  {
    namespace: 'dbt.analysis',
    title: 'analysis',
    duplicate: duplicateName(
      'dbt/duplicate-analysis',
      ({ name }) => `two analyses are named \`${name}\`, which dbt refuses; rename one of them`,
    ),
  },
  {
    namespace: misplacedSecret,
    title: 'secret environment variable',
    undefined: ({ name, role }) => {
      const message = `dbt lets no secret be read here: \`${name}\` may stand in profiles.yml and packages.yml alone; remove it or rename the variable`;
      if (role === 'deferred') return undefined;
      return { code: 'dbt/misplaced-secret', severity: role === 'plain' ? 'error' : 'warning', message };
    },
  },
  {
    namespace: wrongCall,
    title: 'call',
    undefined: (use) => {
      const severity = severityOf(use);
      return severity && { code: 'dbt/wrong-arguments', severity, message: use.data?.['wrong'] ?? '' };
    },
  },
  {
    namespace: 'dbt.source',
    title: 'source',
    undefined: undefinedName(
      'dbt/undefined-source',
      (use) => `no source is named \`${use.name}\`; declare it under \`sources:\` or correct the name`,
    ),
  },
  {
    namespace: 'dbt.source-table',
    title: 'source table',
    lineage: true,
    graph: { flow: 'data', shelf: ({ data }) => ['sources', data?.['source'] ?? ''] },
    undefined: undefinedName(
      'dbt/undefined-source-table',
      (use) =>
        `source \`${(use.prefix ?? '').slice(0, -1)}\` has no table \`${ownPart(use)}\`; declare it under the source's \`tables:\` or correct the name`,
    ),
    duplicate: duplicateName(
      'dbt/duplicate-source-table',
      ({ name }) => `source table \`${name}\` is declared twice; remove one of the two`,
    ),
  },
  {
    namespace: 'dbt.macro',
    title: 'macro',
    undefined: undefinedMacro,
    duplicate: duplicateName(
      'dbt/duplicate-macro',
      ({ what, name }) => `two ${what}s are named \`${name.replace(/^test_/, '')}\`; rename one of them`,
    ),
    pattern: /^[A-Za-z_]\w*$/,
  },
  { namespace: 'dbt.materialization', title: 'materialization', undefined: undefinedMaterialization },
  {
    namespace: 'dbt.doc',
    title: 'docs block',
    undefined: undefinedName(
      'dbt/undefined-doc',
      (use) => `no docs block is named \`${use.name}\`; write \`{% docs ${use.name} %}\` or correct the name`,
    ),
    duplicate: duplicateName(
      'dbt/duplicate-doc',
      ({ name }) => `two docs blocks are named \`${name}\`; rename one of them`,
    ),
    pattern: /^[A-Za-z_]\w*$/,
  },
  {
    namespace: 'dbt.group',
    title: 'group',
    undefined: undefinedName(
      'dbt/undefined-group',
      (use) => `no group is named \`${use.name}\`; declare it under \`groups:\` or correct the name`,
    ),
    duplicate: duplicateName(
      'dbt/duplicate-group',
      ({ name }) => `two groups are named \`${name}\`; rename one of them`,
    ),
  },
  {
    namespace: tagNamespace,
    title: 'tag',
    undefined: ({ role, name }) => {
      const message = `nothing has the tag \`${name}\`, so this selects nothing; correct the name`;
      return role === selected ? { code: 'dbt/empty-selection', severity: 'warning', message } : undefined;
    },
  },
  {
    namespace: 'dbt.exposure',
    title: 'exposure',
    lineage: true,
    duplicate: duplicateName(
      'dbt/duplicate-exposure',
      ({ name }) => `two exposures are named \`${name}\`; rename one of them`,
    ),
  },
  {
    namespace: 'dbt.properties',
    title: 'properties entry',
    duplicate: duplicateName(
      'dbt/duplicate-properties',
      ({ name }) => `\`${name}\` is described twice, which dbt refuses; keep one of the entries`,
    ),
  },
];
