import {
  environmentFileNamespace,
  environmentNamespace,
  templateNamespace,
  type VariableRole,
} from '../../core/environment.ts';
import type { NameKind, NameProblem, Use } from '../../core/facts.ts';

const pattern = /^[A-Za-z_]\w*$/;

/** Names alone: what a variable is set to stays in the file. */
export const nameKinds: readonly NameKind[] = [
  {
    namespace: environmentNamespace,
    title: 'environment variable',
    pattern,
    undefined: undefinedVariable,
    duplicate: ({ name }) => ({
      code: 'env/duplicate-variable',
      severity: 'warning',
      message: `\`${name}\` is set twice in this file, and the last one counts; remove one of the two`,
    }),
  },
  { namespace: templateNamespace, title: 'variable of a template', pattern },
  { namespace: environmentFileNamespace, title: 'file of variables' },
];

/** Whoever starts the tool may set it, so nothing of it is an error. */
function undefinedVariable({ name, role }: Use): NameProblem | undefined {
  const head = { code: 'env/undefined-variable', severity: 'information' } as const;
  switch (role as VariableRole) {
    case 'unset-is-empty':
      return {
        ...head,
        message: `nothing here sets \`${name}\`, so it is taken as empty; set it in \`.env\``,
      };
    case 'must-be-set':
      return { ...head, message: `nothing here sets \`${name}\`, and it must be set; add it to \`.env\`` };
    case 'has-default':
    case 'handed-on':
      return undefined;
  }
}
