import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { Step } from '../../core/step.ts';
import type { Project } from '../../core/system.ts';
import { builtinMacro } from './builtins.ts';
import { isOwn } from './layout.ts';
import { readParameters } from './parameters.ts';
import { operationStep } from './step-names.ts';

/** A step for each macro that the project has for itself, made of the step that runs all models. */
export function macroSteps(run: Step, project: Project, facts: FactReader): readonly Step[] {
  const found = new Map<string, Step>();
  for (const macro of facts.all('dbt.macro', project.scope)) {
    if (!isCallable(macro) || !isOwn(macro, project) || found.has(macro.name)) continue;
    const step = operationOf(run, macro.name);
    if (!step) continue;
    const { named } = readParameters(macro.data?.['parameters'] ?? '');
    found.set(macro.name, {
      ...step,
      kind: 'macro',
      verb: 'Run Macro',
      detail: `${macro.name}(${named.map(({ name }) => name).join(', ')})`,
      location: { path: macro.path, span: macro.span },
      ...(named.length > 0 ? { asksFirst: true } : {}),
    });
  }
  return [...found.values()];
}

/** The step that calls a macro, which may be another package's: `dbt_utils.drop_old`. */
export function operationOf(run: Step, macro: string): Step | undefined {
  if (run.work.kind !== 'command') return undefined;
  const { location: _, verb: __, ...rest } = run;
  return {
    ...rest,
    id: operationStep(macro),
    title: `Run macro ${macro}`,
    detail: `dbt run-operation ${macro}`,
    kind: 'command',
    work: { ...run.work, args: [...run.work.args.slice(0, -1), 'run-operation', macro] },
  };
}

/** Tests, materializations, what dbt calls by itself and what it dispatches to are called by nobody else. */
function isCallable({ name, what }: Located<Definition>): boolean {
  return what === 'macro' && !name.includes('__') && builtinMacro(name) === undefined;
}
