import type { FactRule, Rule } from '../../core/rule.ts';
import { callArguments } from './rules/call-arguments.ts';
import { dispatchCall, dispatchTarget } from './rules/dispatch.ts';
import { docsCalls } from './rules/docs-calls.ts';
import { inlineConfig } from './rules/inline-config.ts';
import { jinjaSyntax } from './rules/jinja-syntax.ts';
import { macroCalls } from './rules/macro-calls.ts';
import { pythonModel } from './rules/python-model.ts';
import { refTarget } from './rules/ref-target.ts';
import { resourceName } from './rules/resource-name.ts';
import { selfReference } from './rules/self-reference.ts';
import { undefinedMember } from './rules/undefined-member.ts';

/** What is looked at in SQL, Python and docs files. */
export const sqlRules: readonly Rule[] = [
  jinjaSyntax,
  callArguments,
  undefinedMember,
  dispatchCall,
  docsCalls,
  inlineConfig,
  pythonModel,
  resourceName,
] as readonly Rule[];

export const sqlFactRules: readonly FactRule[] = [dispatchTarget, macroCalls, refTarget, selfReference];
