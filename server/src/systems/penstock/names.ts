import { checkNamespace } from '../../core/evidence.ts';
import type { Definition, NameKind, NameProblem, Use } from '../../core/facts.ts';

export const pipelineNamespace = 'penstock.pipeline';
export const entryNamespace = 'penstock.entry';
/** What may be set for a run of a pipeline; each pipeline has its own. */
export const parameterNamespace = 'penstock.parameter';
/** Every system defines its steps here, so that a pipeline may name them. */
export const stepNamespace = 'step';

/** Planning documents by their path; whoever reads them says so when one is missing. */
export const planNamespace = 'plan.document';

/** Tasks and criteria of plans, by their ids; whoever reads plans says so when one is missing. */
export const planItemNamespace = 'plan.item';

/** Categories and groups of plans; whoever reads plans says so when one is missing. */
export const categoryNamespace = 'plan.category';
/** The same by `categoryKey`, over all plans. */
export const categoryKeyNamespace = 'plan.category-key';
/** Kinds of tables (`readiness`) that plans have. */
export const planTableNamespace = 'plan.table';

/** Waivers by the check that each is for. */
export const waiverNamespace = 'penstock.waiver';

export const nameKinds: readonly NameKind[] = [
  {
    namespace: pipelineNamespace,
    title: 'pipeline',
    graph: { flow: 'work' },
    pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/u,
  },
  {
    namespace: stepNamespace,
    title: 'step',
    undefined: ({ name }: Use): NameProblem => ({
      code: 'penstock/undefined-step',
      severity: 'error',
      message: `there is no step \`${name}\` in this workspace; correct the name, \`penstock steps\` lists them all`,
    }),
  },
  {
    namespace: parameterNamespace,
    title: 'parameter',
    pattern: /^[A-Za-z_][\w-]*$/u,
    undefined: ({ name }: Use): NameProblem => ({
      code: 'penstock/undefined-parameter',
      severity: 'error',
      message: `this pipeline has no parameter \`${name}\`; declare it under \`parameters\`, or correct the name`,
    }),
  },
  {
    namespace: checkNamespace,
    title: 'check',
    pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/u,
    undefined: ({ name }: Use): NameProblem => ({
      code: 'penstock/undefined-check',
      severity: 'error',
      message: `there is no check \`${name}\` in this workspace; correct the name, \`penstock readiness\` lists them all`,
    }),
  },
  {
    namespace: waiverNamespace,
    title: 'waiver',
    duplicate: ({ name }: Definition): NameProblem => ({
      code: 'penstock/duplicate-waiver',
      severity: 'warning',
      message: `\`${name}\` is waived twice, and the second waiver counts once the first has ended; remove one of them`,
    }),
  },
  {
    namespace: entryNamespace,
    title: 'entry',
    undefined: ({ name }: Use): NameProblem => ({
      code: 'penstock/undefined-need',
      severity: 'error',
      message: `no entry of this pipeline has the id \`${name}\`; name an entry's id, or its step where it has none`,
    }),
    duplicate: ({ name }: Definition): NameProblem => ({
      code: 'penstock/duplicate-entry',
      severity: 'error',
      message: `\`${name}\` stands twice in this pipeline, so \`needs\` cannot tell which is meant; give this entry an \`id\` of its own`,
    }),
  },
];
