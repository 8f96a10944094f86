import type { Rule } from '../../../core/rule.ts';
import { contextFunction } from '../builtins.ts';
import { isSpread, type Call } from '../calls.ts';
import type { DbtFileKind } from '../claim.ts';
import { misfit, readParameters } from '../parameters.ts';
import type { PlacedCall } from '../sql.ts';

/** A call of one of dbt's own functions that it cannot take: `source('raw')` ends dbt while it parses. */
export const callArguments: Rule<{ readonly calls?: readonly PlacedCall[] }> = {
  id: 'dbt/wrong-arguments',
  severity: 'error',
  check({ model, claim }, report) {
    for (const call of model.calls ?? []) {
      if (call.at === 'outside' || call.at === 'deferred' || call.arguments.some(isSpread)) continue;
      const wrong = wrongCall(call, claim.kind as DbtFileKind);
      if (!wrong) continue;
      const isSure = call.at === 'plain' || call.at === 'test';
      report(call.name, wrong.message, { severity: isSure && wrong.isRefused ? 'error' : 'warning' });
    }
  },
};

interface WrongCall {
  readonly message: string;
  readonly isRefused: boolean;
}

function wrongCall(call: Call, kind: DbtFileKind): WrongCall | undefined {
  const { name, owner } = call;
  if (owner === 'config' && (call.head || kind === 'python-model')) return configMember(call, kind);
  if (kind === 'python-model' ? owner !== 'dbt' : owner !== undefined && owner !== 'builtins')
    return undefined;
  const takes = Object.hasOwn(counted, name.text) ? counted[name.text]! : undefined;
  if (takes) return takes(call);
  if (kind === 'python-model') return undefined;
  return pythonFunction(call);
}

/** Those that count their arguments themselves. */
const counted: Readonly<Record<string, (call: Call) => WrongCall | undefined>> = {
  ref: (call) =>
    wrongCount(call, 1, 2, 'a model, or a package and a model') ?? strangeKeyword(call, ['v', 'version']),
  source: (call) => wrongCount(call, 2, 2, 'a source and a table'),
  metric: (call) => wrongCount(call, 1, 2, 'a metric, or a package and a metric'),
  function: (call) => wrongCount(call, 1, 2, 'a function, or a package and a function'),
  doc: (call) => wrongCount(call, 1, 2, 'a docs block, or a package and a docs block'),
  config: wrongConfig,
  namespace: () => undefined,
  dict: () => undefined,
  range: () => undefined,
};

function wrongCount(call: Call, least: number, most: number, what: string): WrongCall | undefined {
  const count = positionalCount(call);
  const named = call.arguments.find((each) => each.keyword !== undefined);
  if (least === 2 && named)
    return refused(`\`${call.name.text}()\` takes no keywords; write ${what} as two strings`);
  if (count >= least && count <= most) return undefined;
  return refused(
    `\`${call.name.text}()\` takes ${what}, and ${count === 0 ? 'none is' : count === 1 ? '1 is' : `${count} are`} given; correct the arguments`,
  );
}

function strangeKeyword(call: Call, known: readonly string[]): WrongCall | undefined {
  const strange = call.arguments.find((each) => each.keyword !== undefined && !known.includes(each.keyword));
  if (!strange) return undefined;
  const message = `\`${call.name.text}()\` passes over \`${strange.keyword ?? ''}\`; remove it, or write \`v=\` for a version`;
  return { message, isRefused: false };
}

/** Either keywords, or one mapping. */
function wrongConfig(call: Call): WrongCall | undefined {
  const count = positionalCount(call);
  if (call.arguments.length === 0)
    return refused('`config()` is given nothing, which dbt refuses; give it keywords or remove it');
  if (count > 1)
    return refused('`config()` takes keywords, or one mapping alone; give each setting its keyword');
  if (count === 1 && call.arguments.length > 1)
    return refused('`config()` takes either keywords or one mapping, not both; write them all as keywords');
  return undefined;
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

function positionalCount(call: Call): number {
  return call.arguments.filter((each) => each.keyword === undefined).length;
}

function refused(message: string): WrongCall {
  return { message, isRefused: true };
}
