import type { Report, Rule } from '../../../core/rule.ts';
import type { Span } from '../../../core/span.ts';
import { isMark, keyword } from '../calls.ts';
import { unevenFault } from '../jinja-fault.ts';
import type { Token } from '../jinja.ts';
import { indentFault } from '../python-indent.ts';
import { readFunctions, type PythonFunction } from '../python-functions.ts';
import type { PythonModel } from '../python.ts';
import type { PlacedCall } from '../sql.ts';
import { isSecondLine } from '../version.ts';

/**
 * dbt reads a Python model without running it, so it must be one `def model(dbt, session)` that ends in `return`,
 * with literals in all that it tells dbt.
 */
export const pythonModel: Rule<PythonModel> = {
  id: 'dbt/invalid-python-model',
  severity: 'error',
  check({ claim, model, source, project }, report) {
    if (claim.kind !== 'python-model') return;
    const { words, calls } = model;
    if (source.text.startsWith('\ufeff')) {
      reportMark(isSecondLine(project), report);
      return;
    }
    const uneven = unevenFault(words);
    if (uneven) {
      report(uneven.span, uneven.message);
      return;
    }
    const indented = indentFault(source.text, words);
    if (indented) {
      report(indented.span, indented.message);
      return;
    }
    if (!isSecondLine(project)) reportJinja(source.text, report);
    if (words.length === 0) return;
    reportFunctions(readFunctions(source.text, words), source.text, report);
    for (const call of calls) {
      reportComputed(call, report);
      reportMaterialization(call, report);
    }
  },
};

/** dbt v1 hands the mark to Python, v2 passes over it; nothing more is looked at. */
function reportMark(isSecond: boolean, report: Report): void {
  const message =
    'the file begins with a byte order mark, which dbt v1 refuses in Python; save it as UTF-8 without one';
  if (!isSecond) report({ start: 0, end: 1 }, message);
}

/** dbt v1 renders the file, and refuses it where that changes anything: also in comments and in f-strings. */
function reportJinja(text: string, report: Report): void {
  const found = /\{[{%#]/.exec(text);
  if (!found) return;
  const span = { start: found.index, end: found.index + 2 };
  report(
    span,
    `dbt v1 takes \`${found[0]}\` for Jinja and refuses it in Python, also in strings and comments; write it apart`,
  );
}

function reportFunctions(functions: readonly PythonFunction[], text: string, report: Report): void {
  const models = functions.filter(({ name }) => name.text === 'model');
  const [first, second] = models;
  if (!first) {
    report(
      { start: 0, end: firstLineEnd(text) },
      'a Python model needs one function `model(dbt, session)`; write it',
    );
    return;
  }
  if (second) {
    report(second.name, 'a Python model has exactly one function `model`; rename or remove the others');
    return;
  }
  reportModel(first, report);
}

function reportModel({ name, parameters, end, tuple }: PythonFunction, report: Report): void {
  if (parameters.length !== 2) {
    report(
      name,
      `\`model\` takes two parameters, \`dbt\` and the session, not ${parameters.length}; correct them`,
    );
  } else if (parameters[0]!.text !== 'dbt') {
    report(
      parameters[0]!,
      `the first parameter of \`model\` must be called \`dbt\`, not \`${parameters[0]!.text}\`; rename it`,
    );
  }
  if (tuple) report(tuple, '`model` must return one data frame, not several; return one of them');
  if (end === 'returns') return;
  report(name, '`model` must end with `return` and its data frame; add it as the last statement');
}

/** Functions of which dbt evaluates the arguments without running the file. */
const read = new Set(['ref', 'source', 'config', 'get', 'meta_get']);

function reportComputed(call: PlacedCall, report: Report): void {
  if (!read.has(call.name.text)) return;
  for (const { words, keyword } of call.arguments) {
    const value = keyword === undefined ? words : words.slice(2);
    if (value.every((word, at) => isLiteral(word, value[at + 1], value[at - 1]))) continue;
    const last = value.at(-1)!;
    const span: Span = {
      start: value[0]!.span.start,
      end: last.kind === 'string' ? last.after : last.span.end,
    };
    const owner = call.owner === 'dbt' ? 'dbt' : 'dbt.config';
    report(
      span,
      `dbt does not run the file, so what \`${owner}.${call.name.text}()\` is given must be written out; write a literal`,
    );
    return;
  }
}

/** A view is made of SQL: dbt v1 says so when it runs the model, v2 when it parses it. */
function reportMaterialization(call: PlacedCall, report: Report): void {
  if (call.name.text !== 'config' || call.owner !== 'dbt') return;
  const value = keyword(call, 'materialized')?.literal;
  if (value?.text !== 'view') return;
  const message = 'a Python model cannot be a view; materialize it as `table` or `incremental`';
  report(value, message, { code: 'dbt/invalid-value' });
}

const constants = new Set(['True', 'False', 'None']);

/** What Python's literals are made of. */
function isLiteral(word: Token, next: Token | undefined, before: Token | undefined): boolean {
  if (word.kind === 'string' || word.kind === 'number') return true;
  if (word.kind === 'name') {
    // `r'…'` and `b'…'` are literals, `f'…'` is none.
    if (next?.kind === 'string' && next.span.start - 1 === word.span.end)
      return /^(?:r|b|u|rb|br)$/i.test(word.text);
    return constants.has(word.text);
  }
  if (word.text === '(') return before === undefined || before.kind === 'mark';
  if (word.text === '[') return before === undefined || before.kind === 'mark';
  if (word.text === '-' || word.text === '+') return next?.kind === 'number';
  if (word.text === '.') return before?.kind === 'number' || next?.kind === 'number';
  return [')', ']', '{', '}', ',', ':'].some((mark) => isMark(word, mark));
}

function firstLineEnd(text: string): number {
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end;
}
