import type { Definition, Located } from '../../../core/facts.ts';
import type { Parameter } from '../../../core/step.ts';
import type { StepSurroundings } from '../../../core/step-options.ts';
import { layoutOf } from '../layout.ts';
import { readParameters } from '../parameters.ts';

/** A variable of the project, or an argument of a macro, that a run may set. */
export interface NamedValue {
  /** The option of dbt that takes it. */
  readonly of: 'vars' | 'args';
  readonly key: string;
  readonly parameter: Parameter;
  /** True where its default is a text, so that `2026-01-01` and `007` are texts, too. */
  readonly isText: boolean;
}

/** The variables that the project declares, but for lists and mappings: `vars` takes these and all others. */
export function projectVariables({ project, facts }: StepSurroundings): readonly NamedValue[] {
  const found = new Map<string, NamedValue>();
  for (const { name, data } of facts.all('dbt.var', project.scope)) {
    const { default: otherwise, type } = data ?? {};
    if (type === undefined || found.has(name)) continue;
    found.set(name, {
      of: 'vars',
      key: name,
      isText: type === 'string',
      parameter: {
        name: `vars.${name}`,
        type: type === 'number' || type === 'boolean' ? type : 'string',
        description: 'a variable of the project',
        ...(otherwise === undefined ? {} : { default: otherwise }),
        isOption: true,
      },
    });
  }
  return [...found.values()];
}

/** What a macro takes, by its signature: `grant`, or `package.grant`. */
export function macroArguments(name: string, around: StepSurroundings): readonly NamedValue[] {
  const macro = macroCalled(name, around);
  const { named } = readParameters(macro?.data?.['parameters'] ?? '');
  return named.map(({ name: key, default: written }) => {
    const [, , text] = /^(['"])(.*)\1$/su.exec(written ?? '') ?? [];
    const isNone = written === undefined || /^none$/iu.test(written);
    const otherwise = text ?? (isNone ? undefined : written);
    return {
      of: 'args',
      key,
      isText: text !== undefined,
      parameter: {
        name: `args.${key}`,
        type: text === undefined ? typeOf(written) : 'string',
        description: 'an argument of the macro',
        ...(otherwise === undefined ? {} : { default: otherwise }),
        isOption: true,
      },
    };
  });
}

function macroCalled(name: string, { project, facts }: StepSurroundings): Located<Definition> | undefined {
  const [macro = '', owner = layoutOf(project).package] = name.split('.').reverse();
  const all = facts.definitions({ namespace: 'dbt.macro', scope: project.scope, name: macro });
  return all.find(({ group }) => group === owner) ?? all[0];
}

function typeOf(written: string | undefined): Parameter['type'] {
  if (written === undefined) return 'string';
  if (/^(?:true|false)$/iu.test(written)) return 'boolean';
  return /^-?\d+(?:\.\d+)?$/u.test(written) ? 'number' : 'string';
}
