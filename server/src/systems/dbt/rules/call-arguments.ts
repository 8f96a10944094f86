import type { Rule } from '../../../core/rule.ts';
import type { Project } from '../../../core/system.ts';
import { contextFunction } from '../builtins.ts';
import { isSpread, type Call } from '../calls.ts';
import type { DbtFileKind } from '../claim.ts';
import type { JinjaBlock } from '../jinja.ts';
import { localNames } from '../locals.ts';
import {
  bareArgument,
  positionalCount,
  refused,
  wrongCount,
  wrongLookup,
  type WrongCall,
} from '../lookup-calls.ts';
import { misfit, readParameters } from '../parameters.ts';
import { isSecondLine } from '../version.ts';
import { wholeCalls, type CallsInBlocks } from '../whole-calls.ts';

/** A call of one of dbt's own functions that it cannot take: `source('raw')` ends dbt while it parses. */
export const callArguments: Rule<CallsInBlocks> = {
  id: 'dbt/wrong-arguments',
  severity: 'error',
  check({ model, claim, project }, report) {
    const blocks = model.blocks ?? [];
    for (const call of wholeCalls(model)) {
      if (call.at === 'outside' || call.at === 'deferred' || call.arguments.some(isSpread)) continue;
      const kind = claim.kind as DbtFileKind;
      const wrong = wrongCall(call, kind) ?? bareValue(call, { blocks, kind, project });
      if (!wrong) continue;
      const isSure = call.at === 'plain' || call.at === 'test';
      report(call.name, wrong.message, { severity: isSure && wrong.isRefused ? 'error' : 'warning' });
    }
  },
};

function wrongCall(call: Call, kind: DbtFileKind): WrongCall | undefined {
  const { name, owner } = call;
  if (owner === 'config' && (call.head || kind === 'python-model')) return configMember(call, kind);
  if (kind === 'python-model' ? owner !== 'dbt' : owner !== undefined && owner !== 'builtins')
    return undefined;
  // In SQL a macro may stand in their place, which facts tell.
  if (kind !== 'python-model' && owner === undefined && (name.text === 'ref' || name.text === 'source'))
    return undefined;
  const takes = Object.hasOwn(counted, name.text) ? counted[name.text]! : undefined;
  if (takes) return takes(call);
  if (kind === 'python-model') return undefined;
  return pythonFunction(call);
}

/** Those that count their arguments themselves. */
const counted: Readonly<Record<string, (call: Call) => WrongCall | undefined>> = {
  ref: wrongLookup,
  source: wrongLookup,
  metric: (call) => wrongCount(call, 1, 2, 'a metric, or a package and a metric'),
  function: (call) => wrongCount(call, 1, 2, 'a function, or a package and a function'),
  doc: (call) => wrongCount(call, 1, 2, 'a docs block, or a package and a docs block'),
  config: wrongConfig,
  namespace: () => undefined,
  dict: () => undefined,
  range: () => undefined,
};

/** Either keywords, or one mapping. */
function wrongConfig(call: Call): WrongCall | undefined {
  const count = positionalCount(call);
  // Jinja itself refuses what has no keyword behind what has one.
  if (count > 0 && call.arguments[0]!.keyword !== undefined) return undefined;
  if (call.arguments.length === 0)
    return refused('`config()` is given nothing, which dbt refuses; give it keywords or remove it');
  if (count > 1)
    return refused('`config()` takes keywords, or one mapping alone; give each setting its keyword');
  // An empty string is an empty mapping to dbt.
  if (count === 1 && call.arguments[0]!.literal?.text)
    return refused(
      `\`config()\` takes keywords, and \`${call.arguments[0]!.literal.text}\` has none; write \`materialized='…'\` or what it is`,
    );
  if (count === 1 && call.arguments.length > 1)
    return refused('`config()` takes either keywords or one mapping, not both; write them all as keywords');
  return undefined;
}

interface Where {
  readonly blocks: readonly JinjaBlock[];
  readonly kind: DbtFileKind;
  readonly project: Project;
}

/** `config(schema=staging)`: dbt v2 refuses it, and v1 once it runs and writes down what it knows. */
function bareValue(call: Call, { blocks, kind, project }: Where): WrongCall | undefined {
  if (kind === 'python-model' || call.name.text !== 'config' || call.owner !== undefined) return undefined;
  const given = call.arguments.filter((each) => each.keyword !== undefined);
  const bare = bareArgument(given, () => localNames(blocks));
  if (bare === undefined) return undefined;
  const value = `${bare.keyword ?? ''}='${bare.name}'`;
  const message = `\`${bare.name}\` is no variable, so dbt is given nothing; write \`${value}\``;
  return { message, isRefused: isSecondLine(project) };
}

function configMember(call: Call, kind: DbtFileKind): WrongCall | undefined {
  if (!['get', 'require', 'meta_get', 'meta_require'].includes(call.name.text)) return undefined;
  const count = call.arguments.length;
  if (kind === 'python-model' && count > 2)
    return refused(
      `\`config.${call.name.text}()\` takes a setting and its default, and ${count} are given; correct the arguments`,
    );
  if (count > 0) return undefined;
  return refused(`\`config.${call.name.text}()\` needs the name of a setting; give it`);
}

/** Functions of Python refuse what they do not take, and what is missing. */
function pythonFunction(call: Call): WrongCall | undefined {
  const text = contextFunction(call.name.text);
  if (text === undefined) return undefined;
  const keywords = call.arguments.flatMap((each) => each.keyword ?? []);
  const given = { positional: positionalCount(call), keywords, isSpread: false };
  const wrong = misfit(given, readParameters(text));
  return wrong && refused(`\`${call.name.text}()\` ${wrong.words}`);
}
