import { isGiven } from '../../core/environment.ts';
import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located, NameKind, NameProblem, Use } from '../../core/facts.ts';
import type { Severity } from '../../core/finding.ts';
import { dispatchedNamespace } from './dispatched.ts';
import { upstream } from './packages.ts';

/** What is said of a name that is not there, by the role of its use; nothing where dbt would not look. */
function severityOf({ role }: Use): Severity | undefined {
  if (role === 'deferred') return undefined;
  return role === 'plain' ? 'error' : 'warning';
}

const ownPart = ({ name, prefix = '' }: Use): string => name.slice(prefix.length);
const owner = ({ prefix = '' }: Use): string => prefix.slice(0, -1);

/** A finding of one severity for every role but `deferred`. */
function minded(
  code: string,
  severity: Severity,
  words: (use: Use) => string,
): NonNullable<NameKind['undefined']> {
  return (use): NameProblem | undefined =>
    use.role === 'deferred' ? undefined : { code, severity, message: words(use) };
}

function undefinedVariable({ name, role }: Use, facts: FactReader): NameProblem | undefined {
  if (role === 'deferred' || isGiven(name, facts)) return undefined;
  const message = `the environment variable \`${name}\` is not set, and no default is given; set it in .env or in the environment, or give a default`;
  return { code: 'dbt/undefined-env-var', severity: 'information', message };
}

/** Names of what dbt_project.yml, profiles.yml and the files beside them say. */
export const projectNames: readonly NameKind[] = [
  {
    namespace: 'dbt.profile',
    title: 'profile',
    undefined: (use) => {
      const severity = severityOf(use);
      const message = `profiles.yml has no profile \`${use.name}\`; add it or correct the name`;
      return severity && { code: 'dbt/undefined-profile', severity, message };
    },
  },
  {
    namespace: 'dbt.target',
    title: 'target',
    undefined: (use) => {
      const severity = severityOf(use);
      const message = `profile \`${owner(use)}\` has no output \`${ownPart(use)}\`; add it under \`outputs:\` or correct the name`;
      return severity && { code: 'dbt/undefined-target', severity, message };
    },
  },
  { namespace: upstream, title: 'project of dependencies.yml' },
  {
    namespace: 'dbt.package',
    title: 'package',
    undefined: undefinedPackage,
  },
  {
    namespace: 'dbt.var',
    title: 'variable',
    undefined: minded(
      'dbt/undefined-var',
      'warning',
      ({ name }) =>
        `no variable is named \`${name}\`, and no default is given; declare it under \`vars:\` of dbt_project.yml, give a default, or pass it by \`--vars\``,
    ),
  },
  {
    namespace: 'dbt.file-var',
    title: 'variable of vars.yml',
    undefined: minded(
      'dbt/undefined-var',
      'warning',
      ({ name }) =>
        `\`${name}\` is not known while dbt_project.yml and profiles.yml are read, whatever the project's \`vars:\` say; declare it in vars.yml, give a default, or pass it by \`--vars\``,
    ),
  },
  {
    namespace: 'dbt.env',
    title: 'environment variable',
    undefined: undefinedVariable,
  },
  {
    namespace: 'dbt.function',
    title: 'function',
    undefined: (use) => {
      const severity = severityOf(use);
      const message = `no function is named \`${use.name}\`; add it to the functions folder or correct the name`;
      return severity && { code: 'dbt/undefined-function', severity, message };
    },
    duplicate: ({ name }) => ({
      code: 'dbt/duplicate-function',
      severity: 'error',
      message: `two functions are named \`${name}\`; rename one of them`,
    }),
  },
  {
    namespace: 'dbt.fixture',
    title: 'fixture',
    undefined: minded(
      'dbt/undefined-fixture',
      'error',
      ({ name }) => `no fixture is named \`${name}\`; add it to tests/fixtures or correct the name`,
    ),
    duplicate: duplicateFixture,
  },
  { namespace: dispatchedNamespace, title: 'namespace of dispatched calls' },
  {
    namespace: 'dbt.selector',
    title: 'selector',
    undefined: (use) => {
      const severity = severityOf(use);
      const { name } = use;
      const message = `no selector is named \`${name}\`; declare it in selectors.yml or correct the name`;
      return severity && { code: 'dbt/undefined-selector', severity, message };
    },
    duplicate: ({ name }) => ({
      code: 'dbt/duplicate-selector',
      severity: 'warning',
      message: `two selectors are named \`${name}\`, and the last one counts; rename one of them`,
    }),
  },
];

/** Of a package that macros are looked for in dbt does not mind; of one that something must come from it does. */
function undefinedPackage(use: Use): NameProblem | undefined {
  const code = 'dbt/undefined-package';
  if (use.role === 'dispatch') {
    const message = `no package is named \`${use.name}\`, so dbt finds no macros there; add it to packages.yml or correct the name`;
    return { code, severity: 'warning', message };
  }
  if (use.role === 'dispatched') {
    const message = `no package is named \`${use.name}\` and nothing is dispatched in its name, so this order counts for nothing; add it to packages.yml or correct the name`;
    return { code, severity: 'warning', message };
  }
  const severity = severityOf(use);
  const what =
    use.data?.['call'] === undefined ? 'no package is named' : 'no variable and no package is named';
  const message = `${what} \`${use.name}\`; add the package to packages.yml or correct the name`;
  return severity && { code, severity, message };
}

function duplicateFixture({ name }: Definition, first: Located<Definition>): NameProblem {
  const other = first.path.slice(first.path.lastIndexOf('/') + 1);
  const message = `two fixtures are named \`${name}\`, which dbt refuses; rename this file or \`${other}\``;
  return { code: 'dbt/duplicate-fixture', severity: 'error', message };
}
