import { findPair, get, itemsOf, type Node } from '../../../core/tree.ts';
import { plainScalar, type Check } from './check.ts';

/** How many types stand in the brackets of a type. */
const types: Readonly<Record<string, number>> = {
  str: 0,
  string: 0,
  bool: 0,
  int: 0,
  integer: 0,
  float: 0,
  any: 0,
  list: 1,
  dict: 2,
  optional: 1,
  relation: 0,
  column: 0,
};

/** The types of a macro's arguments, as dbt 1.12 reads them. */
export function checkMacroArguments(check: Check, entry: Node): void {
  const { version, layout } = check;
  if (version.major < 2 && (version.minor < 12 || layout.flagsOff.has('validate_macro_args'))) return;
  for (const argument of itemsOf(get(entry, 'arguments'))) {
    const type = plainScalar(findPair(argument, 'type')?.value);
    if (!type || typeof type.value !== 'string' || isType(type.text)) continue;
    const message = `\`${type.text}\` is no type that dbt knows; use \`string\`, \`int\`, \`bool\`, \`float\`, \`any\`, \`relation\`, \`column\`, or \`list[…]\`, \`dict[…, …]\`, \`optional[…]\` of them`;
    check.report(type, message, { code: 'dbt/invalid-value', severity: 'warning' });
  }
}

function isType(text: string): boolean {
  const rest = behindType(text.replaceAll(/[ \t]/g, ''), 0);
  return rest === '';
}

/** What follows the type that begins `text`; undefined where none does. */
function behindType(text: string, depth: number): string | undefined {
  const [word = ''] = /^[a-z]*/.exec(text) ?? [];
  if (!Object.hasOwn(types, word) || depth > 20) return undefined;
  let rest = text.slice(word.length);
  const count = types[word]!;
  if (count === 0) return rest;
  for (let at = 0; at < count; at++) {
    if (!rest.startsWith(at === 0 ? '[' : ',')) return undefined;
    const behind = behindType(rest.slice(1), depth + 1);
    if (behind === undefined) return undefined;
    rest = behind;
  }
  return rest.startsWith(']') ? rest.slice(1) : undefined;
}
