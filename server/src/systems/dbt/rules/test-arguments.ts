import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located, Use } from '../../../core/facts.ts';
import type { FactRule, Report } from '../../../core/rule.ts';
import { builtinMacro } from '../builtins.ts';
import { layoutOf } from '../layout.ts';
import { misfit, readParameters, takenBy, type Parameters } from '../parameters.ts';
import { slipOf } from '../slip.ts';

/**
 * A generic test hands what stands below it to its macro, which takes what it takes: dbt ends with
 * `macro 'dbt_macro__test_positive' takes no keyword argument 'limt'`.
 */
export const testArguments: FactRule = {
  id: 'dbt/wrong-arguments',
  severity: 'error',
  kinds: ['properties'],
  check({ facts, project }, reader, report) {
    const own = layoutOf(project).package;
    // A file has many tests of few kinds.
    const known = new Map<string, Takes | undefined>();
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role !== 'data-test' || fact.data?.['arguments'] === undefined)
        continue;
      const { name, scope, within } = fact;
      const key = `${scope}\0${within?.name ?? ''}\0${name}`;
      if (!known.has(key)) known.set(key, takesOf(fact, own, reader));
      const takes = known.get(key);
      if (takes) checkTest(fact, takes, report);
    }
  },
};

/** What the macro of a test takes. */
interface Takes {
  readonly parameters: Parameters;
  /** Undefined for a test of dbt's own. */
  readonly macro: Located<Definition> | undefined;
  readonly isOfPackage: boolean;
}

function takesOf(use: Use, own: string, reader: FactReader): Takes | undefined {
  const { name, scope } = use;
  const within = use.within?.namespace === 'dbt.package' ? use.within : undefined;
  const found = reader.definitions({ namespace: 'dbt.macro', scope, name });
  const macro = found.find(({ group }) => group === (within?.name ?? own));
  const isBuiltin = !macro && !within && found.length === 0;
  const text = takenBy(macro?.data) ?? (isBuiltin ? builtinMacro(name, 'dbt') : undefined);
  return text === undefined
    ? undefined
    : { parameters: parametersIn(text, reader), macro, isOfPackage: within !== undefined };
}

/** The files of a project ask for the same few tests. */
function parametersIn(text: string, reader: FactReader): Parameters {
  const known = reader.kept(parametersIn, () => new Map<string, Parameters>());
  let parameters = known.get(text);
  if (!parameters) known.set(text, (parameters = readParameters(text)));
  return parameters;
}

function checkTest(use: Use, { parameters, macro, isOfPackage }: Takes, report: Report): void {
  const given = use.data!['arguments']!.split(',').filter((each) => each !== '');
  // Both are given by dbt itself: the column only where the test stands below one, which is not asked here.
  const keywords = ['model', ...given.filter((each) => each !== 'column_name')];
  if (parameters.named.some((each) => each.name === 'column_name')) keywords.push('column_name');
  const wrong = misfit({ positional: 0, keywords, isSpread: false }, parameters);
  if (!wrong) return;
  const left = parameters.named.filter((each) => each.default === undefined && !keywords.includes(each.name));
  // Of a package's test that can do without so much, its author meant it.
  if (!wrong.isRefused && isOfPackage && left.length > 2) return;
  const related = macro
    ? [{ path: macro.path, span: macro.span, message: `\`${nameOf(use)}\` is defined here` }]
    : [];
  const severity = wrong.isRefused || !macro ? 'error' : 'warning';
  const slip = given.find((each) => slipOf(each, ['arguments']) !== undefined);
  const words = slip === undefined ? wrong.words : `takes no \`${slip}\`; did you mean \`arguments\`?`;
  report(use.span, `test \`${nameOf(use)}\` ${words}`, { severity, ...(macro ? { related } : {}) });
}

function nameOf({ name, prefix = '' }: Use): string {
  return name.slice(prefix.length);
}
