import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located, Use } from '../../../core/facts.ts';
import type { FactRule, Report } from '../../../core/rule.ts';
import type { Project } from '../../../core/system.ts';
import { builtinMacros, builtinNames, isBuiltinPackage } from '../builtins.ts';
import { layoutOf } from '../layout.ts';
import { misfit, readGiven, readParameters, takenBy } from '../parameters.ts';
import { slipOf } from '../slip.ts';

/**
 * A call that its macro cannot take: `{{ cents(amount, 2, 3) }}` of a macro with two parameters ends dbt, and
 * `{{ star() }}` of a macro that only an installed package has is looked for in the wrong place.
 */
export const macroCalls: FactRule = {
  id: 'dbt/wrong-arguments',
  severity: 'error',
  kinds: ['model', 'test', 'analysis', 'snapshot', 'macro'],
  check({ facts, project }, reader, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role === 'properties') continue;
      if (fact.data?.['wrong'] !== undefined) checkLookup(fact, fact.data['wrong'], { reader, report });
      if (fact.data?.['given'] === undefined) continue;
      if (fact.unless && reader.definitions(fact.unless).length > 0) continue;
      checkCall(fact, project, { reader, report });
    }
  },
};

/** A call that dbt's own `ref` or `source` does not take, where no macro stands in its place. */
function checkLookup(use: Use, wrong: string, { reader, report }: Look): void {
  const { name, scope, span, data = {} } = use;
  const key = { namespace: 'dbt.macro', scope, name };
  const role = data['at'];
  if (
    role === 'deferred' ||
    role === 'body' ||
    reader.isDefined(key) ||
    reader.holes(key.namespace, scope).length > 0
  )
    return;
  const isSure = data['refused'] !== undefined && (role === 'plain' || role === 'test');
  report(span, wrong, { severity: isSure ? 'error' : 'warning' });
}

interface Look {
  readonly reader: FactReader;
  readonly report: Report;
}

function checkCall(use: Use, project: Project, { reader, report }: Look): void {
  const { name, scope, span, data = {} } = use;
  const role = data['at'] ?? use.role;
  if (role === 'deferred') return;
  const owner = data['package'];
  const named = reader.definitions({ namespace: 'dbt.macro', scope, name });
  const own = layoutOf(project).package;
  const meant = named.find(({ group }) => group === (owner ?? own));
  const taken = takenBy(meant?.data);
  const candidates = taken === undefined ? builtinParameters(name, owner) : [taken];
  const [parameters] = candidates;
  if (parameters === undefined) {
    if (meant) return;
    if (owner !== undefined && isBuiltinPackage(owner)) reportSlip(use, owner, report);
    else reportElsewhere(use, named, reader, report);
    return;
  }
  const given = readGiven(data['given']!);
  const misfits = candidates.map((each) => misfit(given, readParameters(each)));
  // A parameter that is not given is undefined inside the macro, which many macros ask for.
  const [wrong] = misfits;
  if (!wrong || !misfits.every((each) => each?.isRefused)) return;
  const isSure = role === 'plain' || role === 'test';
  const related = meant
    ? [{ path: meant.path, span: meant.span, message: `\`${name}\` is defined here` }]
    : [];
  report(span, `\`${name}\` ${wrong.words}`, {
    severity: isSure ? 'error' : 'warning',
    ...(related.length > 0 ? { related } : {}),
  });
}

/** Releases of dbt differ in what they bring, so only what is nearly one of the known names is wrong. */
function reportSlip({ name, span }: Use, owner: string, report: Report): void {
  const meant = slipOf(name, builtinNames(owner));
  if (meant === undefined) return;
  report(span, `package \`${owner}\` has no macro \`${name}\`; did you mean \`${meant}\`?`, {
    code: 'dbt/undefined-macro',
    severity: 'warning',
  });
}

/** Adapters bring macros of one name that take different things, and which adapter it is may not be known. */
function builtinParameters(name: string, owner: string | undefined): readonly string[] {
  return owner === undefined || isBuiltinPackage(owner) ? builtinMacros(name, owner) : [];
}

/** The name is known, but not where dbt looks for it: a package's macros are had by the package's name alone. */
function reportElsewhere(
  { name, span, role, data, scope }: Use,
  named: readonly Located<Definition>[],
  reader: FactReader,
  report: Report,
): void {
  const owner = data?.['package'];
  const [first] = named;
  if (!first || (owner !== undefined && !isPackage(owner, scope, reader))) return;
  const severity = role === 'plain' || role === 'test' ? 'error' : 'warning';
  const options = { code: 'dbt/undefined-macro', severity } as const;
  const related = [{ path: first.path, span: first.span, message: `\`${name}\` is defined here` }];
  if (owner !== undefined) {
    const message = `package \`${owner}\` has no macro \`${name}\`; it is defined in \`${first.group ?? ''}\``;
    report(span, message, { ...options, related });
    return;
  }
  const newText = `${first.group ?? ''}.${name}`;
  report(span, `\`${name}\` belongs to package \`${first.group ?? ''}\`; write \`${newText}\``, {
    ...options,
    related,
  });
}

function isPackage(name: string, scope: string, reader: FactReader): boolean {
  return reader.definitions({ namespace: 'dbt.package', scope, name }).length > 0;
}
